"""A sheet's rows become a table, and the running text above and below it."""

import re
from collections.abc import Sequence

from duban.importer.formats.assembly import Assembly
from duban.importer.formats.grid import Slot, without_blank
from duban.importer.formats.marks import NUMBERED

TEXT_COLUMN = re.compile(r"(?:段落|正文|文本|文件|原文)?(?:内容|文字)|段落|正文|文本|原文")


def add_sheet(assembly: Assembly, rows: list[list[Slot]]) -> None:
    """Add a sheet: what stands alone above and below the table is running text."""
    begin, end = 0, len(rows)
    while begin < end and _stands_alone(rows[begin]):
        begin += 1
    while end > begin and _spans_all(rows[end - 1]):
        end -= 1
    for row in rows[:begin]:
        assembly.paragraph(row[0].text)
    inside = without_blank(rows[begin:end])
    if _is_listed_text(inside):
        for row in inside[1:]:
            assembly.paragraph(row[1].text)
    else:
        assembly.table(inside)
    for row in rows[end:]:
        assembly.paragraph(row[0].text)


def _is_listed_text(rows: list[list[Slot]]) -> bool:
    """Tell whether a sheet only counts the paragraphs of a text: 1, 2, 3 … beside them."""
    numbers = [row[0].text for row in rows[1:]]
    return (
        bool(numbers)
        and len(rows[0]) == 2  # noqa: PLR2004
        and bool(TEXT_COLUMN.fullmatch(rows[0][1].text))
        and any(NUMBERED.match(row[1].text) for row in rows[1:])
        and numbers == [str(at) for at in range(1, len(numbers) + 1)]
    )


def _stands_alone(row: Sequence[Slot]) -> bool:
    return bool(row[0].text) and all(slot.is_continued or not slot.text for slot in row[1:])


def _spans_all(row: Sequence[Slot]) -> bool:
    return _stands_alone(row) and all(slot.is_continued for slot in row[1:])
