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


def _set(lines: list[tuple[str, float]]) -> bytes:
    """Return a page of lines without indents, each with the distance to the next."""
    pages, y = plain_pdf.Pages(), 60.0
    for line, below in lines:
        pages.text(40, y, line)
        y += below
    return pages.bytes()


def test_a_full_line_of_units_ends_where_the_next_number_begins() -> None:
    first = "责任单位：市商务局、市发展改革委、市自然资源局、市住房城乡建设局、"
    units = f"{first}市生态环境局示例高新开发区分局"
    long = "一、" + "优化服务流程，" * 14 + "完成。"
    lines = ["（一）培育产业", units, "（二）改善服务", units, "（三）完善设施"]
    wrapped = plain_pdf.wrapped(long, 500)
    found = read_pdf(_set([(line, 14.0) for line in (*wrapped, *lines)])).lines
    assert found == (long, *lines)


def test_paragraphs_may_be_told_by_the_blank_between_them() -> None:
    bracket = "（省农业农村厅、省林草局、省财政厅、示例海关、省气象局、省应急管理厅）"
    heading = f"（二）加强重大病虫害绿色防控{bracket}"
    long = "优化服务流程，" * 14 + "完成。"
    paragraphs = [long, heading, "加强监测预警。", "（三）完善保险", "扩大覆盖面。"]
    lines: list[tuple[str, float]] = []
    for paragraph in paragraphs:
        *first, last = plain_pdf.wrapped(paragraph, 500)
        lines += [*((line, 14.0) for line in first), (last, 24.0)]
    assert read_pdf(_set(lines)).lines == tuple(paragraphs)


def test_a_narrow_cell_is_whole_though_quotation_marks_broke_it_early() -> None:
    pages = plain_pdf.Pages()
    for x in (50, 100, 152, 300):
        pages.rule(x, 50, x, 130)
    for y in (50, 130):
        pages.rule(50, y, 300, y)
    pages.text(52, 60, "1")
    for at, line in enumerate(("加快建", "设“果蔬”", "产业基地")):
        pages.text(105, 60 + at * 14, line)
    pages.text(160, 60, "市农业农村局")
    assert read_pdf(pages.bytes()).lines == ("1\t加快建设“果蔬”产业基地\t市农业农村局",)
