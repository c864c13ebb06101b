"""Sheets of Excel and WPS: every visible sheet as the table that it shows."""

import io
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from duban.importer.formats.archive import Archive, damaged
from duban.importer.formats.assembly import Assembly
from duban.importer.formats.child import serve
from duban.importer.formats.grid import Slot, check_size, without_blank
from duban.importer.formats.refusal import FormatRefused
from duban.importer.formats.sheet_blocks import add_sheet
from duban.importer.formats.sheet_looks import PLAIN, Looks, looks_of
from models.document import Document

Value = int | float | str | bool | time | date | datetime | timedelta
MACROS = "文件含有宏，未运行，只读取文字"
HIDDEN_SHEETS = "隐藏的工作表未读取：{}"
HIDDEN_ROWS = "工作表“{}”中隐藏的行未读取"
COMPOUND = b"\xd0\xcf\x11\xe0"
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # days without a zone are counted from here
LAST_SERIAL = 2_958_465
PERCENT = 100


def read_sheets(content: bytes) -> Document:
    """Read an xlsx, xlsm, xlsb or xls; formulas by their last value, hidden sheets and rows not."""
    assembly = Assembly("xls" if content.startswith(COMPOUND) else "xlsx")
    looks: dict[str, Looks] = {}
    if not content.startswith(COMPOUND):
        archive = Archive(content)
        archive.check_declarations()
        looks = looks_of(archive)
        if any(name.endswith("vbaProject.bin") for name in archive.names):
            assembly.note(MACROS)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        _add_sheets(assembly, book, looks)
    except PasswordError as error:
        raise FormatRefused(
            "encrypted", "the file is protected by a password", "save it without a password"
        ) from error
    except CalamineError as error:
        raise damaged(str(error)) from error
    return assembly.document()


def _add_sheets(assembly: Assembly, book: CalamineWorkbook, looks: dict[str, Looks]) -> None:
    sheets = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    shown = [one.name for one in sheets if one.visible is SheetVisibleEnum.Visible]
    if hidden := [one.name for one in sheets if one.name not in shown]:
        assembly.note(HIDDEN_SHEETS.format("、".join(hidden)))
    for name in shown:
        sheet = book.get_sheet_by_name(name)
        look = looks.get(name, PLAIN)
        if look.hidden_rows:
            assembly.note(HIDDEN_ROWS.format(name))
        add_sheet(assembly, _grid(sheet, look))


def _grid(sheet: CalamineSheet, look: Looks) -> list[list[Slot]]:
    check_size(0, sheet.total_width)
    check_size(sheet.height, sheet.width)
    values: list[list[Value]] = sheet.to_python(skip_empty_area=False)
    slots = [
        [Slot(_text(value, look.formats.get((at, column), ""))) for column, value in enumerate(row)]
        for at, row in enumerate(values)
    ]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _merge(slots, range(top, bottom + 1), range(left, right + 1), look)
    return without_blank([row for at, row in enumerate(slots) if at not in look.hidden_rows])


def _merge(slots: list[list[Slot]], rows: range, columns: range, look: Looks) -> None:
    if rows.start >= len(slots) or columns.start >= len(slots[rows.start]):
        return
    text = slots[rows.start][columns.start].text
    first = next((at for at in rows if at not in look.hidden_rows), rows.start)
    for at in range(rows.start, min(rows.stop, len(slots))):
        for column in range(columns.start, min(columns.stop, len(slots[at]))):
            is_first = at == first and column == columns.start
            slots[at][column] = Slot(text, is_continued=not is_first)


def _text(value: Value, written_as: str) -> str:
    """Return a value as the sheet shows it, as far as its number format decides the meaning."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return _number(value, written_as)
    if isinstance(value, datetime):
        clock = f" {value:%H:%M}" if value.time() != time.min else ""
        return _day(value.date(), written_as) + clock
    if isinstance(value, date):
        return _day(value, written_as)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _number(value: float, written_as: str) -> str:
    if "年" in written_as and 0 < value < LAST_SERIAL:
        return _day((EPOCH + timedelta(days=value)).date(), written_as)
    if "%" in written_as:
        return f"{round(value * PERCENT, 6):.10g}%"
    return f"{value:.15g}"


def _day(day: date, written_as: str) -> str:
    if "d" not in written_as and "m" in written_as and "y" in written_as:
        return f"{day.year}年{day.month}月"
    return f"{day.year}年{day.month}月{day.day}日"


if __name__ == "__main__":
    serve(read_sheets)
