"""From queued notices to the digest that a reader gets, as things stand just before sending."""

from collections.abc import Iterable, Mapping
from datetime import date

from duban.planner.reminders import is_silent
from duban.service.round_up import round_up
from duban.service.workplace import Workplace
from duban.store import mail_records, mapping
from duban.store.database import Connection, Record
from duban.store.outbox import Claimed
from models.notice import Notice, Reason, Recipient
from models.obligation import ItemKind, Role, Stage
from models.policy import NoticeKind
from models.roster import Post
from notifications.digest import Dated, Digest, Item, PlanHead, RoundUp
from notifications.digest import Row as PlanRow

HOW_TO_ANSWER = (
    "请直接回复本邮件，由督办联系人登记：已收到请写“签收”，有进展请写进展情况，完成请写“已办结”并附材料。",
    "也可拨打所列督办联系电话说明情况。",
)
"""The ways a unit can answer today; each exists."""

_OFFICES = (Post.COORDINATING_OFFICE, Post.INSPECTION_OFFICE)
_POSTS = {
    Post.LIAISON: "联络员",
    Post.OFFICER_IN_CHARGE: "分管领导",
    Post.HEAD: "主要负责人",
    Post.COORDINATING_OFFICE: "督办专班",
    Post.INSPECTION_OFFICE: "督查室",
}

Share = dict[tuple[str, str], list[Record]]


def compose(
    connection: Connection, workplace: Workplace, mails: Iterable[Claimed], on: date
) -> dict[int, Digest | None]:
    """The digest of each claimed mail, by its number; None where nothing is left to say.

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
    wanted = {(row.plan_id, row.unit) for rows in by_mail.values() for row in rows.values()}
    shares: Share = {}
    for share in mail_records.shares(connection, wanted):
        shares.setdefault((share.plan_id, share.unit), []).append(share)
    weeks: dict[int, list[RoundUp]] = {}
    for row in mail_records.round_ups(connection, by_mail):
        head = _head(workplace, row)
        weeks.setdefault(row.outbox_id, []).append(round_up(connection, workplace, head, on))
    return {
        mail.id: _digest(
            workplace, mail, list(by_mail[mail.id].values()), shares, weeks.get(mail.id, []), on
        )
        for mail in claimed
    }


def _digest(
    workplace: Workplace,
    mail: Claimed,
    rows: list[Record],
    shares: Share,
    round_ups: list[RoundUp],
    on: date,
) -> Digest | None:
    if not rows and not round_ups:
        return None
    items = tuple(_item(workplace, row, shares, on) for row in rows)
    reader_owes = any(not item.for_information for item in items)
    return Digest(
        key=mail.key,
        on=on,
        address=mail.recipient,
        salutation=_salutation(workplace, rows, round_ups),
        items=items,
        how_to_answer=HOW_TO_ANSWER if reader_owes else (),
        round_ups=tuple(round_ups),
    )


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
        office = roster.coordinating_office.contact
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
    if row.notice_revision != row.revision:
        return False
    return not is_silent(ItemKind(row.kind), Stage(row.stage))


def _keep_latest(kept: dict[str, Record], row: Record) -> None:
    """The last notice about an obligation wins, but 交办 is never lost to its own chase."""
    before = kept.get(row.id)
    if before is None or before.notice_kind != NoticeKind.ASSIGNMENT.value:
        kept[row.id] = row


def _salutation(workplace: Workplace, rows: list[Record], round_ups: list[RoundUp]) -> str:
    """Unit and post of the reader, as the first notice addresses him."""
    if not rows:
        office = workplace.rosters[round_ups[0].plan.id].coordinating_office
        return f"{office.unit}{_POSTS[Post.COORDINATING_OFFICE]}"
    row = next((row for row in rows if Post(row.recipient_role) not in _OFFICES), rows[0])
    post = Post(row.recipient_role)
    roster = workplace.rosters[row.plan_id]
    if post is Post.COORDINATING_OFFICE:
        return f"{roster.coordinating_office.unit}{_POSTS[post]}"
    if post is Post.INSPECTION_OFFICE:
        return roster.inspection_office.unit
    return f"{row.unit}{_POSTS[post]}"


def _item(workplace: Workplace, row: Record, shares: Share, on: date) -> Item:
    calendar = workplace.calendar
    share = shares.get((row.plan_id, row.unit), [])
    is_assignment = row.kind == ItemKind.ASSIGNMENT.value
    return Item(
        obligation=row.id,
        kind=NoticeKind(row.notice_kind),
        reason=Reason(row.reason),
        step=row.step,
        unit=row.unit,
        title=row.title,
        to=row.addressee,
        due_on=row.due_on,
        days_left=(row.due_on - on).days if row.due_on else None,
        working_days_left=calendar.count(on, row.due_on) if row.due_on else None,
        text=row.text,
        rows=tuple(_rows(workplace, row, share)),
        dated=tuple(_dated(workplace, share)) if is_assignment else (),
        plan=_head(workplace, row),
        provisional=bool(row.due_on) and calendar.is_provisional(row.due_on),
        for_information=Post(row.recipient_role) in _OFFICES,
        calendar_sequence=row.revision,
        last_workday=calendar.on_or_before(row.due_on) if row.due_on else None,
    )


def _rows(workplace: Workplace, row: Record, share: list[Record]) -> Iterable[PlanRow]:
    """The rows of the document that an item covers, with the unit's part in each."""
    parts: Mapping[str, Record] = {
        mapping.numbers(item.duties)[0]: item for item in share if item.kind == ItemKind.DUTY.value
    }
    titles = workplace.duty_titles(row.plan_id)
    for number in mapping.numbers(row.duties):
        part = parts.get(number)
        if part is not None:
            yield PlanRow(number, part.title, Role(part.role))
        elif number in titles:
            yield PlanRow(number, titles[number], Role.RESPONSIBLE)


def _dated(workplace: Workplace, share: list[Record]) -> Iterable[Dated]:
    for item in sorted((item for item in share if item.due_on), key=lambda item: item.due_on):
        yield Dated(
            title=item.title,
            due_on=item.due_on,
            to=item.addressee,
            obligation=item.id,
            calendar_sequence=item.revision,
            last_workday=workplace.calendar.on_or_before(item.due_on),
        )


def _head(workplace: Workplace, row: Record) -> PlanHead:
    office = workplace.plan(row.plan_id).roster.coordinating_office
    return PlanHead(
        id=row.plan_id,
        title=row.plan_title,
        document_number=row.document_number,
        issued_on=row.issued_on,
        coordinator=row.coordinator,
        coordinator_phone=office.contact.phone,
        coordinator_address=office.contact.address,
    )
