"""Even text: same length, titles and asides blotted out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.importer.plain import (
    FILL,
    clauses,
    even,
    sentences,
    without_asides,
    without_marks,
    without_titles,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０２４年１０％，（含）：", "2024年10%,(含):"),
        ("2022—2024年", "2022-2024年"),
        ("2022－2024年", "2022-2024年"),
        ("甲\u3000乙", "甲 乙"),
        ("二〇二四", "二零二四"),
    ],
)
def test_width_dashes_and_blanks_are_made_one(text: str, expected: str) -> None:
    assert even(text) == expected


def test_titles_marks_and_asides_are_blotted_out_but_shares_and_parts_stay() -> None:
    assert without_titles("落实《办法（2021）》") == "落实" + FILL * 10
    assert without_marks("“四个一”和“百分百”") == FILL * 5 + "和“百分百”"
    assert without_asides("15%以上(含15%)(其中女性5%)") == "15%以上" + FILL * 6 + "(其中女性5%)"


def test_clauses_end_at_commas_but_not_inside_a_number() -> None:
    text = "造林10,000亩,植树5株。验收"
    spans = [text[begin:end] for begin, end in clauses(text, *sentences(text)[0])]
    assert spans == ["造林10,000亩", "植树5株"]


@given(st.text(max_size=80) | st.text(alphabet="《》〈〉<>〔〕【】（）()“”，。a1", max_size=60))
def test_no_character_moves(text: str) -> None:
    plain = even(text)
    for blotted in (plain, without_titles(plain), without_marks(plain), without_asides(plain)):
        assert len(blotted) == len(text)
