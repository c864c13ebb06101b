"""From a document's tables to the holders of posts, with a question where the list is not clear."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from duban.importer.rosters.aligned import tables_of
from duban.importer.rosters.columns import Field, Heading, heading_of
from duban.importer.rosters.entries import Entry, entries
from duban.importer.rosters.names import resolved
from duban.importer.rosters.posts import NAMES, post_by_job, post_in
from models.document import Document, Place, Table
from models.roster import Post
from models.units import Jurisdiction


class Holder(NamedTuple):
    """Somebody who holds a post of a unit, as a list says it."""

    unit: str
    post: Post
    address: str
    name: str
    phone: str
    place: Place


class Query(NamedTuple):
    """What a list leaves open: about which unit or post, what; persons are never named."""

    code: str
    about: str
    fact: str
    suggestion: str
    place: Place

    @property
    def message(self) -> str:
        """The fact with what it is about."""
        return f"{self.about}{self.fact}"


class Listed(NamedTuple):
    """A list of contacts as it was read; ``left`` hold their posts no longer."""

    holders: tuple[Holder, ...]
    left: tuple[Holder, ...]
    queries: tuple[Query, ...]
    tables: int


class _Left(NamedTuple):
    """Somebody whose row says that he has left."""

    holder: Holder


_Found = Holder | _Left | Query


def read_roster(document: Document, place: Jurisdiction | None) -> Listed:
    """The holders in all tables of a document that look like lists of contacts.

    ``place`` is the block of the registry in which units are looked up; without one their names
    stay as they are written.
    """
    found: list[_Found] = []
    tables = 0
    aligned = tables_of(document)
    for table in aligned.tables:
        heading = heading_of(table)
        if heading is None:
            continue
        tables += 1
        title = _title(document, table, heading)
        found += _holders(list(entries(table, heading)), place, title)
        found += map(_unclear, aligned.unclear)
    left = tuple(each.holder for each in found if isinstance(each, _Left))
    holders = (each for each in found if isinstance(each, Holder))
    queries = (each for each in found if isinstance(each, Query))
    once, asked = _once(holders, queries)
    return Listed(once, left, asked, tables)


def _unclear(place: Place) -> Query:
    fact = "少了一列，看不出是哪一列，没有写入"
    return Query("columns", f"第 {place.line} 行", fact, "改用表格或制表符分列再导入", place)


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


def _holders(
    listed: Sequence[Entry], place: Jurisdiction | None, title: Post | None
) -> Iterator[_Found]:
    per_unit = Counter(entry.unit_text for entry in listed if entry.post is None)
    for entry in listed:
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
            fact, proposal = "没有写明是哪个岗位的人", f"按{NAMES[post]}写入"
            yield Query("post", found.unit, fact, proposal, entry.place)
        for each in _written(entry, found.unit, post):
            yield _Left(each) if entry.has_left and isinstance(each, Holder) else each


def _post(
    named: Post | None, words: dict[Field, str], unit: str, title: Post | None
) -> tuple[Post | None, bool]:
    """A heading says it, else the column 岗位, else the title of the list, else the 职务."""
    if said := named or post_in(words[Field.POST]) or title:
        return said, True
    return post_by_job(words[Field.POST] or words[Field.JOB], unit)


def _written(entry: Entry, unit: str, post: Post) -> Iterator[Holder | Query]:
    """The holder, or a question where the list has no address that a mail can go to."""
    mails = entry.mails
    about = f"{unit} {NAMES[post]}"
    if not mails:
        is_wrong = bool(entry.words[Field.MAIL])
        code, fact = ("mail", "的邮箱写法不对") if is_wrong else ("no-mail", "没有邮箱")
        yield Query(code, about, f"{fact}，没有写入", "向该单位核实", entry.place)
        return
    if len(mails) > 1:
        fact = f"写有 {len(mails)} 个邮箱，与姓名对不上"
        yield Query("several-mails", about, fact, "用第一个", entry.place)
    name = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", entry.words[Field.NAME])
    phone = re.sub(r"(?<=\d)\.0\b", "", " ".join(entry.words[Field.PHONE].split()))
    yield Holder(unit, post, mails[0], " ".join(name.split()), phone, entry.place)


def _unknown(entry: Entry, near: tuple[str, ...]) -> Query:
    name = entry.unit_text.replace("\n", "")
    if not name:
        return Query("no-unit", "", "有人没有写单位，没有写入", "补上单位再导入", entry.place)
    proposal = f"是否{'或'.join(f'“{unit}”' for unit in near)}？" if near else ""
    fact = "不在单位名录里，没有写入"
    return Query("unit", f"“{name}”", fact, proposal, entry.place)


def _once(
    holders: Iterable[Holder], queries: Iterable[Query]
) -> tuple[tuple[Holder, ...], tuple[Query, ...]]:
    """One holder for each post, the first; for every other one a question."""
    taken: dict[tuple[str, Post], Holder] = {}
    asked = list(dict.fromkeys(queries))
    for holder in holders:
        first = taken.setdefault((holder.unit, holder.post), holder)
        if first.address.casefold() != holder.address.casefold():
            fact = f"有不止一个{NAMES[holder.post]}"
            proposal = f"用第 {first.place.line} 行的，其余没有写入"
            asked.append(Query("several", holder.unit, fact, proposal, holder.place))
    return tuple(taken.values()), tuple(sorted(asked, key=lambda query: query.place.line))
