"""Cells such as 完成时限: every one becomes dates, words for no end, or a question."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.importer.dated.when import dates_of
from duban.importer.dates.cells import read_aside, read_cell
from duban.importer.dates.phrase import Setting
from tests.unit.importer.dates.test_phrases import WORDS, rule

SETTING = Setting(date(2025, 3, 7), (date(2025, 1, 1), date(2025, 12, 31)))
CELLS = (Path(__file__).parent / "cells.txt").read_text("utf-8")
"""A cell, its rules, its words for no end, its words that nobody can read, the question's code."""


@pytest.mark.parametrize("row", CELLS.splitlines())
def test_a_cell_is_read_or_kept_or_asked_about(row: str) -> None:
    text, rules, standing, unread, code = (part.strip() for part in row.split("|"))
    cell = read_cell(text, SETTING)
    asked = dates_of(cell)
    assert "; ".join(rule(one.due) for one in asked if one.due) == rules
    assert (cell.standing, "；".join(cell.unread)) == (standing, unread)
    assert [one.code for one in asked if one.code] == ([code] if code else [])


def test_what_stands_beside_the_units_is_read_for_dates_only() -> None:
    assert read_aside("按职责分工负责，年内持续推进", SETTING).phrases == ()
    cell = read_aside("12月底前取得阶段性成果，并持续推进", SETTING)
    assert [rule(due) for phrase in cell.phrases for due in phrase.dues] == ["month-end 2025 12"]


def test_the_day_of_issue_beside_the_units_is_the_signature() -> None:
    found = read_aside("完成时间：2025年11月；2025年3月7日", SETTING).phrases
    assert [rule(due) for phrase in found for due in phrase.dues] == ["month-end 2025 11"]


@given(st.lists(WORDS, max_size=12).map("".join) | st.text("日月年前后内长期0.-，；", max_size=30))
def test_no_cell_with_words_is_dropped(text: str) -> None:
    cell = read_cell(text, SETTING)
    if any("\u4e00" <= letter <= "\u9fff" and letter != "无" for letter in text):
        assert dates_of(cell) or cell.standing
