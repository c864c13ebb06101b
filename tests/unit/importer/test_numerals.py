"""Numbers as Chinese documents write them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.importer.numerals import NUMBER, number, small, year
from duban.importer.plain import even


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500", "500"),
        ("10,000", "10000"),
        ("1.5", "1.5"),
        ("1.5万", "15000"),
        ("3亿", "300000000"),
        ("三万", "30000"),
        ("两", "2"),
        ("十", "10"),
        ("二十", "20"),
        ("百", "100"),
        ("三千五百", "3500"),
        ("一点五", "1.5"),
        ("１２", "12"),
    ],
)
def test_a_number_has_its_value(text: str, value: str) -> None:
    assert number(even(text)) == Decimal(value)


@pytest.mark.parametrize("text", ["", "人", "万千百", "1.2.3", "零点"])
def test_what_is_no_number_has_none(text: str) -> None:
    assert number(text) is None or number(text) == number(text)


def test_years_and_months() -> None:
    assert (year("2024"), year(even("二〇二四")), small("十二")) == (2024, 2024, 12)
    for wrong in ("24", "十"):
        with pytest.raises(ValueError, match=wrong):
            year(wrong)
    with pytest.raises(ValueError, match=r"1\.5"):
        small("1.5")


@given(st.text(alphabet="0123456789,.十百千万亿零一二两三九点 ", max_size=20))
def test_whatever_looks_like_a_number_is_read_or_refused(text: str) -> None:
    for match in re.finditer(NUMBER, text):
        assert number(match[0]) is None or isinstance(number(match[0]), Decimal)
