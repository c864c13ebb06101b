"""From queued notices to the digest that a reader gets, as things stand just before sending."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

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
from notifications.digest import Digest, Item, RoundUp, numbering
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
    was queued is dropped, and of several rungs about one obligation only the latest is kept.
    """
    claimed = list(mails)
    by_mail: dict[int, dict[str, Record]] = {mail.id: {} for mail in claimed}
    for row in mail_records.contents(connection, by_mail):
        if _still_holds(row):
            _keep_latest(by_mail[row.outbox_id], row)
    kept = [row for rows in by_mail.values() for row in rows.values()]
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
        rows, round_ups = list(by_mail[mail.id].values()), tuple(weeks.get(mail.id, ()))
        items = tuple(
            item(workplace, row, shares, remarks.get(entry_of(row) or 0, _SILENT), on)
            for row in rows
        )
        digest = None
        if items or round_ups:
            salutation = _salutation(workplace, mail.recipient, rows, round_ups, on)
            digest = Digest(mail.key, on, mail.recipient, salutation, items, (), round_ups)
            digest = _answerable(workplace, digest, mail.items, sender)
            if len(rows) == 1 and not is_for_information(rows[0]):
                told = remarks.get(entry_of(rows[0]) or 0, _SILENT)
                digest = digest._replace(replies_to=told.answered)
        digests[mail.id] = digest
    return digests


def _answerable(
    workplace: Workplace, digest: Digest, known: tuple[str, ...], sender: Sender | None
) -> Digest:
    """The digest with numbers for what its reader owes, and the ways to answer for it."""
    owed = [item for item in digest.items if not item.for_information]
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

    A new date makes every notice an old one, but a decision that the item still stands in
    (returned, suspended, another unit's) has to be told all the same.
    """
    if row.notice_revision != row.revision:
        is_decision = NoticeKind(row.notice_kind) is NoticeKind.DECISION
        return is_decision and Reason(row.reason).value == Stage(row.stage).value
    stage = Stage(row.stage)
    match NoticeKind(row.notice_kind):
        case NoticeKind.DECISION:
            return stage is not Stage.WITHDRAWN
        case NoticeKind.REQUEST if row.reason == Reason.DECLINED.value:
            return stage is Stage.DECLINED
        case NoticeKind.REQUEST:
            return row.asked_due_on is not None and not stage.is_silent
        case NoticeKind.INNER_DATE if stage is Stage.REPORTED:
            return False
    return not is_silent(ItemKind(row.kind), stage)


_STANDING = {
    NoticeKind.DECISION.value: 2,
    NoticeKind.REQUEST.value: 2,
    NoticeKind.ASSIGNMENT.value: 1,
}


def _keep_latest(kept: dict[str, Record], row: Record) -> None:
    """The last notice about an obligation wins, but 交办 is never lost to its own chase.

    Nor is a decision to a reminder: it names the date as well.
    """
    before = kept.get(row.id)
    if before is None or _standing(row) >= _standing(before):
        kept[row.id] = row


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
        unit = next((unit for unit, held in roster.posts_of(address, on) if held is post), "")
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
