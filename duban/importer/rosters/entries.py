"""The persons that the rows of a table of contacts name, whatever stands together in a cell."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from duban.importer.rosters.columns import Column, Field, Heading
from models.document import Cell, Place, Table
from models.roster import Post

_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3002: "."}
_NOTE = re.compile(r"^(?:注|备注|说明|填表|填报|合计|总计|联系人|制表|审核)")
_LEFT = re.compile(r"调离|调走|离任|离职|离岗|退休|不再担任|免职|停用|注销")
_PHONE = re.compile(r"[+(]?\d[\d()\s-]{4,30}\d")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,6}")
_NO_PERSON = re.compile(r"电话|手机|座机|办公|传真|号码|分机|微信")
_BETWEEN = re.compile(r"\s*[\n、,;/|]+\s*")


class Entry(NamedTuple):
    """A person of a row before it is known what post that is; ``has_left`` as a remark says."""

    unit_text: str
    post: Post | None
    words: dict[Field, str]
    place: Place
    has_left: bool = False

    @property
    def mails(self) -> list[str]:
        """The addresses, none where what stands there is no address."""
        return _mails(self.words[Field.MAIL])


def entries(table: Table, heading: Heading) -> Iterator[Entry]:
    """The persons below a heading, row by row; a blank unit is that of the row above."""
    posts = dict.fromkeys(column.post for column in heading.columns)
    unit = ""
    for row in table.rows[heading.first_row :]:
        if _is_note(row):
            continue
        unit = _of(Field.UNIT, row, heading.columns) or unit
        persons = [
            person
            for post in posts
            for person in _persons(row, [each for each in heading.columns if each.post is post])
        ]
        has_left = bool(_LEFT.search(_of(Field.REMARK, row, heading.columns)))
        for post, words, place in persons:
            yield Entry(unit, post, words, place, has_left and len(persons) == 1)


def _is_note(row: Sequence[Cell]) -> bool:
    """A row that is one cell across, a note below the list, or blank."""
    said = {cell.text.strip() for cell in row} - {""}
    is_across = len(row) > 1 and len(said) == 1 and sum(bool(cell.text) for cell in row) > 1
    is_single = len(said) == 1 and not _MAIL.search(next(iter(said)).translate(_WIDE))
    return not said or is_across or (is_single and _NOTE.match(next(iter(said))) is not None)


def _persons(
    row: Sequence[Cell], columns: Sequence[Column]
) -> Iterator[tuple[Post | None, dict[Field, str], Place]]:
    """The persons of one row in the columns of one post; several where a cell lists several."""
    words = _sorted_out({field: _of(field, row, columns) for field in Field})
    if not any(words[field] for field in (Field.NAME, Field.MAIL, Field.PHONE)):
        return
    post, place = columns[0].post, row[columns[0].at].place
    mails = _mails(words[Field.MAIL])
    parts = {field: _BETWEEN.split(text) for field, text in words.items()}
    count = len(mails)
    if count > 1 and len(parts[Field.NAME]) == count:
        for at, mail in enumerate(mails):
            one = {
                field: texts[at] if len(texts) == count else words[field]
                for field, texts in parts.items()
            }
            yield post, one | {Field.MAIL: mail}, place
    else:
        yield post, words, place


def _sorted_out(words: dict[Field, str]) -> dict[Field, str]:
    """The words of a person, each where it belongs: an address may stand beside a number."""
    name, phone = words[Field.NAME], words[Field.PHONE].translate(_WIDE)
    mail = words[Field.MAIL].translate(_WIDE)
    if not mail:
        mail = "\n".join(_MAIL.findall(f"{name.translate(_WIDE)}\n{phone}"))
        name, phone = _MAIL.sub("", name), _MAIL.sub("", phone)
    if not phone and (number := _PHONE.search(name)):
        name, phone = name.replace(number[0], ""), number[0]
    persons = [each for each in _PERSON.findall(phone) if not _NO_PERSON.search(each)]
    if not name and len(persons) == 1:
        name, phone = persons[0], phone.replace(persons[0], "")
    said = {Field.NAME: name, Field.PHONE: phone, Field.MAIL: mail}
    return words | {field: text.strip(" 、,;/:()\n") for field, text in said.items()}


def _mails(text: str) -> list[str]:
    """The addresses of a cell that holds nothing else; a blank may have slipped into a sole one."""
    parts = [part.strip("<>() ") for part in re.split(r"[\n、,;/|]+", text)]
    whole = [part for part in parts if part]
    if len(whole) == 1 and not _MAIL.fullmatch(whole[0]) and text.count("@") > 1:
        whole = whole[0].split()
    found = [re.sub(r"\s", "", part) for part in whole]
    return found if all(_MAIL.fullmatch(each) for each in found) else []


def _of(field: Field, row: Sequence[Cell], columns: Iterable[Column]) -> str:
    texts = (row[column.at].text.strip() for column in columns if column.field is field)
    return " / ".join(dict.fromkeys(text for text in texts if text))
