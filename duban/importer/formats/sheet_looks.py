"""What a sheet's XML says beside its values: hidden rows, and how numbers and days are shown."""

import re
from typing import NamedTuple

from duban.importer.formats.archive import Archive

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*>")
ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
CELL = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\br=[\"']([A-Z]{1,3})(\d{1,7}))(?=[^>]*\bs=[\"'](\d{1,6}))[^>/]*>"
)
QUOTED = re.compile(r'"([^"]*)"')
MONTH, DAY, PERCENTAGE = "yyyy年m月", "yyyy年m月d日", "0%"
BUILT_IN = {
    "9": PERCENTAGE, "10": PERCENTAGE, "17": "yyyy-m", "27": MONTH, "31": DAY, "50": MONTH,
    "52": MONTH, "57": MONTH,
}  # fmt: skip
MOST_FORMATS = 100_000


class Looks(NamedTuple):
    """A sheet's hidden rows, and the number formats of cells that need theirs; counted from 0."""

    hidden_rows: frozenset[int]
    formats: dict[tuple[int, int], str]


PLAIN = Looks(frozenset(), {})


def looks_of(archive: Archive) -> dict[str, Looks]:
    """Return the looks of every sheet of an xlsx by its name; none for the binary xlsb."""
    if "xl/workbook.xml" not in archive.names:
        return {}
    formats = _formats(archive)
    parts = _parts(archive)
    return {
        name: _looks(archive.read(part), formats)
        for name, part in parts.items()
        if part in archive.names
    }


def _parts(archive: Archive) -> dict[str, str]:
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in archive.names:
        return {}
    targets = {
        one.get("Id"): one.get("Target", "").removeprefix("/xl/").removeprefix("xl/")
        for one in archive.xml(relations)
    }
    sheets = archive.xml("xl/workbook.xml").iter(f"{MAIN}sheet")
    return {s.get("name", ""): f"xl/{targets.get(s.get(RELATION), '')}" for s in sheets}


def _formats(archive: Archive) -> dict[bytes, str]:
    """Return the number format of each cell style that makes another meaning of a number."""
    if "xl/styles.xml" not in archive.names:
        return {}
    root = archive.xml("xl/styles.xml")
    codes = dict(BUILT_IN)
    for custom in root.iter(f"{MAIN}numFmt"):
        code = QUOTED.sub(r"\1", custom.get("formatCode", "")).lower().replace("\\", "")
        if "%" in code or ("y" in code and "m" in code):
            codes[custom.get("numFmtId", "")] = code
    cell_styles = root.find(f"{MAIN}cellXfs")
    styles = [] if cell_styles is None else [one.get("numFmtId", "") for one in cell_styles]
    return {str(at).encode(): codes[one] for at, one in enumerate(styles) if one in codes}


def _looks(content: bytes, formats: dict[bytes, str]) -> Looks:
    hidden = {
        int(number[1]) - 1
        for row in ROW.finditer(content)
        if (number := ROW_NUMBER.search(row[0])) is not None
    }
    cells: dict[tuple[int, int], str] = {}
    if formats:
        for cell in CELL.finditer(content):
            if cell[3] in formats and len(cells) < MOST_FORMATS:
                cells[int(cell[2]) - 1, _column(cell[1])] = formats[cell[3]]
    return Looks(frozenset(hidden), cells)


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1
