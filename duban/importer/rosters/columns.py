"""What the columns of a list of contacts are, in whatever order and under whatever names."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from duban.importer.rosters.posts import post_in
from models.document import Cell, Table
from models.roster import Post

_LAST_HEADING = 12
_FEWEST = 2
_BLANK = re.compile(r"[\s*＊:：]+")
_REMARK = re.compile(r"[（(][^（）()]*[)）]")


class Field(StrEnum):
    """What a column holds."""

    UNIT = "unit"
    NAME = "name"
    JOB = "job"
    POST = "post"
    PHONE = "phone"
    MAIL = "mail"
    REMARK = "remark"


_WORDS = (
    (Field.MAIL, re.compile(r"邮箱|邮件|电邮|[Ee]-?[Mm]ail|邮址")),
    (Field.REMARK, re.compile(r"备注|变动情况|在岗情况|在任情况")),
    (None, re.compile(r"传真|微信|QQ|邮编|地址|序号|性别|民族|出生|学历|身份证")),
    (Field.PHONE, re.compile(r"电话|手机|座机|联系方式|号码")),
    (Field.JOB, re.compile(r"职务|职级|职称")),
    (Field.POST, re.compile(r"岗位|类别|类型|角色|分工")),
    (Field.NAME, re.compile(r"姓名|名字")),
)
_UNIT = re.compile(r"单位|部门|镇街|乡镇|街道|机构")


class Column(NamedTuple):
    """A column: what it holds, and whose, where the heading names a post; ``at`` counts from 0."""

    at: int
    field: Field
    post: Post | None


class Heading(NamedTuple):
    """The columns of a table, and the index of its first row below the heading."""

    columns: tuple[Column, ...]
    first_row: int


def heading_of(table: Table) -> Heading | None:
    """The heading of a table of contacts, one or two rows deep; None where it has none."""
    for at, row in enumerate(table.rows[:_LAST_HEADING]):
        one = _columns([cell.text for cell in row])
        if not _is_heading(one):
            continue
        below = table.rows[at + 1] if at + 1 < len(table.rows) else ()
        if below and _goes_on(row, below):
            return Heading(_columns(list(_together(row, below))), at + 2)
        return Heading(one, at + 1)
    return None


def _is_heading(columns: Sequence[Column]) -> bool:
    fields = {column.field for column in columns} - {Field.REMARK}
    return len(fields) >= _FEWEST and bool(fields & {Field.UNIT, Field.NAME})


def _goes_on(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a row is the second of a heading: it names fields, and holds nobody's address."""
    said = [cell.text for cell in below if cell.text]
    if not said or any("@" in text or re.search(r"\d{5}", text) for text in said):
        return False
    named = [text for text in said if any(words.search(text) for _, words in _WORDS)]
    is_parted = any(cell.is_continued or not cell.text for cell in (*row, *below))
    return is_parted and len(named) >= _FEWEST


def _together(row: Sequence[Cell], below: Sequence[Cell]) -> Iterator[str]:
    """The headings of both rows; what stands above several columns goes for each of them."""
    above = ""
    for upper, lower in zip(row, below, strict=True):
        above = upper.text or (above if lower.text else "")
        yield above if above == lower.text else f"{above} {lower.text}"


def _columns(texts: Sequence[str]) -> tuple[Column, ...]:
    found = []
    for at, text in enumerate(texts):
        field, post = _field(text)
        if field:
            found.append(Column(at, field, post))
    return tuple(_with_posts(found))


def _with_posts(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns 电话 and 邮箱 are those of the one post, or of the post on their left.

    The unit and the remark are those of the whole row.
    """
    posts = {column.post for column in columns} - {None}
    here = posts.pop() if len(posts) == 1 else None
    for column in columns:
        here = column.post or here
        is_of_row = column.field in (Field.UNIT, Field.REMARK)
        yield column._replace(post=None if is_of_row else here)


def _field(text: str) -> tuple[Field | None, Post | None]:
    plain = _BLANK.sub("", _REMARK.sub("", text)) or _BLANK.sub("", text)
    if not plain or len(plain) > 16:  # noqa: PLR2004
        return None, None
    post = post_in(plain)
    for field, words in _WORDS:
        if words.search(plain):
            is_about_unit = field is Field.JOB and _UNIT.search(plain)
            return (Field.UNIT, None) if is_about_unit else (field, post if field else None)
    if post:
        return Field.NAME, post
    return (Field.UNIT, None) if _UNIT.search(plain) else (None, None)
