"""Persons and telephone numbers in a document: found for the roster, masked in its text."""

import re
from typing import NamedTuple

from duban.importer.person_columns import crossed, crossed_columns
from duban.importer.plain import even
from models.document import Block, Cell, Document, Table

_PERSON = re.compile(
    r"(?:联\s?系\s?人|联络员|经办人|填报人|责任人|负责人|联系人员|承办人|"
    r"工作联系人)(?:及电话|及联系方式|姓名)?\s?[:：]\s?"
    r"(?P<name>(?:[一-龥] [一-龥](?![一-龥])|"
    r"[一-龥]{2,4}?)(?:·[一-龥]{1,6})?(?:[、,][一-龥]{2,4}(?=[,、;。()\s\d]|"
    r"$))*)(?=[,，、;；。()（）\s\d:：/]|$|电话|联系|手机)"
)
_LINE = r"\(?0\d{2,3}\)?[-\s]?\d{7,8}(?:-\d{1,6})?(?!\d)"
_MOBILE = r"(?<!\d)1[3-9]\d(?:[-\s]?\d{4}){2}(?!\d)"
_LABELLED = re.compile(
    r"(?:联系电话|联系方式|咨询电话|办公电话|电\s?话|手\s?机|传\s?真|Tel|TEL)(?:号码|"
    r"/传真)?\s?[:：]?\s?(?P<number>\(?\d[\d\s()、,/-]{5,40}\d)"
)
_NUMBER = re.compile(rf"{_MOBILE}|(?<!\d){_LINE}")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])")
_UNIT = re.compile(
    r"(?P<unit>[一-龥]{2,30}(?:局|委|办|厅|部|会|联|室|中心|科|处|政府|"
    r"公司))\s?(?=[,，、(（]?\s?联\s?系\s?人)"
)


class Contact(NamedTuple):
    """A person named in a document: the unit as far as it says, the name, the telephone."""

    unit: str
    person: str
    telephone: str


class _Hit(NamedTuple):
    begin: int
    end: int


def contacts(document: Document) -> tuple[Contact, ...]:
    """The persons named with 联系人： and the like; nothing of it belongs into the matrix."""
    found: list[Contact] = []
    for line in document.lines:
        plain = even(line)
        persons = list(_PERSON.finditer(plain))
        for index, match in enumerate(persons):
            end = persons[index + 1].start() if index + 1 < len(persons) else len(plain)
            number = _numbers(plain[:end])
            after = [hit for hit in number if hit.begin >= match.end()]
            telephone = plain[after[0].begin : after[0].end] if after else ""
            unit = _UNIT.search(plain[: match.end()])
            named = unit["unit"] if unit else ""
            found += [
                Contact(named, name.replace(" ", ""), telephone.strip())
                for name in re.split("[、,]", match["name"])
            ]
    return tuple(dict.fromkeys(found))


def masked(text: str) -> str:
    """The text with names of contacts, telephone, mail and identity numbers as ×; same length."""
    plain = even(text)
    for hit in (*_names(plain), *_numbers(plain)):
        text = text[: hit.begin] + crossed(text[hit.begin : hit.end]) + text[hit.end :]
    return text


def mask(document: Document) -> Document:
    """The document with persons and numbers masked in its lines, paragraphs and cells."""
    document = crossed_columns(document)
    return document._replace(
        blocks=tuple(_masked_block(block) for block in document.blocks),
        lines=tuple(masked(line) for line in document.lines),
    )


def _masked_block(block: Block) -> Block:
    if isinstance(block, Table):
        return block._replace(
            rows=tuple(tuple(_masked_cell(cell) for cell in row) for row in block.rows)
        )
    return block._replace(text=masked(block.text))


def _masked_cell(cell: Cell) -> Cell:
    return cell._replace(text=masked(cell.text))


def _names(plain: str) -> list[_Hit]:
    return [_Hit(*match.span("name")) for match in _PERSON.finditer(plain)]


def _numbers(plain: str) -> list[_Hit]:
    """Telephone numbers with a label or of a telling shape; hotlines such as 12345 stay."""
    hits = [_Hit(*match.span("number")) for match in _LABELLED.finditer(plain)]
    for pattern in (_NUMBER, _MAIL, _IDENTITY):
        hits += [_Hit(*match.span()) for match in pattern.finditer(plain)]
    return sorted(hits)
