from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.importer.units.lists import find_lists, is_list


def table() -> list[tuple[str, list[str], str]]:
    """``lists.txt``: text, the lists in it (|| between them, - for none), a sentence."""
    rows = []
    for line in Path(__file__).with_name("lists.txt").read_text("utf-8").splitlines():
        text, expected, sentence = (part.replace("\\n", "\n") for part in line.split("\t"))
        rows.append((text, [] if expected == "-" else expected.split("||"), sentence))
    return rows


@pytest.mark.parametrize(("text", "expected"), [row[:2] for row in table()],
    ids=[row[2] for row in table()])  # fmt: skip
def test_these_brackets_hold_lists_and_those_do_not(text: str, expected: list[str]) -> None:
    assert [span.text for span in find_lists(text)] == expected


PIECES = st.sampled_from(
    [
        *"（）〔〕【】()[]、，；。：\n",
        "市教育局",
        "负责",
        "责任单位：",
        "提升质量",
        "含15%",
        "残联",
        "2022",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
def test_spans_stand_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for span in find_lists(text):
        assert end <= span.begin < span.end <= len(text)
        assert text[span.begin : span.end] == span.text
        end = span.end


@pytest.mark.parametrize(("text", "expected"), [
    ("市教育局、残联，各镇街", True),
    ("省委组织部、教育厅（按职责分工负责，下同）", True),
    ("残疾人就业保障金", False),
    ("提升办学质量。", False),
    ("2023年底", False),
    ("", False),
])  # fmt: skip
def test_a_cell_is_a_list_or_is_not(text: str, expected: bool) -> None:
    assert is_list(text) is expected
