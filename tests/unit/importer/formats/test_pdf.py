"""PDF: paragraphs from lines, running heads, tables whose rows a page cuts."""

import pytest

from duban.importer.formats.pdf import read_pdf
from duban.importer.formats.radicals import meant
from models.document import Table
from tests.unit.importer.formats import builders, plain_pdf

WIDTHS = (40, 100, 220, 160)


@pytest.mark.parametrize("per_page", [2, 3, 5])
@pytest.mark.parametrize("repeats_header", [True, False])
def test_a_table_over_many_pages_is_one(per_page: int, repeats_header: bool) -> None:
    rows = builders.sample(12)
    content = plain_pdf.table_pdf(rows, WIDTHS, (), (0, 1), per_page, repeats_header, "示例市文件")
    (table,) = read_pdf(content).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == rows


def test_a_row_that_a_page_cuts_is_joined() -> None:
    pages = plain_pdf.Pages()
    for y, cells in ((300, ("1", "推进水污染防治，加", "市水利局")), (40, ("", "强监管。", ""))):
        if y == 40:
            pages.turn()
        for x, text in zip((50, 100, 300), cells, strict=True):
            pages.text(x + 2, y + 2, text)
        for x in (50, 100, 300, 400):
            pages.rule(x, y, x, y + 20)
        pages.rule(50, y, 400, y)
        pages.rule(50, y + 20, 400, y + 20)
    assert read_pdf(pages.bytes()).lines == ("1\t推进水污染防治，加强监管。\t市水利局",)


def test_paragraphs_are_put_together_and_page_numbers_dropped() -> None:
    text = (
        "一、" + "优化服务流程，" * 30 + "完成。",
        "二、短。",
        "三、" + "加强监管，" * 25 + "落实。",
    )
    pages = plain_pdf.Pages()
    y = 60.0
    for paragraph in text:
        for line in plain_pdf.wrapped("　　" + paragraph, 520):
            if y > 100:
                pages.text(290, 380, f"- {len(pages.streams)} -")
                pages.turn()
                y = 60.0
            indent = 20 if line.startswith("　　") else 0
            pages.text(40 + indent, y, line.strip("　"))
            y += 14
    assert read_pdf(pages.bytes()).lines == text


def test_radicals_become_the_characters_they_look_like() -> None:
    assert meant("⼀、⺠政局⻔⼾⼯作") == "一、民政局门户工作"
