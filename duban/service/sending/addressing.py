"""Mails go to whoever holds a post on the day they go, whoever held it when they were queued."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from duban.service.workplace import Workplace
from duban.store import planning, readers
from duban.store.database import Connection, Record, reading, writing
from duban.store.readers import Contents, Move
from models.notice import Reason
from models.policy import NoticeKind
from models.reach import Reach
from models.roster import UNIT_POSTS, Contact, Post


class _Reader(NamedTuple):
    """Who is to have a notice or a round-up by now, and as what."""

    row: Record
    post: Post
    address: str


def address_anew(workplace: Workplace, as_of: date) -> int:
    """Move what waits for somebody who has left, or whose address was corrected; how many notices.

    It goes into the open mail of whoever holds the post by now, unless its own mail goes to them
    already; of a post that nobody holds, to the next of the unit's posts, and failing all to the
    coordinating office. A mail that is left without content has nothing to say and is cancelled
    when its turn comes.
    """
    with reading(workplace.engine) as connection:
        if not any(_moves(workplace, readers.waiting(connection, as_of), as_of)):
            return 0
    with writing(workplace.engine, turn=planning.TURN) as connection:
        notices, round_ups = _moves(workplace, readers.waiting(connection, as_of), as_of)
        moved = readers.move_notices(connection, notices, as_of)
        return moved + readers.move_round_ups(connection, round_ups, as_of)


def address_of(connection: Connection, workplace: Workplace, mail: Record, as_of: date) -> str:
    """Where all that a mail holds is to go by now; its own address where that is not one place."""
    contents = readers.of_mail(connection, mail.id)
    found = [*_of_notices(workplace, contents, as_of), *_of_round_ups(workplace, contents, as_of)]
    addresses = {reader.address for reader in found}
    return addresses.pop() if len(addresses) == 1 else str(mail.recipient)


def _moves(workplace: Workplace, contents: Contents, as_of: date) -> tuple[list[Move], list[Move]]:
    """The notices and the round-ups that have another reader by now."""
    notices = (
        _move(reader, _changed(reader))
        for reader in _of_notices(workplace, contents, as_of)
        if not _is_same(reader.address, reader.row.recipient)
    )
    round_ups = (
        _move(reader, {})
        for reader in _of_round_ups(workplace, contents, as_of)
        if not _is_same(reader.address, reader.row.recipient)
    )
    return list(notices), list(round_ups)


def _of_notices(workplace: Workplace, contents: Contents, as_of: date) -> Iterator[_Reader]:
    known: dict[tuple[str, ...], tuple[Post, Contact] | None] = {}
    for row in contents.notices:
        reach = workplace.rosters.get(row.plan_id)
        if reach is None:  # the plan is not in the matrices at the moment: its mails wait
            continue
        unit = _unit(reach, row)
        seat = (row.plan_id, unit, row.role)
        if seat not in known:
            known[seat] = _holder(reach, unit, Post(row.role), as_of)
        if found := known[seat]:
            yield _Reader(row, found[0], found[1].address)


def _of_round_ups(workplace: Workplace, contents: Contents, as_of: date) -> Iterator[_Reader]:
    for row in contents.round_ups:
        if reach := workplace.rosters.get(row.plan_id):
            yield _Reader(row, Post.COORDINATING_OFFICE, reach.office(as_of).address)


def _unit(reach: Reach, row: Record) -> str:
    """The unit whose post a notice is for: of what a lead is told about others, the lead.

    Empty where that was not noted down and the address does not tell it any more.
    """
    if row.recipient_unit or row.kind != NoticeKind.INNER_DATE.value:
        return str(row.recipient_unit or row.unit)
    held = reach.posts_of(row.recipient, row.on)
    return next((unit for unit, post in held if post is Post(row.role)), "")


def _holder(reach: Reach, unit: str, post: Post, as_of: date) -> tuple[Post, Contact] | None:
    """Who is to have it, and as what; None where that cannot be told, and it stays as it is."""
    if post not in UNIT_POSTS:
        contact = reach.contact("", post, as_of)
        return (post, contact) if contact else None
    if not unit:
        return None
    for each in (post, *UNIT_POSTS):
        if contact := reach.contact(unit, each, as_of):
            return each, contact
    return Post.COORDINATING_OFFICE, reach.office(as_of)


def _move(reader: _Reader, values: dict[str, str]) -> Move:
    row = reader.row
    stays = _is_same(reader.address, row.mail_to)
    return Move(row.id, row.outbox_id, reader.address, values, stays)


def _changed(reader: _Reader) -> dict[str, str]:
    """What a notice says of its new reader; one that no post of the unit can have says so."""
    values = {"role": reader.post.value}
    is_office = reader.post is Post.COORDINATING_OFFICE
    is_unreachable = is_office and Post(reader.row.role) in UNIT_POSTS
    if is_unreachable and reader.row.kind not in _STAY_WHAT_THEY_ARE:
        values["reason"] = Reason.UNREACHABLE.value
    return values


def _is_same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


_STAY_WHAT_THEY_ARE = (NoticeKind.DECISION.value, NoticeKind.INNER_DATE.value)
"""Kinds whose reason says what is true of the item, not why its reader has it."""
