"""From a document's tables to the holders of posts, with a question where the list is not clear."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from duban.importer.rosters.columns import Column, Field, Heading, heading_of
from duban.importer.rosters.names import resolved
from duban.importer.rosters.posts import NAMES, post_by_job, post_in
from models.document import Cell, Document, Place, Table
from models.roster import Post
from models.units import Jurisdiction

_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3002: "."}
_NOTE = re.compile(r"^(?:注|备注|说明|填表|填报|合计|总计|联系人|制表|审核)")


class Holder(NamedTuple):
    """Somebody who holds a post of a unit, as a list says it."""

    unit: str
    post: Post
    address: str
    name: str
    phone: str
    place: Place


class Query(NamedTuple):
    """What a list leaves open; it names places and units, never persons."""

    code: str
    message: str
    suggestion: str
    place: Place


class Listed(NamedTuple):
    """A list of contacts as it was read."""

    holders: tuple[Holder, ...]
    queries: tuple[Query, ...]
    tables: int


class _Entry(NamedTuple):
    """A person of a row before it is known what post that is."""

    unit_text: str
    post: Post | None
    words: dict[Field, str]
    place: Place


def read_roster(document: Document, place: Jurisdiction | None) -> Listed:
    """The holders in all tables of a document that look like lists of contacts.

    ``place`` is the block of the registry in which units are looked up; without one their names
    stay as they are written.
    """
    holders: list[Holder] = []
    queries: list[Query] = []
    tables = 0
    for table in (block for block in document.blocks if isinstance(block, Table)):
        heading = heading_of(table)
        if heading is None:
            continue
        tables += 1
        entries = list(_entries(table, heading))
        title = _title(document, table, heading)
        for found in _holders(entries, place, title):
            if isinstance(found, Holder):
                holders.append(found)
            else:
                queries.append(found)
    return Listed(*_once(holders, queries), tables)


def _title(document: Document, table: Table, heading: Heading) -> Post | None:
    """The one post that the words above a table name, if they name just one."""
    above = [cell.text for row in table.rows[: heading.first_row - 1] for cell in row]
    before = [
        block.text
        for block in document.blocks
        if not isinstance(block, Table) and block.place.line < table.place.line
    ]
    posts = {post_in(text) for text in (*above, *before[-3:])} - {None}
    return posts.pop() if len(posts) == 1 else None


def _entries(table: Table, heading: Heading) -> Iterator[_Entry]:
    groups = dict.fromkeys(column.post for column in heading.columns)
    units = [column for column in heading.columns if column.field is Field.UNIT]
    unit = ""
    for row in table.rows[heading.first_row :]:
        if _is_note(row):
            continue
        unit = _joined(row, units) or unit
        for post in groups:
            columns = [column for column in heading.columns if column.post is post]
            yield from _persons(row, columns, unit, post)


def _is_note(row: Sequence[Cell]) -> bool:
    """A row that is one cell across, a note below the list, or blank."""
    said = {cell.text.strip() for cell in row} - {""}
    is_across = len(row) > 1 and len(said) == 1 and sum(bool(cell.text) for cell in row) > 1
    is_single = len(said) == 1 and not _MAIL.search(next(iter(said)).translate(_WIDE))
    return not said or is_across or (is_single and _NOTE.match(next(iter(said))) is not None)


def _persons(
    row: Sequence[Cell], columns: Sequence[Column], unit: str, post: Post | None
) -> Iterator[_Entry]:
    """The persons of one row in the columns of one post; several where a cell lists several."""
    words: dict[Field, str] = {
        field: _joined(row, [column for column in columns if column.field is field])
        for field in Field
        if field is not Field.UNIT
    }
    if not any(words[field] for field in (Field.NAME, Field.MAIL, Field.PHONE)):
        return
    place = row[columns[0].at].place
    parts = {field: text.split("\n") for field, text in words.items()}
    count = len(parts[Field.MAIL])
    if count > 1 and len(parts[Field.NAME]) == count:
        for at in range(count):
            one = {field: _part(texts, at, count) for field, texts in parts.items()}
            yield _Entry(unit, post, one, place)
    else:
        yield _Entry(unit, post, words, place)


def _part(texts: list[str], at: int, count: int) -> str:
    return texts[at] if len(texts) == count else texts[0]


def _joined(row: Sequence[Cell], columns: Iterable[Column]) -> str:
    texts = (row[column.at].text.strip() for column in columns)
    return " / ".join(dict.fromkeys(text for text in texts if text))


def _holders(
    entries: Sequence[_Entry], place: Jurisdiction | None, title: Post | None
) -> Iterator[Holder | Query]:
    per_unit = Counter(entry.unit_text for entry in entries if entry.post is None)
    for entry in entries:
        found = resolved(entry.unit_text, place)
        if found.unit is None:
            yield _unknown(entry, found.near)
            continue
        words = entry.words | {Field.JOB: entry.words[Field.JOB] or found.rest}
        is_alone = per_unit[entry.unit_text] == 1
        post, is_sure = _post(entry.post, words, found.unit, title if is_alone else None)
        if post is None:
            post, is_sure = title or Post.LIAISON, False
        if not is_sure:
            message = f"{found.unit}：表中没有说清这是哪个岗位的人"
            yield Query("post", message, f"按{NAMES[post]}写入", entry.place)
        yield from _written(entry, found.unit, post)


def _post(
    named: Post | None, words: dict[Field, str], unit: str, title: Post | None
) -> tuple[Post | None, bool]:
    """A heading says it, else the column 岗位, else the title of the list, else the 职务."""
    if said := named or post_in(words[Field.POST]) or title:
        return said, True
    return post_by_job(words[Field.POST] or words[Field.JOB], unit)


def _written(entry: _Entry, unit: str, post: Post) -> Iterator[Holder | Query]:
    """The holder, or a question where the list has no address that a mail can go to."""
    mail = re.sub(r"\s", "", entry.words[Field.MAIL].translate(_WIDE))
    found = _MAIL.fullmatch(mail.strip(";,<>"))
    where = f"{unit} {NAMES[post]}"
    if found is None:
        code, fact = ("mail", "的邮箱写法不对") if mail else ("no-mail", "没有邮箱")
        yield Query(code, f"{where}{fact}，没有写入", "向该单位核实", entry.place)
        return
    name = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", entry.words[Field.NAME])
    phone = " ".join(entry.words[Field.PHONE].translate(_WIDE).split())
    phone = re.sub(r"(?<=\d)\.0\b", "", phone)
    yield Holder(unit, post, found.group(), " ".join(name.split()), phone, entry.place)


def _unknown(entry: _Entry, near: tuple[str, ...]) -> Query:
    name = entry.unit_text.replace("\n", "")
    if not name:
        return Query("no-unit", "有人没有写单位，没有写入", "补上单位再导入", entry.place)
    proposal = f"是否{'或'.join(f'“{unit}”' for unit in near)}？" if near else ""
    hint = "在 units.yaml 里给它写上 aliases，或补上这个单位，再导入"
    return Query("unit", f"单位名录里没有“{name}”，没有写入", f"{proposal}{hint}", entry.place)


def _once(
    holders: Iterable[Holder], queries: Iterable[Query]
) -> tuple[tuple[Holder, ...], tuple[Query, ...]]:
    """One holder for each post, the first; for every other one a question."""
    taken: dict[tuple[str, Post], Holder] = {}
    asked = list(dict.fromkeys(queries))
    for holder in holders:
        first = taken.setdefault((holder.unit, holder.post), holder)
        if first.address.casefold() != holder.address.casefold():
            message = f"{holder.unit}有不止一个{NAMES[holder.post]}"
            proposal = f"用第 {first.place.line} 行的，其余没有写入"
            asked.append(Query("several", message, proposal, holder.place))
    return tuple(taken.values()), tuple(sorted(asked, key=lambda query: query.place.line))
