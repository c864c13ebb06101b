"""Plain text: encodings, line ends, and the tables that are written in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.importer.formats.refusal import FormatRefused
from duban.importer.formats.text import read_text
from duban.importer.formats.wrapped import PAGE_MARK
from models.document import Paragraph, Table

TEXT = "关于印发２０２６年重点工作分工的通知\n\n一、优化政务服务（市政务服务局）\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, end: str) -> None:
    document = read_text(TEXT.replace("\n", end).encode(encoding))
    assert document.lines == tuple(TEXT.splitlines())
    first, second = document.blocks
    assert isinstance(first, Paragraph)
    assert (first.text, first.place.line, first.place.paragraph) == (document.lines[0], 1, 1)
    assert (second.place.line, second.place.paragraph) == (3, 2)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(FormatRefused, match="neither UTF-8 nor GB18030"):
        read_text(b"\xff\xff\x80")


def test_a_pipe_table_goes_on_with_its_own_lines() -> None:
    text = "# 任务表\n|序号|任务|\n|:--|--|\n|1|甲<br>乙\\|丙|\n| | |\n|2|\n正文|不是表\n"
    heading, table, tail = read_text(text.encode()).blocks
    assert isinstance(heading, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(tail, Paragraph)
    assert (heading.text, heading.level) == ("任务表", 1)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["序号", "任务"],
        ["1", "甲\n乙|丙"],
        ["2", ""],
    ]
    assert [row[0].place.line for row in table.rows] == [2, 4, 6]
    assert tail.text == "正文|不是表"


def test_a_table_with_tabs_needs_a_header_of_three() -> None:
    table, *rest = read_text("序号\t任务\t单位\n1\t甲\t\n\n姓名\t单位\n张某\t甲\n".encode()).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[1]] == ["1", "甲", ""]
    assert [type(block) for block in rest] == [Paragraph, Paragraph]


@given(st.text(alphabet="一|-\t\n# 1a\\：（", max_size=60))
def test_any_text_is_read_or_refused_and_places_are_right(text: str) -> None:
    if not text.strip("\t\n "):
        return
    try:
        document = read_text(text.encode())
    except FormatRefused:
        assert all(not line.strip() or PAGE_MARK.fullmatch(line) for line in text.split("\n"))
        return
    for block in document.blocks:
        assert document.lines[block.place.line - 1].strip()
        if isinstance(block, Table):
            assert len({len(row) for row in block.rows}) == 1
