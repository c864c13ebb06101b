"""What a government site says of a document above it: 索引号, 发文机关, 成文日期, 发文字号."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from duban.importer.plain import even
from models.document import Document, Table

_LABELS = {
    "number": "发文字号|发文文号|文件编号|文号|字号",
    "issuer": "发文机关|制发机关|制定机关|发布机构|发布机关|公开机构|发文单位|发布单位|信息来源|"
    "来源",
    "issued": "成文日期|成文时间|发文日期|发文时间|生成日期|印发日期|印发时间|制发日期|签发日期",
    "published": "发布日期|发布时间|公开日期|公开时间",
    "title": "文件标题|文件名称|信息名称|公文名称|标题|名称",
    "": "信息索引|索引号|主题分类|主题词|关键词|有效性|效力状态|时效性?|公文时效|公开方式|公开形式|"
    "公开范围|公开属性|公开类别|公开时限|体裁分类|组配分类|信息分类|公文种类|文种|废止记录|生效日期|"
    "失效日期|浏览次数|点击数|阅读次数|访问量|字体|作者|责任编辑|统一编号|登记号|服务对象|内容概述|"
    "当前位置|(?:您?当?前?所?在的?)位置",
}
_REACH = 40
_LONGEST = 400
"""The longest line that is read, in characters."""
_FEWEST = 2
"""How many labels without a colon it takes to be sure that they are labels."""


def _spaced(labels: str) -> str:
    """The labels with blanks allowed between their characters: 索 引 号."""
    return re.sub(r"(?<=[一-龥])(?=[一-龥])", r"\\s*", labels)


_NAMED = "|".join(f"(?P<{key or 'other'}>{_spaced(words)})" for key, words in _LABELS.items())
_ANY = "|".join(map(_spaced, _LABELS.values()))
_LABEL = re.compile(rf"^(?:【)?(?:{_NAMED})(?:】)?\s*[:]?$")
_FIELD = re.compile(rf"(?:^|(?<=\s))(?:{_NAMED})\s*:\s*(?P<value>.*?)(?=\s+(?:{_ANY})\s*:|\s*$)")


class Metadata(NamedTuple):
    """The fields that were found, and the lines that hold nothing else.

    Keys are ``number``, ``issuer``, ``issued``, ``published``, ``title``.
    """

    fields: Mapping[str, str]
    lines: frozenset[int]


def metadata(document: Document) -> Metadata:
    """The fields above a document, from lines (发文机关：…), from pairs of cells or of lines."""
    texts = {number: line for number, line in enumerate(document.lines[:_REACH], 1) if line.strip()}
    labelled = [found for number, line in texts.items() for found in _labelled(number, line)]
    taken = {number for found in labelled for number in found.lines}
    rest = {number: line for number, line in texts.items() if number not in taken}
    paired = [*_in_cells(rest), *_in_lines(rest), *_in_tables(document)]
    found = [*labelled, *(paired if len(paired) >= _FEWEST else [])]
    fields: dict[str, str] = {}
    for each in found:
        if each.key and each.value:
            fields.setdefault(each.key, each.value)
    return Metadata(fields, frozenset(number for each in found for number in each.lines))


class _Field(NamedTuple):
    key: str
    value: str
    lines: tuple[int, ...]


def _labelled(number: int, line: str) -> Iterator[_Field]:
    """The fields of a line that begins with one: 来源：市政府 发布时间：2024-03-15."""
    plain = even(line).strip()
    if _FIELD.match(plain):
        for match in _FIELD.finditer(plain):
            yield _Field(_key(match), match["value"].strip(), (number,))


def _in_cells(texts: Mapping[int, str]) -> Iterator[_Field]:
    """The fields of lines whose cells are parted by tabs or wide blanks, from the first on."""
    for number, line in texts.items():
        cells = [even(part).strip() for part in re.split(r"\t|\s{2,}", line) if part.strip()]
        if len(cells) > 1 and _LABEL.match(cells[0]):
            yield from _alternating(cells, (number,))


def _in_tables(document: Document) -> Iterator[_Field]:
    for block in document.blocks[:_REACH]:
        if isinstance(block, Table):
            for row in block.rows:
                cells = [even(cell.text).strip() for cell in row if not cell.is_continued]
                yield from _alternating(cells, ())


def _alternating(cells: list[str], lines: tuple[int, ...]) -> Iterator[_Field]:
    """Each label with the cell after it, unless that is a label too."""
    for cell, value in zip(cells, [*cells, ""][1:], strict=True):
        if label := _LABEL.match(cell):
            yield _Field(_key(label), "" if _LABEL.match(value) else value, lines)


def _in_lines(texts: Mapping[int, str]) -> Iterator[_Field]:
    """A label on a line of its own, its value on the next."""
    plain = {number: even(line).strip() for number, line in texts.items()}
    numbers = list(plain)
    for number, after in zip(numbers, [*numbers, 0][1:], strict=True):
        label = _LABEL.match(plain[number])
        value = plain.get(after, "")
        if label and value and not _LABEL.match(value):
            yield _Field(_key(label), value, (number, after))
        elif label:
            yield _Field(_key(label), "", (number,))


def _key(match: re.Match[str]) -> str:
    return next((key for key in _LABELS if key and match[key]), "")
