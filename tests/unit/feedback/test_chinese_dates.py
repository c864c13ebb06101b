"""Dates in answers: read where they can only mean one day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.feedback.chinese_dates import stated_date

ON = date(2024, 10, 18)

DATES = {
    "至2024-11-01": date(2024, 11, 1),
    "至2024-11-1": date(2024, 11, 1),
    "至2024/11/1": date(2024, 11, 1),
    "到2024.11.1": date(2024, 11, 1),
    "2024年11月1日": date(2024, 11, 1),
    "2024 年 11 月 1 日": date(2024, 11, 1),
    "11月1号": date(2024, 11, 1),
    "11/1": date(2024, 11, 1),
    "1月5日": date(2025, 1, 5),
    "10月18日": date(2024, 10, 18),
    "10月17日": date(2025, 10, 17),
    "十一月一日": date(2024, 11, 1),
    "十二月二十一日": date(2024, 12, 21),
    "二〇二五年三月十日": date(2025, 3, 10),
    "二零二五年三月三十一日": date(2025, 3, 31),
    "今年12月1日": date(2024, 12, 1),
    "明年11月1日": date(2025, 11, 1),
    "11月1日前": date(2024, 11, 1),
    "10月20日有会，改至11月1日": date(2024, 11, 1),
    "至2月29日": None,
    "至2月30日": None,
    "至13/1": None,
    "11月": None,
    "月底": None,
    "下周五": None,
    "去年11月1日": None,
    "24年11月1日": None,
    "11.1": None,
    "11月1日、11月5日": None,
    "11月1日至11月5日": date(2024, 11, 5),
    "11月1日或5日": None,
    "11月1日上下": None,
    "10月20日有会，改11月1日": None,
    "": None,
}


@pytest.mark.parametrize(("text", "expected"), DATES.items())
def test_dates(text: str, expected: date | None) -> None:
    found, why = stated_date(text, ON)
    assert found == expected
    assert bool(why) is (expected is None)


@given(
    st.text(alphabet="0123456789年月日号至到./-〇一二三四五六七八九十廿卅今明 ", max_size=25),
    st.dates(),
)
def test_no_text_raises(text: str, on: date) -> None:
    found, why = stated_date(text, on)
    assert (found is None) is bool(why)
