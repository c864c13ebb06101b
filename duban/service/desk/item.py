"""One obligation, or one received mail, with all that somebody must see to decide about it."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from duban.errors import UnknownObligation
from duban.feedback.incoming import parse
from duban.feedback.parts import Attachment
from duban.service.asked import Asked, asked_in
from duban.service.entries import possible
from duban.service.explain import Explanation, explain
from duban.service.workplace import Workplace
from duban.store import desk, documents, ledger_records, origins, planning
from duban.store.database import Record, reading
from models.entry import EntryKind
from models.notice import Reason
from models.obligation import ItemKind
from models.policy import NoticeKind
from notifications.wording import notice_name


class Said(NamedTuple):
    """What was said about an obligation on a day, by name, and to whom."""

    on: date
    name: str
    readers: list[Record]


class Detail(NamedTuple):
    """An obligation as it stands: ``kept`` is its row, ``acts`` what is possible now.

    ``told`` are the notices about it, ``assignment`` the id of what its unit acknowledges,
    ``units`` those it could be re-routed to, ``asked`` the rows that an answer may speak of,
    ``origins`` what it was re-routed from.
    """

    story: Explanation
    kept: Record
    acts: tuple[EntryKind, ...]
    told: list[Said]
    assignment: str | None
    units: tuple[str, ...]
    asked: list[Asked]
    origins: tuple[str, ...]

    @property
    def seen(self) -> int:
        """The number of the last entry; 0 where there is none."""
        return self.story.entries[-1].id if self.story.entries else 0


class Letter(NamedTuple):
    """A received mail: what was checked and understood, and what it has led to.

    ``candidates`` are the obligations that it may be about, those of the mail it answers first.
    """

    mail: Record
    checks: dict[str, Any]
    reading: dict[str, Any]
    numbered: list[str]
    candidates: list[Record]
    entries: list[Record]
    attachments: tuple[Attachment, ...]


def detail(workplace: Workplace, key: str, on: date) -> Detail:
    """Everything about one obligation of the ledger on a day.

    Raises:
        UnknownObligation: the ledger has none of that id.
    """
    story = explain(workplace, key, on)
    with reading(workplace.engine) as connection:
        kept = planning.item(connection, key)
        if kept is None:
            raise UnknownObligation(f'the ledger has no obligation "{key}"', "apply the plan first")
        told = _said(ledger_records.notices(connection, key))
        assignment = planning.assignment_of(connection, key)
        share = ledger_records.board(connection, kept.plan_id, kept.unit)
        came_from = origins.of_plan(connection, kept.plan_id).get(key, ())
    plan = workplace.office.plans.get(kept.plan_id)
    is_own = kept.kind == ItemKind.ASSIGNMENT.value
    return Detail(
        story=story,
        kept=kept,
        acts=possible(workplace, kept, on),
        told=told,
        assignment=None if is_own else assignment,
        units=_others(workplace, kept),
        asked=asked_in(plan, kept, share) if plan else [],
        origins=came_from,
    )


def _said(notices: Iterable[Record]) -> list[Said]:
    """Those that somebody was told of, once for all of its readers."""
    found: dict[tuple[date, str], Said] = {}
    for row in notices:
        if row.recipient:
            name = _name(NoticeKind(row.notice_kind), Reason(row.reason))
            found.setdefault((row.on, row.step), Said(row.on, name, [])).readers.append(row)
    return list(found.values())


def _name(kind: NoticeKind, reason: Reason) -> str:
    name = notice_name(kind, reason)
    return f"{name}（告知未能送达）" if reason is Reason.UNDELIVERED else name


def letter(workplace: Workplace, number: int, on: date) -> Letter | None:
    """Everything about one received mail on a day; None where there is none of that number."""
    with reading(workplace.engine) as connection:
        mail = desk.mail(connection, number)
        if mail is None:
            return None
        numbered: list[str] = json.loads(mail.numbered) if mail.numbered else []
        found = desk.items_of(connection, numbered, _answers_for(workplace, mail.sender, on))
        entries = desk.made_of(connection, number)
    order = {key: place for place, key in enumerate(numbered)}
    return Letter(
        mail=mail,
        checks=json.loads(mail.checks) if mail.checks else {},
        reading=json.loads(mail.reading) if mail.reading else {},
        numbered=numbered,
        candidates=sorted(found, key=lambda row: order.get(row.id, len(order))),
        entries=entries,
        attachments=_attachments(workplace, mail),
    )


def _attachments(workplace: Workplace, mail: Record) -> tuple[Attachment, ...]:
    """What came with a mail; nothing where the mail itself is missing."""
    path = documents.path_of(workplace.evidence, mail.content)
    return parse(path.read_bytes()).attachments if path.is_file() else ()


def _answers_for(workplace: Workplace, address: str, on: date) -> list[tuple[str, str]]:
    """The plans and units of which this address is a contact on the day."""
    return [
        (plan, unit)
        for plan, roster in workplace.rosters.items()
        for unit, _ in roster.posts_of(address, on)
    ]


def _others(workplace: Workplace, row: Record) -> tuple[str, ...]:
    plan = workplace.office.plans.get(row.plan_id)
    units = (unit.name for unit in plan.place.units) if plan else ()
    return tuple(name for name in units if name != row.unit)
