"""Suggestions and small words."""

import pytest

from duban.loader.findings import counted, did_you_mean, leads_back, quoted

UNITS = ["市委组织部", "市委编办", "市人力资源社会保障局", "市财政局", "市残联", "市教育体育局"]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("市财政厅", 'did you mean "市财政局"?'),
        ("编办", 'did you mean "市委编办"?'),
        ("市人力资源和社会保障局", 'did you mean "市人力资源社会保障局"?'),
        ("省市财政局", 'did you mean "市财政局"?'),
        ("烟草专卖局", ""),
        ("", ""),
        ("长" * 10_000, ""),
    ],
)
def test_the_nearest_unit_is_proposed(written: str, hint: str) -> None:
    assert did_you_mean(written, UNITS) == hint


def test_never_more_than_two() -> None:
    assert did_you_mean("东镇", ["东镇街", "大东镇", "小东镇"]).count("镇") == 2


def test_long_text_is_cut() -> None:
    assert quoted("方" * 100) == f'"{"方" * 40}…"'


def test_one_and_many() -> None:
    assert (counted(1, "error"), counted(0, "error")) == ("1 error", "0 errors")


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        ({"a": "b", "b": "a"}, True),
        ({"a": "a"}, True),
        ({"a": "b", "b": "c", "c": "b"}, False),
        ({"a": "b", "b": None}, False),
        ({}, False),
    ],
)
def test_circles(following: dict[str, str | None], expected: bool) -> None:
    assert leads_back("a", following) is expected
