"""Sheets saved as text: what parts their cells, their encodings, and text that is no sheet."""

import csv
import io

import pytest

from duban.importer.formats.reader import read
from models.document import Paragraph, Table
from tests.unit.importer.formats import builders

ROWS = [
    ["序号", "工作任务", "责任单位"],
    ["1", "优化服务，压缩时限", "市商务局、市财政局"],
    ["2", "建台账\n逐项销号;办结", '市"一网"办, 各区'],
]


def _saved(rows: list[list[str]], delimiter: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_sheet_saved_as_text_is_a_table(delimiter: str, encoding: str) -> None:
    document = read("清单.CSV", _saved(ROWS, delimiter).encode(encoding))
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == ROWS
    assert document.notes == ()


def test_the_title_above_a_sheet_is_text() -> None:
    titled = [["示例市责任清单", "", ""], ["", "", ""], *builders.sample(5)]
    title, table = read("a.csv", _saved(titled, ",").encode()).blocks
    assert isinstance(title, Paragraph)
    assert title.text == "示例市责任清单"
    assert isinstance(table, Table)
    assert len(table.rows) == len(builders.sample(5))


def test_text_without_columns_is_plain_text_whatever_its_name() -> None:
    text = "一、优化服务，压缩时限。\n二、加强监管, 逐项销号。\n三、完善设施。"
    assert read("a.csv", text.encode()).lines == tuple(text.split("\n"))
    assert len(read("a.txt", _saved(ROWS, ",").encode()).blocks) > 1
