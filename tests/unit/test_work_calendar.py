"""The shipped calendars against two published packages, and what counting must obey."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from models.workdays import LocalDays, WorkCalendar, WorkYear

FOLDER = Path(__file__).parents[2] / "matrices" / "workdays"
YEARS = range(2022, 2027)
SATURDAY = 5
NOTICES = {
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}


def _read(year: int) -> WorkYear:
    text = (FOLDER / f"{year}.yaml").read_text(encoding="utf-8")
    return WorkYear.model_validate(yaml.load(text, Loader=yaml.BaseLoader))


SHIPPED = {year: _read(year) for year in YEARS}
CALENDAR = WorkCalendar(SHIPPED.values())

days = st.dates(date(2022, 1, 1), date(2026, 12, 31))
workdays = days.filter(CALENDAR.is_workday)
lengths = st.integers(-300, 300)


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_as_chinesecalendar_has_it(year: int) -> None:
    mine = {day: CALENDAR.is_workday(day) for day in _days_of(year)}
    assert mine == {day: chinese_calendar.is_workday(day) for day in _days_of(year)}


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_as_holidays_has_it(year: int) -> None:
    published = holidays.country_holidays("CN", years=year)
    mine = {day: CALENDAR.is_workday(day) for day in _days_of(year)}
    assert mine == {day: published.is_working_day(day) for day in _days_of(year)}


@pytest.mark.parametrize("year", YEARS)
def test_a_file_names_its_notice_and_its_days(year: int) -> None:
    shipped = SHIPPED[year]
    assert shipped.year == year
    assert shipped.notice == f"《国务院办公厅关于{year}年部分节假日安排的通知》（{NOTICES[year]}）"
    named = shipped.rest_days + shipped.make_up_days
    assert len(set(named)) == len(named), "a day is named twice"
    # The notice for 2023 begins its first holiday on the last day of 2022.
    assert {day for day in named if day.year != year} <= {date(2022, 12, 31)}
    assert all(day.weekday() >= SATURDAY for day in shipped.make_up_days)


def test_no_other_years_are_shipped() -> None:
    assert sorted(path.stem for path in FOLDER.glob("2*.yaml")) == [str(year) for year in YEARS]


def test_new_years_eve_of_2024_is_a_workday() -> None:
    """The notice only encourages leave on 9 February 2024; it does not give the day off."""
    assert CALENDAR.is_workday(date(2024, 2, 9))


def test_the_worked_example() -> None:
    """「2024年10月20日前」 is a Sunday: what the office counts back from is the Friday before."""
    last = CALENDAR.on_or_before(date(2024, 10, 20))
    assert last == date(2024, 10, 18)
    assert last - timedelta(days=30) == date(2024, 9, 18)
    assert CALENDAR.shift(last, -10) == date(2024, 9, 30)
    assert CALENDAR.shift(last, -3) == date(2024, 10, 15)
    assert CALENDAR.shift(last, -1) == date(2024, 10, 17)
    blue = CALENDAR.shift(date(2024, 10, 20), 1)
    orange = CALENDAR.shift(blue, 3)
    red = CALENDAR.shift(orange, 5)
    assert (blue, orange, red) == (date(2024, 10, 21), date(2024, 10, 24), date(2024, 10, 31))


@pytest.mark.parametrize(
    ("day", "working_days", "expected", "why"),
    [
        ("2024-09-27", 1, "2024-09-29", "a Sunday made up for the National Day holiday"),
        ("2024-09-30", 1, "2024-10-08", "the holiday lies between"),
        ("2024-10-11", 1, "2024-10-12", "a Saturday made up"),
        ("2022-12-30", 1, "2023-01-03", "New Year with the last day of the old year"),
        ("2026-02-13", 2, "2026-02-24", "the made-up Saturday, then nine days off"),
        ("2024-10-05", -1, "2024-09-30", "from within a holiday back"),
        ("2024-10-05", 0, "2024-10-05", "nothing to count"),
    ],
)
def test_counting_over_holidays(day: str, working_days: int, expected: str, why: str) -> None:
    found = CALENDAR.shift(date.fromisoformat(day), working_days)
    assert found == date.fromisoformat(expected), why


@given(day=workdays, length=lengths)
def test_count_undoes_shift_from_a_workday(day: date, length: int) -> None:
    there = CALENDAR.shift(day, length)
    assert CALENDAR.is_workday(there)
    assert CALENDAR.count(day, there) == length
    assert CALENDAR.shift(there, -length) == day


@given(day=days, length=st.integers(1, 300))
def test_forward_count_undoes_shift_from_any_day(day: date, length: int) -> None:
    assert CALENDAR.count(day, CALENDAR.shift(day, length)) == length


@given(first=days, second=days)
def test_count_is_the_number_of_workdays_between(first: date, second: date) -> None:
    early, late = min(first, second), max(first, second)
    between = (early + timedelta(days=n) for n in range(1, (late - early).days + 1))
    expected = sum(CALENDAR.is_workday(day) for day in between)
    assert CALENDAR.count(early, late) == expected
    assert CALENDAR.count(late, early) == -expected


@given(day=days)
def test_the_nearest_workday_has_none_nearer(day: date) -> None:
    before, after = CALENDAR.on_or_before(day), CALENDAR.on_or_after(day)
    assert before <= day <= after
    assert CALENDAR.is_workday(before)
    assert CALENDAR.is_workday(after)
    assert CALENDAR.count(before, day) == 0
    assert (before == after) == (before == day) == (after == day) == CALENDAR.is_workday(day)
    assert CALENDAR.on_or_before(before) == before
    assert CALENDAR.on_or_after(after) == after
    if before != day:
        assert (before, after) == (CALENDAR.shift(day, -1), CALENDAR.shift(day, 1))


@given(first=days, second=days, length=lengths)
def test_a_later_day_never_leads_to_an_earlier_one(first: date, second: date, length: int) -> None:
    early, late = min(first, second), max(first, second)
    assert CALENDAR.shift(early, length) <= CALENDAR.shift(late, length)
    assert CALENDAR.on_or_before(early) <= CALENDAR.on_or_before(late)
    assert CALENDAR.on_or_after(early) <= CALENDAR.on_or_after(late)


@given(
    rest=st.sets(days, max_size=10),
    work=st.sets(days, max_size=10),
    other=days,
)
def test_a_place_may_differ_and_differs_nowhere_else(
    rest: set[date], work: set[date], other: date
) -> None:
    local = LocalDays(
        because="本地安排", rest_days=tuple(rest - work), make_up_days=tuple(work - rest)
    )
    here = WorkCalendar(SHIPPED.values(), local)
    assert not any(here.is_workday(day) for day in rest - work)
    assert all(here.is_workday(day) for day in work - rest)
    if other not in rest ^ work:
        assert here.is_workday(other) == CALENDAR.is_workday(other)


@given(day=st.dates(date(2018, 1, 1), date(2035, 12, 31)))
def test_a_year_without_a_notice_is_provisional_and_has_weekends_only(day: date) -> None:
    assert CALENDAR.is_provisional(day) == (day.year not in YEARS)
    if CALENDAR.is_provisional(day):
        assert CALENDAR.is_workday(day) == (day.weekday() < SATURDAY)


def test_without_any_notice_everything_is_provisional() -> None:
    bare = WorkCalendar([])
    assert bare.is_provisional(date(2024, 10, 1))
    assert bare.is_workday(date(2024, 10, 1))


def test_counting_out_of_the_known_span_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        CALENDAR.shift(date(2024, 1, 1), 50_000)
    with pytest.raises(ValueError, match="outside the calendar"):
        CALENDAR.shift(date(2024, 1, 1), -50_000)
