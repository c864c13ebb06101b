"""Fitting Chinese into columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from duban.cli.layout import filled, folded, shortened, table

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")), max_size=60)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("市残联", 6, "市残联"),
        ("推动落实《行动方案》终期工作总结", 20, "推动落…终期工作总结"),
        ("acknowledge-chase-2", 11, "ack…chase-2"),
    ],
)
def test_a_text_is_shortened_in_its_middle(text: str, width: int, shown: str) -> None:
    assert shortened(text, width) == shown


@given(TEXT, st.integers(4, 40))
def test_a_shortened_text_never_exceeds_its_width(text: str, width: int) -> None:
    assert cell_len(shortened(text, width)) <= width


def test_columns_line_up_and_shrink_in_the_order_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    long = "甲" * 40
    lines = table([("a", long, long), ("单位", "b", "c")], {1: 10, 2: 10}, ("一", "二", "三"))
    assert all(cell_len(line) <= 80 for line in lines)
    assert lines[1].startswith("a     甲")
    assert lines[2].startswith("单位  b")


def test_no_rows_give_no_lines() -> None:
    assert table([], {}) == []


def test_words_are_never_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    words = ["市人力资源社会保障局"] * 9
    lines = filled(words, indent="  9个单位：", hanging="  ")
    assert "".join(line.strip() for line in lines) == "9个单位：" + "、".join(words)
    assert all(cell_len(line) <= 80 for line in lines)


@given(TEXT.map(lambda text: text * 4))
def test_folding_loses_nothing(text: str) -> None:
    assert "".join(line.removeprefix("    ") for line in folded(text, "    ")) == text
