"""From queued notices to the digest that a reader gets, as things stand just before sending."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from duban.planner.reminders import is_silent
from duban.service.round_up import round_up
from duban.service.sending.mail_items import (
    Remark,
    entry_of,
    head,
    is_for_information,
    item,
)
from duban.service.words import POSTS
from duban.service.workplace import Workplace
from duban.store import mail_records
from duban.store.database import Connection, Record
from duban.store.outbox import Claimed
from models.notice import Notice, Reason, Recipient
from models.obligation import ItemKind, Stage
from models.policy import NoticeKind
from models.reach import Reach
from models.roster import Post
from notifications.answering import how_to_answer
from notifications.digest import Digest, Item, RoundUp, is_answerable, numbering
from notifications.message import Sender

_SILENT = Remark("")


def compose(
    connection: Connection,
    workplace: Workplace,
    mails: Iterable[Claimed],
    on: date,
    sender: Sender | None = None,
) -> dict[int, Digest | None]:
    """The digest of each claimed mail, by its number; None where nothing is left to say.

    Without a sender it has no link and no address for answers: it is only looked at.

    Raises:
        UnknownPlan: a mail is about a plan that is not there, or not sound, at the moment.

    The state is looked at again here: what was answered, withdrawn or given a new date since it
    was queued is dropped, and of several rungs about one obligation only the latest is kept;
    decisions stay side by side, in the order in which they were made.
    """
    claimed = list(mails)
    by_mail: dict[int, dict[str, list[Record]]] = {mail.id: {} for mail in claimed}
    for row in mail_records.contents(connection, by_mail):
        if _still_holds(row):
            said = by_mail[row.outbox_id]
            said[row.id] = _kept(said.get(row.id, []), row)
    told = {mail: [*chain.from_iterable(said.values())] for mail, said in by_mail.items()}
    kept = [row for rows in told.values() for row in rows]
    shares: dict[tuple[str, str], list[Record]] = {}
    for share in mail_records.shares(connection, {(row.plan_id, row.unit) for row in kept}):
        shares.setdefault((share.plan_id, share.unit), []).append(share)
    remarks = _remarks(connection, kept)
    weeks: dict[int, list[RoundUp]] = {}
    for row in mail_records.round_ups(connection, by_mail):
        week = round_up(connection, workplace, head(workplace, row, on), on)
        weeks.setdefault(row.outbox_id, []).append(week)
    digests: dict[int, Digest | None] = {}
    for mail in claimed:
        rows, round_ups = told[mail.id], tuple(weeks.get(mail.id, ()))
        items = tuple(
            item(workplace, row, shares, remarks.get(entry_of(row) or 0, _SILENT), on)
            for row in rows
        )
        digest = None
        if items or round_ups:
            salutation = _salutation(workplace, mail.recipient, rows, round_ups, on)
            digest = Digest(mail.key, on, mail.recipient, salutation, items, (), round_ups)
            digest = _answerable(workplace, digest, mail.items, sender)
            if len(by_mail[mail.id]) == 1 and not is_for_information(rows[-1]):
                remark = remarks.get(entry_of(rows[-1]) or 0, _SILENT)
                digest = digest._replace(replies_to=remark.answered)
        digests[mail.id] = digest
    return digests


def _answerable(
    workplace: Workplace, digest: Digest, known: tuple[str, ...], sender: Sender | None
) -> Digest:
    """The digest with numbers for what its reader owes, and the ways to answer for it."""
    owed = [item for item in digest.items if is_answerable(item)]
    if not owed:
        return digest._replace(numbered=known)
    numbered = numbering(digest.items, known)
    reads_replies = sender is not None and sender.reply_to is not None
    return digest._replace(
        numbered=numbered,
        page=sender.page(digest.key, digest.on) if sender and sender.page else None,
        reads_replies=reads_replies,
        how_to_answer=how_to_answer(
            owed,
            numbered,
            reads_replies=reads_replies,
            wants_evidence=not any(_is_minimal(workplace, item) for item in owed),
        ),
    )


def _is_minimal(workplace: Workplace, item: Item) -> bool:
    return workplace.plan(item.plan.id).matrix.minimal_evidence


def _remarks(connection: Connection, rows: Iterable[Record]) -> Mapping[int, Remark]:
    """What the entries behind decisions and requests say, by their numbers."""
    wanted = {number for row in rows if (number := entry_of(row))}
    if not wanted:
        return {}
    entries = mail_records.entries(connection, wanted)
    answered = mail_records.last_answers(connection, {entry.obligation_id for entry in entries})
    return {
        entry.id: Remark(
            entry.text,
            json.loads(entry.detail or "{}").get("to", ""),
            answered.get(entry.obligation_id),
        )
        for entry in entries
    }


def office_notices(
    connection: Connection, workplace: Workplace, mail: Claimed, on: date
) -> list[Notice]:
    """For each live notice in a mail that cannot be delivered: word to the coordinating office.

    Empty where the mail was to that office itself.
    """
    told: list[Notice] = []
    for row in mail_records.contents(connection, [mail.id]):
        roster = workplace.rosters.get(row.plan_id)
        if roster is None:  # the plan has been taken out of the matrices: nobody is known
            continue
        office = roster.office(on)
        if _still_holds(row) and office.address != mail.recipient:
            told.append(
                Notice(
                    on=on,
                    kind=NoticeKind(row.notice_kind),
                    reason=Reason.UNDELIVERED,
                    obligation=row.id,
                    revision=row.revision,
                    unit=row.unit,
                    step=f"{row.step}-undelivered",
                    due_on=row.due_on,
                    recipients=(Recipient(Post.COORDINATING_OFFICE, office.address),),
                )
            )
    return told


def _still_holds(row: Record) -> bool:
    """Whether a notice is still true: a decision outlives silence, a request only its decision.

    A new date makes every notice an old one, but for decisions that have to be told all the same.
    """
    stage = Stage(row.stage)
    if NoticeKind(row.notice_kind) is NoticeKind.DECISION:
        return _still_stands(row, Reason(row.reason), stage)
    if row.notice_revision != row.revision:
        return False
    match NoticeKind(row.notice_kind):
        case NoticeKind.REQUEST if row.reason == Reason.DECLINED.value:
            return stage is Stage.DECLINED
        case NoticeKind.REQUEST:
            return row.asked_due_on is not None and not stage.is_silent
        case NoticeKind.INNER_DATE if stage is Stage.REPORTED:
            return False
    return not is_silent(ItemKind(row.kind), stage)


def _still_stands(row: Record, reason: Reason, stage: Stage) -> bool:
    """Whether a decision is to be told: one that a later date overtook, if the item is still in it.

    A return that was answered is over; the date that a later return sets takes nothing from the
    reasons of a refusal.
    """
    is_in_it = reason.value == stage.value
    if Stage.WITHDRAWN.value in (stage.value, reason.value):
        return is_in_it
    if reason is Reason.RETURNED and stage in _ANSWERED:
        return False
    is_overtaken = row.notice_revision != row.revision
    return not is_overtaken or is_in_it or (reason in _REFUSALS and stage is Stage.RETURNED)


_ANSWERED = (Stage.COMPLETED, Stage.ACCEPTED, Stage.CLOSED_OUT)
_REFUSALS = (Reason.EXTENSION_REFUSED, Reason.DECLINE_REFUSED)

_SAID = 2
_STANDING = {
    NoticeKind.DECISION.value: _SAID,
    NoticeKind.REQUEST.value: _SAID,
    NoticeKind.ASSIGNMENT.value: 1,
}


def _kept(before: list[Record], row: Record) -> list[Record]:
    """What is said about one obligation with one notice more: the last wins over its like.

    交办 is never lost to its own chase, nor a decision to a reminder: it names the date as well.
    Decisions and requests that differ are all told, but what has gone to another unit is no more
    than that.
    """
    standing = _standing(row)
    if before and standing < _standing(before[-1]):
        return before
    is_own = standing == _SAID and row.reason != Reason.REASSIGNED.value
    others = [old for old in before if is_own and _is_another(old, row)]
    return [*others, row]


def _is_another(old: Record, new: Record) -> bool:
    return _standing(old) == _SAID and (old.notice_kind, old.reason) != (
        new.notice_kind,
        new.reason,
    )


def _standing(row: Record) -> int:
    return _STANDING.get(row.notice_kind, 0)


def _salutation(
    workplace: Workplace,
    address: str,
    rows: list[Record],
    round_ups: tuple[RoundUp, ...],
    on: date,
) -> str:
    """Unit and post of the reader, as the first notice addresses him."""
    if not rows:
        office = workplace.rosters[round_ups[0].plan.id].coordinating_office
        return f"{office.unit}{POSTS[Post.COORDINATING_OFFICE]}"
    own = [row for row in rows if not is_for_information(row)]
    row = (own or rows)[0]
    post = Post(row.recipient_role)
    roster = workplace.rosters[row.plan_id]
    if post is Post.COORDINATING_OFFICE:
        return f"{roster.coordinating_office.unit}{POSTS[post]}"
    if post is Post.INSPECTION_OFFICE:
        return roster.inspection_office.unit
    if not own:  # a lead who is told of others
        held = roster.posts_of(address, on)
        unit = row.recipient_unit or next((unit for unit, each in held if each is post), "")
        return f"{roster.place.answering(unit, on) if unit else ''}{POSTS[post]}"
    units = {row.unit for row in own}
    return f"{_addressed(roster, row.unit, units, on)}{POSTS[post]}"


def _addressed(reach: Reach, unit: str, units: set[str], on: date) -> str:
    """The unit that answers by now, and whose duties it took over if the mail is all of those."""
    now = reach.place.answering(unit, on)
    if now in units:
        return now
    former = "、".join(sorted(each for each in units if reach.place.answering(each, on) == now))
    return f"{now}（原{former}职责）"
