"""Each named rule against a table of days and against arithmetic of another kind."""

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from duban.planner.due_dates import RULE_TEXTS, WEEKDAYS, due_dates, proposed_dates
from models.due import DueRule
from models.matrix import Matrix
from tests.builders import matrix, sentences

_ONE_DAY = timedelta(days=1)
_RULE: TypeAdapter[DueRule] = TypeAdapter(DueRule)


def _rule(name: str, **fields: Any) -> DueRule:
    return _RULE.validate_python({"rule": name} | fields)


def _plan(issued_on: str, last: str) -> Matrix:
    return matrix(issued_on=issued_on, period={"first": min(issued_on, "2022-01-01"), "last": last})


PLAN = _plan("2022-08-12", "2024-12-31")
AID_DAY = {"month": 5, "nth": 3, "weekday": "sunday"}
DECIDED = {"month_day": "11-30", "because": "办公室决定"}

TABLE = [
    ("a stated day is itself", _rule("stated-day", on="2024-10-20"), ["2024-10-20"]),
    (
        "a stated day stands even outside the plan; the check points it out",
        _rule("stated-day", on="2027-03-01"),
        ["2027-03-01"],
    ),
    (
        "每年11月10日前: once in each year left, the year of issue included",
        _rule("yearly-day", month_day="11-10"),
        ["2022-11-10", "2023-11-10", "2024-11-10"],
    ),
    (
        "a day that had passed when the plan was issued is not owed for that year",
        _rule("yearly-day", month_day="08-11"),
        ["2023-08-11", "2024-08-11"],
    ),
    (
        "the day of issue itself counts",
        _rule("yearly-day", month_day="08-12"),
        ["2022-08-12", "2023-08-12", "2024-08-12"],
    ),
    (
        "29 February falls on the 28th where there is no 29th",
        _rule("yearly-day", month_day="02-29"),
        ["2023-02-28", "2024-02-29"],
    ),
    (
        "每年年底 is 31 December of each year, the plan's last day included",
        _rule("year-end"),
        ["2022-12-31", "2023-12-31", "2024-12-31"],
    ),
    ("到2024年底 is one day", _rule("year-end", year=2024), ["2024-12-31"]),
    ("2024年10月底前 is the 31st", _rule("month-end", year=2024, month=10), ["2024-10-31"]),
    (
        "the end of February knows leap years",
        _rule("month-end", month=2),
        ["2023-02-28", "2024-02-29"],
    ),
    ("在方案实施期间 ends with the plan", _rule("period-end"), ["2024-12-31"]),
    ("“十四五” ends in 2025", _rule("five-year-plan-end", number=14), ["2025-12-31"]),
    ("“十五五” ends in 2030", _rule("five-year-plan-end", number=15), ["2030-12-31"]),
    (
        "全国助残日 is the third Sunday of May; that of 2022 was before the issue",
        _rule("nth-weekday", **AID_DAY),
        ["2023-05-21", "2024-05-19"],
    ),
    ("按年度 without a decision is never due", _rule("by-year"), []),
    (
        "按年度 with a decision is due on the day decided",
        _rule("by-year", decided=DECIDED),
        ["2022-11-30", "2023-11-30", "2024-11-30"],
    ),
]


@pytest.mark.parametrize(("rule", "days"), sentences(TABLE))
def test_a_rule_gives_its_days(rule: DueRule, days: list[str]) -> None:
    assert [day.isoformat() for _, day in due_dates(rule, PLAN)] == days


@pytest.mark.parametrize(("rule", "days"), sentences(TABLE))
def test_only_what_recurs_is_told_apart_by_year(rule: DueRule, days: list[str]) -> None:
    years = [year for year, _ in due_dates(rule, PLAN)]
    once = "year" in rule.model_fields_set or rule.rule in {
        "stated-day",
        "period-end",
        "five-year-plan-end",
    }
    assert years == ([None] if once else [int(day[:4]) for day in days])


def test_by_year_without_a_decision_proposes_the_last_day_of_each_year() -> None:
    proposed = [str(day) for _, day in proposed_dates(_rule("by-year"), PLAN)]
    assert proposed == ["2022-12-31", "2023-12-31", "2024-12-31"]


def test_what_is_decided_or_stated_needs_no_proposal() -> None:
    assert proposed_dates(_rule("by-year", decided=DECIDED), PLAN) == []
    assert proposed_dates(_rule("year-end"), PLAN) == []


def test_every_rule_has_a_sentence_that_defends_it() -> None:
    union, _discriminator = get_args(DueRule)
    names = {get_args(kind.model_fields["rule"].annotation)[0] for kind in get_args(union)}
    assert set(RULE_TEXTS) == names


plans = st.tuples(
    st.dates(date(2015, 1, 1), date(2030, 12, 31)), st.integers(min_value=0, max_value=2000)
).map(lambda drawn: _plan(str(drawn[0]), str(drawn[0] + timedelta(days=drawn[1]))))


def _days_of(plan: Matrix) -> list[date]:
    length = (plan.period.last - plan.starts_on).days
    return [plan.starts_on + timedelta(days=n) for n in range(length + 1)]


def _given(rule: DueRule, plan: Matrix) -> list[date]:
    return [day for _, day in due_dates(rule, plan)]


@given(plans)
def test_year_ends_are_the_days_before_a_new_year(plan: Matrix) -> None:
    ends = [day for day in _days_of(plan) if (day + _ONE_DAY).year != day.year]
    assert _given(_rule("year-end"), plan) == ends


@given(plans, st.integers(1, 12))
def test_month_ends_are_the_days_before_a_new_month(plan: Matrix, month: int) -> None:
    ends = [d for d in _days_of(plan) if d.month == month and (d + _ONE_DAY).month != month]
    assert _given(_rule("month-end", month=month), plan) == ends


@given(plans, st.integers(1, 12), st.integers(1, 28))
def test_a_yearly_day_is_every_day_of_that_name(plan: Matrix, month: int, day: int) -> None:
    named = [found for found in _days_of(plan) if (found.month, found.day) == (month, day)]
    assert _given(_rule("yearly-day", month_day=f"{month:02}-{day:02}"), plan) == named


@given(plans, st.integers(1, 12), st.integers(1, 4), st.sampled_from(WEEKDAYS))
def test_the_nth_weekday_is_in_the_nth_seven_days_of_its_month(
    plan: Matrix, month: int, nth: int, weekday: str
) -> None:
    found = [
        day
        for day in _days_of(plan)
        if day.month == month
        and day.strftime("%A").lower() == weekday
        and 7 * (nth - 1) < day.day <= 7 * nth
    ]
    assert _given(_rule("nth-weekday", month=month, nth=nth, weekday=weekday), plan) == found
