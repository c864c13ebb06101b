"""Tables without upright rules in a PDF: columns by their gutters, rows by blanks or wrapping."""

import pytest

from duban.importer.formats.pdf import read_pdf
from models.document import Paragraph, Table
from tests.unit.importer.formats import builders, plain_pdf

XS = (40, 80, 190, 420)
WIDTHS = (30, 100, 220, 140)
ROWS = builders.sample(9)
ABOVE = "示例市2026年重点工作任务分解方案"
BELOW = "各责任单位要于2026年3月底前制定实施方案，报市政府办公室备案，并按季度报送进展情况。"


def _drawn(padding: float, per_page: int, repeats_header: bool) -> bytes:
    """The rows without any rule; ``padding`` is what parts rows beyond the distance of lines."""
    pages, y = plain_pdf.Pages(), 40.0
    pages.text(220, y, ABOVE)
    y += 30
    header, *body = ROWS
    for at, row in enumerate(body):
        if at % per_page == 0:
            if at:
                pages.text(290, 380, f"- {len(pages.streams)} -")
                pages.turn()
                y = 55.0
            if at == 0 or repeats_header:
                y = _row(pages, header, y) + padding
        y = _row(pages, row, y) + padding
    for line in plain_pdf.wrapped(BELOW, 520):
        pages.text(40, y + 20, line)
        y += 14
    return pages.bytes()


def _row(pages: plain_pdf.Pages, row: list[str], y: float) -> float:
    cells = [plain_pdf.wrapped(text, width) for text, width in zip(row, WIDTHS, strict=True)]
    for x, lines in zip(XS, cells, strict=True):
        for at, line in enumerate(lines):
            pages.text(x, y + at * 14, line)
    return y + max(map(len, cells)) * 14


@pytest.mark.parametrize("padding", [0.0, 6.0])
@pytest.mark.parametrize("repeats_header", [True, False])
def test_rows_are_told_by_blanks_or_by_where_cells_begin_anew(
    padding: float, repeats_header: bool
) -> None:
    title, table, below = read_pdf(_drawn(padding, 3, repeats_header)).blocks
    assert isinstance(title, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(below, Paragraph)
    assert (title.text, below.text) == (ABOVE, BELOW)
    assert [[cell.text for cell in row] for row in table.rows] == ROWS


def test_prose_with_one_gap_in_a_line_is_no_table() -> None:
    pages = plain_pdf.Pages()
    for at, text in enumerate(("联系人：王某", "联系人：李某", "联系人：张某")):
        pages.text(40, 60 + at * 14, text)
        pages.text(300, 60 + at * 14, "科室：综合科")
    assert all(isinstance(block, Paragraph) for block in read_pdf(pages.bytes()).blocks)


def test_a_mark_may_hang_over_the_edge_of_its_cell() -> None:
    pages = plain_pdf.Pages()
    grid = (
        ("序号", "任务内容甲", "单位"),
        ("1", "新增环卫车、", "市城管局"),
        ("2", "公交车。", "无"),
    )
    for at, row in enumerate(grid):
        for x, text in zip((40, 80, 142), row, strict=True):
            pages.text(x, 60 + at * 20, text)
    (table,) = read_pdf(pages.bytes()).blocks
    assert isinstance(table, Table)
    assert [tuple(cell.text for cell in row) for row in table.rows] == list(grid)
