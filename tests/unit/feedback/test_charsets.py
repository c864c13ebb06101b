"""Bytes of mails and the labels that they wrongly bear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.feedback.charsets import decoded

RARE = "龘镕㛃、€"


@pytest.mark.parametrize(
    "label", ["gb2312", "GB2312", '"gb2312"', "gbk", "GB18030", "x-gbk", "cp936", "gb_2312-80"]
)
def test_every_label_of_the_family_is_read_as_gb18030(label: str) -> None:
    assert decoded(RARE.encode("gb18030"), label) == RARE


@pytest.mark.parametrize("label", ["", "us-ascii", "unknown-8bit", "punycode", "no such"])
def test_utf_8_and_gb18030_are_told_apart_without_a_label(label: str) -> None:
    assert (
        decoded("签收：已办结".encode(), label or "utf-8") in {"签收：已办结"} or label == "gb2312"
    )
    if label != "gb2312":
        assert decoded("签收".encode("gb18030"), label) == "签收"


def test_other_charsets() -> None:
    assert decoded("簽收".encode("big5"), "Big5") == "簽收"
    assert decoded("签收".encode("utf-16"), "utf-16") == "签收"
    assert decoded("é".encode("latin-1"), "iso-8859-1") == "é"


@given(st.binary(max_size=200), st.text(max_size=20))
def test_no_bytes_and_no_label_raise(content: bytes, label: str) -> None:
    assert isinstance(decoded(content, label), str)
