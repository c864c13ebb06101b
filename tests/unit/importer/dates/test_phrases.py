"""Date phrases: each to the due rule that the project has for it, or to a question."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from duban.importer.dates.phrase import Recurrence, Setting, last_day
from duban.importer.dates.phrases import date_phrases, due_rules
from models.due import DueRule

SETTING = Setting(date(2023, 3, 7), (date(2022, 1, 1), date(2024, 12, 31)))
RULE: TypeAdapter[DueRule] = TypeAdapter(DueRule)

PHRASES = (Path(__file__).parent / "phrases.txt").read_text("utf-8")
"""A phrase, its rules, the code of its question."""


def _rule(due: dict[str, object]) -> str:
    order = ("rule", "on", "month_day", "year", "month", "nth", "number", "weekday")
    values = [due[key] for key in order if key in due]
    return " ".join(map(str, values))


@pytest.mark.parametrize("row", PHRASES.splitlines())
def test_a_phrase_becomes_a_rule_or_a_question(row: str) -> None:
    text, rules, code = (part.strip() for part in row.split("|"))
    found = date_phrases(text, SETTING)
    assert "; ".join(_rule(due) for phrase in found for due in phrase.dues) == rules
    assert [phrase.code for phrase in found if phrase.code] == ([code] if code else [])
    assert all(text[phrase.begin : phrase.end] == phrase.text for phrase in found)


@pytest.mark.parametrize("text", ["长期", "持续推进", "常年坚持", "长期坚持"])
def test_what_goes_on_for_ever_has_no_date(text: str) -> None:
    (phrase,) = date_phrases(text, SETTING)
    assert (phrase.dues, phrase.recurrence) == ((), Recurrence.STANDING)


def test_a_bare_date_without_any_year_is_asked_for() -> None:
    (phrase,) = date_phrases("10月底前")
    assert (phrase.dues, phrase.code) == ((), "date-without-year")


def test_a_cell_with_a_date_and_a_rhythm_is_due_on_the_date() -> None:
    cell = "2023年底前，并长期坚持"
    assert [phrase.dues for phrase in due_rules(cell, SETTING)] == [
        ({"rule": "year-end", "year": 2023},)
    ]


@pytest.mark.parametrize("issued_on", [None, date(2023, 12, 28), date(2024, 1, 5)])
def test_a_bare_date_falls_in_the_year_that_the_title_names(issued_on: date | None) -> None:
    setting = Setting(issued_on, (date(2024, 1, 1), date(2024, 12, 31)))
    (phrase,) = date_phrases("6月底前", setting)
    assert (phrase.dues, phrase.code) == (({"rule": "month-end", "month": 6, "year": 2024},), "")


def test_the_year_of_issue_is_not_questioned_in_a_plan_of_one_year() -> None:
    setting = Setting(date(2024, 1, 5), (date(2024, 1, 1), date(2024, 12, 31)))
    (phrase,) = date_phrases("10月底前", setting)
    assert (phrase.dues, phrase.code) == (({"rule": "month-end", "month": 10, "year": 2024},), "")


FRAGMENTS = """
20 24 2024 99 年 月 日 底 前 末 每 每年 季度 十 二 三十 四 五 “ ” 期间 初 上旬 、 ， 。 至 -
印发 之日起 工作日 内 今 明 次 半年 零 〇 13 31 全国助残日 按年度 长期 . 起
"""
WORDS = st.sampled_from(FRAGMENTS.split())


@given(st.lists(WORDS, max_size=24).map("".join) | st.text(max_size=60))
def test_nothing_raises_and_every_rule_is_one_of_the_projects(text: str) -> None:
    for phrase in date_phrases(text, SETTING):
        assert text[phrase.begin : phrase.end] == phrase.text
        assert phrase.dues or phrase.code or phrase.recurrence is Recurrence.STANDING
        for due in phrase.dues:
            RULE.validate_python(due)
            assert last_day(due, SETTING) is None or isinstance(last_day(due, SETTING), date)
