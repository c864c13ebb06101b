"""Sheets: merged cells, several sheets, hidden parts, numbers and days as they are shown."""

from duban.importer.formats.sheet import read_sheets
from models.document import Table
from tests.unit.importer.formats import builders

STYLES = (
    f'<styleSheet xmlns="{builders.SPREADSHEET}"><numFmts>'
    '<numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="180"/><xf numFmtId="14"/><xf numFmtId="57"/>'
    "</cellXfs></styleSheet>"
)


def lines(content: bytes) -> tuple[str, ...]:
    return read_sheets(content).lines


def test_headers_of_two_rows_stay_as_rows() -> None:
    grid = [["方案"], ["序号", "责任单位", ""], ["", "牵头", "配合"], ["1", "甲局", "乙局"]]
    merges = "".join(f'<mergeCell ref="{one}"/>' for one in ("A1:C1", "A2:A3", "B2:C2"))
    merges = f"<mergeCells>{merges}</mergeCells>"
    document = read_sheets(builders.workbook({"表": builders.sheet_xml(grid, merges)}))
    title, table = document.blocks
    assert isinstance(table, Table)
    assert document.lines[0] == "方案"
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["序号", "责任单位", "责任单位"], ["序号", "牵头", "配合"], ["1", "甲局", "乙局"],
    ]  # fmt: skip
    assert [cell.is_continued for cell in table.rows[0]] == [False, False, True]
    assert title.place.line == 1


def test_numbers_and_days_are_as_the_sheet_shows_them() -> None:
    cells = ((0, "12"), (1, "0.155"), (2, "46296"), (3, "46296"), (4, "46296"), (0, "0.1"))
    row = "".join(
        f'<c r="{builders.letter(at)}1" s="{style}"><v>{value}</v></c>'
        for at, (style, value) in enumerate(cells)
    )
    xml = builders.sheet_of(f'<sheetData><row r="1">{row}</row></sheetData>')
    related = {
        "xl/styles.xml": STYLES.encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{builders.PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{builders.RELATIONS}/worksheet"'
            ' Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId9" Type="{builders.RELATIONS}/styles" Target="styles.xml"/>'
            "</Relationships>"
        ).encode(),
    }
    assert lines(builders.workbook({"表": xml}, related)) == (
        "12\t15.5%\t2026年10月\t2026年10月1日\t2026年10月\t0.1",
    )


def test_every_visible_sheet_is_read_and_hidden_ones_are_named() -> None:
    sheets = {name: builders.sheet_xml([["序号", name]] * 2) for name in ("甲", "乙", "丙")}
    document = read_sheets(builders.workbook(sheets, states=("visible", "hidden", "visible")))
    assert document.lines == ("序号\t甲", "序号\t甲", "序号\t丙", "序号\t丙")
    assert document.notes == ("隐藏的工作表未读取：乙",)


def test_hidden_and_blank_rows_are_passed_over_and_hidden_ones_noted() -> None:
    xml = builders.sheet_xml([["序号", "任务"], ["1", "甲"], ["", ""], ["2", "乙"]])
    document = read_sheets(
        builders.workbook({"表": xml.replace('<row r="2">', '<row r="2" hidden="1">')})
    )
    assert document.lines == ("序号\t任务", "2\t乙")
    assert document.notes == ("工作表“表”中隐藏的行未读取",)


def test_a_sheet_that_only_counts_paragraphs_is_running_text() -> None:
    text = ["某市工作方案", "一、优化服务。", "（市民政局）"]
    grid = [["序号", "内容"], *([str(at), line] for at, line in enumerate(text, 1))]
    assert lines(builders.workbook({"正文": builders.sheet_xml(grid)})) == tuple(text)
    grid[2][1] = "优化服务"
    assert lines(builders.workbook({"正文": builders.sheet_xml(grid)}))[0] == "序号\t内容"
