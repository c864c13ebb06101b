"""Lines of what people wrote: nothing that a paper cannot hold."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from duban.reports.document import line, lines


def test_blank_lines_and_what_hides_or_turns_text_go() -> None:
    assert list(lines(" 甲\n\n\t乙\u202e丙\x00\r\n　\ufeff")) == ["甲", "乙丙"]
    assert line("甲\n乙") == "甲 乙"


@given(st.text(st.characters(codec=None)))
def test_every_line_can_stand_in_xml(text: str) -> None:
    for one in lines(text):
        etree.Element("p").text = one
        one.encode()
        assert one == one.strip() != ""
