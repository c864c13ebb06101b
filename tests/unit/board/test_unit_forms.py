"""Dates and numbers as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.board.row_fields import figure_field, kept
from duban.board.unit_forms import day_in
from models.answer import Figure, Passage
from tests.builders import sentences

DAY = date(2024, 11, 1)
DAYS: list[tuple[str, str, date | None]] = [
    ("as a browser sends it", "2024-11-01", DAY),
    ("in Chinese", "2024年11月1日", DAY),
    ("with slashes", "2024/11/1", DAY),
    ("with full stops and blanks", " 2024. 11. 01 ", DAY),
    ("in full width", "２０２４－１１－０１", DAY),
    ("a day that does not exist", "2024-02-30", None),
    ("without a year", "11月1日", None),
    ("of another century", "1024-11-01", None),
    ("a word", "月底", None),
    ("nothing", "", None),
]


@pytest.mark.parametrize(("typed", "day"), sentences(DAYS))
def test_a_day_is_read(typed: str, day: date | None) -> None:
    assert day_in(typed) == day


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_none(typed: str) -> None:
    assert day_in(typed) is None or 2000 <= day_in(typed).year <= 2100  # type: ignore[union-attr]


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert day_in(day.isoformat()) == day
    assert day_in(f"{day.year}年{day.month}月{day.day}日") == day


def test_only_what_is_said_is_kept() -> None:
    assert kept(False, ()) == {}
    assert kept(True, ()) == {"nil": True}
    assert kept(False, (Passage("3", "做了"),)) == {"passages": [{"number": "3", "text": "做了"}]}
    figures = (Figure("培训人数", "600"),)
    assert kept(False, (Passage("3", "", figures),))["passages"][0]["figures"] == [
        {"metric": "培训人数", "value": "600"}
    ]


def test_a_figure_has_a_field_of_its_own() -> None:
    assert figure_field("2.10", "培训人数") == figure_field("2.10", "培训人数")
    assert figure_field("2.10", "培训人数") != figure_field("2.10", "就业人数")
