"""Numbers in Chinese characters."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.chinese_numbers import chinese_number

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def _below_10_000(number: int) -> str:
    """The number as a document writes it, with 零 for a place left out; not shortened."""
    written = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += _DIGITS[digit] + _PLACES[place]
        elif written and number % 10**place and not written.endswith("零"):
            written += "零"
    return written


def written(number: int) -> str:
    """A positive number below 10**12 as a document writes it."""
    parts, text = ((10**8, "亿"), (10**4, "万"), (1, "")), ""
    for power, sign in parts:
        part = number // power % 10_000
        if part:
            text += ("零" if text and part < 1000 else "") + _below_10_000(part) + sign
    return text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", "0"),
        ("两", "2"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("廿三", "23"),
        ("卅", "30"),
        ("一百零五", "105"),
        ("一百一", "110"),
        ("一百一十", "110"),
        ("一百十五", "115"),
        ("三千五", "3500"),
        ("三千零五十", "3050"),
        ("一万二", "12000"),
        ("一万零二", "10002"),
        ("十三万六", "136000"),
        ("五千万", "50000000"),
        ("三亿五", "350000000"),
        ("一万亿", "1000000000000"),
        ("一亿零三万", "100030000"),
        ("二〇二四", "2024"),
        ("二○二四", "2024"),
        ("一点五", "1.5"),
        ("零点零五", "0.05"),
        ("一点五万", "15000"),
        ("十二点五亿", "1250000000"),
    ],
)
def test_a_number_has_its_value(text: str, value: str) -> None:
    assert chinese_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "人",
        "点",
        "一点",
        "点五",
        "一点十",
        "一点二点三",
        "十十",
        "一十一十",
        "万千百",
        "一百二百",
        "5",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which part is wrong depends
        chinese_number(text)


@given(st.integers(1, 10**12 - 1) | st.integers(1, 10_000))
def test_every_number_is_read_as_it_is_written(number: int) -> None:
    text = written(number)
    assert chinese_number(text) == number
    if text.startswith("一十"):
        assert chinese_number(text.removeprefix("一")) == number


@given(st.text(alphabet=_DIGITS + "两〇十百千万亿点廿卅五", max_size=20))
def test_whatever_is_no_number_is_a_value_error(text: str) -> None:
    try:
        value = chinese_number(text)
    except ValueError:
        return
    assert value >= 0
