"""The columns of a table that name persons (联系人, 责任人, 分管领导): names are crossed out."""

import re
from collections import defaultdict
from collections.abc import Iterator

from models.document import Cell, Document, Place, Table

_HEADING = re.compile(
    r"(?:工作|具体|业务)?(?:联系人|联络人|联络员|经办人|承办人|填报人|责任人|负责人|责任领导|分管领导|"
    r"包保领导|牵头领导|主要领导|姓名)(?:员)?(?:及|和|、)?(?:姓名|职务|电话|联系电话|联系方式)*"
)
_POST = re.compile(
    r"(?:党组|党委|常务|副|区|县|市|局|办公室|[一-龥]{0,6}科)*"
    r"(?:局长|主任|书记|市长|区长|县长|镇长|乡长|科长|处长|秘书长|主席|部长|厅长|干事|科员|成员)"
)
_NO_NAME = re.compile(
    r".*(?:局|委|办|厅|部|会|院|室|科|处|股|所|站|中心|政府|公司|领导|负责人|人员|单位|同上|"
    r"待定|空缺|各.*)|" + _POST.pattern
)
_LAST_HEADING = 4


def crossed(text: str) -> str:
    """The text with every letter and digit as ×; what parts them stays."""
    return re.sub(r"[^\s、，,/()（）-]", "×", text)


def crossed_columns(document: Document) -> Document:
    """The document with the names in such columns crossed out, in cells and lines alike."""
    names: dict[int, list[str]] = defaultdict(list)
    blocks = tuple(
        _crossed_table(block, names) if isinstance(block, Table) else block
        for block in document.blocks
    )
    if not names:
        return document
    lines = list(document.lines)
    for number, found in names.items():
        for name in sorted(found, key=len, reverse=True):
            if number <= len(lines):
                lines[number - 1] = lines[number - 1].replace(name, crossed(name))
    return document._replace(blocks=blocks, lines=tuple(lines))


def _crossed_table(table: Table, names: dict[int, list[str]]) -> Table:
    columns = {
        column
        for row in table.rows[:_LAST_HEADING]
        for column, cell in enumerate(row)
        if _HEADING.fullmatch("".join(cell.text.split()))
    }
    if not columns:
        return table
    rows = tuple(
        tuple(
            _crossed_cell(cell, names) if column in columns else cell
            for column, cell in enumerate(row)
        )
        for row in table.rows
    )
    return table._replace(rows=rows)


def _crossed_cell(cell: Cell, names: dict[int, list[str]]) -> Cell:
    if _HEADING.fullmatch("".join(cell.text.split())):
        return cell
    text = cell.text
    for line, name in _names(cell.text, cell.place):
        names[line].append(name)
        text = text.replace(name, crossed(name))
    return cell._replace(text=text)


def _names(text: str, place: Place) -> Iterator[tuple[int, str]]:
    """The names in a cell with the line on which each stands."""
    for offset, line in enumerate(text.split("\n")):
        for part in re.split(r"[、，,;；/()（）\d:：-]+|\s{2,}|(?<=[一-龥]{2})\s", line):
            name = _name(part.strip())
            if name:
                yield place.line, name
                yield place.line + offset, name


def _name(part: str) -> str:
    """The name at the beginning of a part of a cell; empty where it names a unit or a post."""
    if len(part) < 2 or _NO_NAME.fullmatch(part):  # noqa: PLR2004
        return ""
    if re.fullmatch(r"[一-龥]\s?[一-龥某×]{1,3}|[一-龥]{2,6}·[一-龥]{1,6}", part):
        return part
    found = re.match(rf"(?P<name>[一-龥][一-龥某×]{{1,2}}?)(?={_POST.pattern}$)", part)
    return found["name"] if found else ""
