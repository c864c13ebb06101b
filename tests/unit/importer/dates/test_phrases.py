"""Date phrases: each to the due rule that the project has for it, or to a question."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from duban.importer.dates.phrase import Setting, last_day
from duban.importer.dates.phrases import date_phrases
from models.due import DueRule
from models.workdays import WorkCalendar, WorkYear

SETTING = Setting(date(2023, 3, 7), (date(2022, 1, 1), date(2024, 12, 31)))
RULE: TypeAdapter[DueRule] = TypeAdapter(DueRule)

OCTOBER = WorkYear(
    year=2024,
    notice="某年放假通知",
    rest_days=tuple(date(2024, 10, day) for day in range(1, 8)),
    make_up_days=(date(2024, 9, 29), date(2024, 10, 12)),
)
PHRASES = (Path(__file__).parent / "phrases.txt").read_text("utf-8")
"""A phrase, its rules, the code of its question."""


def rule(due: dict[str, object]) -> str:
    order = ("rule", "on", "month_day", "year", "month", "nth", "number", "weekday")
    values = [due[key] for key in order if key in due]
    return " ".join(map(str, values))


@pytest.mark.parametrize("row", PHRASES.splitlines())
def test_a_phrase_becomes_a_rule_or_a_question(row: str) -> None:
    text, rules, code = (part.strip() for part in row.split("|"))
    found = date_phrases(text, SETTING)
    assert "; ".join(rule(due) for phrase in found for due in phrase.dues) == rules
    assert [phrase.code for phrase in found if phrase.code] == ([code] if code else [])
    assert all(text[phrase.begin : phrase.end] == phrase.text for phrase in found)


def test_a_bare_date_without_any_year_is_asked_for() -> None:
    (phrase,) = date_phrases("10月底前")
    assert (phrase.dues, phrase.code) == ((), "date-without-year")


def test_without_a_day_of_issue_the_year_of_the_number_is_proposed() -> None:
    found = date_phrases("7月底前完成，明年3月底前推开。", Setting(number_year=2020))
    assert [rule(due) for phrase in found for due in phrase.dues] == [
        "month-end 2020 7",
        "month-end 2021 3",
    ]
    assert [phrase.code for phrase in found] == ["year-assumed", "year-assumed"]


@pytest.mark.parametrize("issued_on", [None, date(2023, 12, 28), date(2024, 1, 5)])
def test_a_bare_date_falls_in_the_year_that_the_title_names(issued_on: date | None) -> None:
    setting = Setting(issued_on, (date(2024, 1, 1), date(2024, 12, 31)))
    (phrase,) = date_phrases("6月底前", setting)
    assert (phrase.dues, phrase.code) == (({"rule": "month-end", "month": 6, "year": 2024},), "")


@pytest.mark.parametrize(
    ("text", "month", "year", "code"),
    [
        ("10月底前", 10, 2024, ""),
        ("今年10月底前", 10, 2024, ""),
        ("明年2月底前", 2, 2025, ""),
        ("3月底前", 3, 2024, "year-assumed"),
        ("1月底前", 1, 2025, "year-assumed"),
    ],
)
def test_without_a_period_a_bare_date_is_asked_only_if_it_lies_before_the_day_of_issue(
    text: str, month: int, year: int, code: str
) -> None:
    (phrase,) = date_phrases(text, Setting(date(2024, 8, 5)))
    due = {"rule": "month-end", "month": month, "year": year}
    assert (phrase.dues, phrase.code) == ((due,), code)


def test_this_year_in_a_plan_issued_before_its_year_is_asked_about() -> None:
    setting = Setting(date(2023, 12, 28), (date(2024, 1, 1), date(2024, 12, 31)))
    (phrase,) = date_phrases("今年年底前", setting)
    assert (phrase.dues, phrase.code) == (({"rule": "year-end", "year": 2024},), "year-assumed")


def test_years_of_time_without_a_period_are_counted_from_the_year_of_issue_and_asked() -> None:
    (phrase,) = date_phrases("用三年左右时间", Setting(date(2024, 1, 5)))
    assert (phrase.dues, phrase.code) == (({"rule": "year-end", "year": 2026},), "relative-date")


@pytest.mark.parametrize(
    ("calendar", "day", "remark"),
    [
        (WorkCalendar(()), "2024-10-08", "只扣了周末"),
        (WorkCalendar((OCTOBER,)), "2024-10-12", "按工作日推算"),
    ],
)
def test_working_days_are_counted_by_the_calendar_that_is_known(
    calendar: WorkCalendar, day: str, remark: str
) -> None:
    setting = Setting(date(2024, 9, 27), None, calendar)
    (phrase,) = date_phrases("印发之日起7个工作日内", setting)
    assert (phrase.dues, phrase.proposal) == (({"rule": "stated-day", "on": day},), day)
    assert remark in phrase.doubt


FRAGMENTS = """
20 24 2024 99 年 月 日 底 前 末 每 每年 季度 十 二 三十 四 五 “ ” 期间 初 上旬 、 ， 。 至 -
印发 之日起 工作日 内 今 明 次 半年 零 〇 13 31 全国助残日 按年度 长期 . 起
"""
WORDS = st.sampled_from(FRAGMENTS.split())


@given(st.lists(WORDS, max_size=24).map("".join) | st.text(max_size=60))
def test_nothing_raises_and_every_rule_is_one_of_the_projects(text: str) -> None:
    for phrase in date_phrases(text, SETTING):
        assert text[phrase.begin : phrase.end] == phrase.text
        assert phrase.dues or phrase.code
        for due in phrase.dues:
            RULE.validate_python(due)
            assert last_day(due, SETTING) is None or isinstance(last_day(due, SETTING), date)
