"""What a unit or the office says about an obligation: one entry, one stage, one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from duban.errors import UnknownObligation
from duban.planner.lifecycle import act, legal
from duban.planner.reminders import next_on
from duban.service.refusals import changed_meanwhile, refused
from duban.service.tellings import telling
from duban.service.workplace import Workplace
from duban.store import ledger, ledger_records, mapping, planning
from duban.store.database import Connection, Record, writing
from duban.store.ledger import Occasion
from models.entry import EntryKind, Via
from models.life import Act, Refusal, Settled
from models.obligation import Stage
from models.policy import Terms


class Saying(NamedTuple):
    """What is said about an obligation, and how it came in.

    ``until`` is the date that it names: proposed, granted, for the rework, of resuming. ``detail``
    is what the ledger keeps beside the text. ``received`` is the mail it came in, ``seen`` the last
    entry that whoever says it had before him.
    """

    kind: EntryKind
    text: str = ""
    until: date | None = None
    detail: Mapping[str, Any] = {}
    via: Via = Via.COMMAND
    received: int | None = None
    seen: int | None = None


class Entered(NamedTuple):
    """The obligation an entry was made for, its stage before and after, the entry's number.

    ``until`` is the date that holds by it: of the extension, for the rework, of resuming.
    """

    obligation: str
    before: Stage
    after: Stage
    entry: int
    until: date | None = None


def enter(workplace: Workplace, key: str, saying: Saying, when: Occasion) -> Entered:
    """Append an entry and move the obligation on; a stage that answers silences it at once.

    An acknowledgement of any obligation is one of its unit's assignment: 签收 stands for all. What
    the other side has to know is queued in the same transaction.

    Raises:
        UnknownYear: the day is in a year without published workdays, such as a mistyped one.
        UnknownObligation: there is none of that id.
        StageConflict: the rules do not allow it; the hint says what is legal now.
        ChangedMeanwhile: there are entries that its author had not seen.
    """
    with writing(workplace.engine) as connection:
        return enter_in(connection, workplace, key, saying, when)


def enter_in(
    connection: Connection, workplace: Workplace, key: str, saying: Saying, when: Occasion
) -> Entered:
    """The same inside a transaction of the caller."""
    workplace.require_published_year(when.on)
    if saying.kind is EntryKind.ACKNOWLEDGED:
        key = planning.assignment_of(connection, key) or key
    row = planning.item(connection, key)
    if row is None:
        raise UnknownObligation(
            f'the ledger has no obligation "{key}"', "`duban ledger` lists them by plan and unit"
        )
    past = ledger_records.entries(connection, key)
    if saying.seen is not None and (since := [entry for entry in past if entry.id > saying.seen]):
        raise changed_meanwhile(row, since)
    settled = judged(workplace, row, saying, when)
    if isinstance(settled, Refusal):
        raise refused(row, saying.kind, settled, past[-1] if past else None)
    _write(connection, workplace, row, settled, when.on)
    until = saying.until or _named_by_rule(saying.kind, settled)
    detail = {**saying.detail, **({"until": until} if until else {})}
    told = (row.id, saying.kind, saying.text, detail)
    number = ledger.append_one(connection, told, when, saying.via, saying.received)
    after = planning.item(connection, key)
    assert after is not None
    planning.queue(connection, telling(workplace, after, saying.kind, number, when.on), when.on)
    return Entered(row.id, Stage(row.stage), settled.situation.stage, number, until)


def _named_by_rule(kind: EntryKind, settled: Settled) -> date | None:
    """The date that a decision without one comes to: as it was asked for, or as the terms say."""
    match kind:
        case EntryKind.EXTENSION_GRANTED:
            return settled.situation.due_on
        case EntryKind.RETURNED:
            return settled.situation.inner_due_on
        case _:
            return None


def possible(workplace: Workplace, row: Record, on: date) -> tuple[EntryKind, ...]:
    """What may be done to an obligation on a day, as its stage and the terms of its plan say.

    Where an act needs a reason or a date of its author, it counts as possible.
    """
    situation = mapping.situation(row)
    found = legal(situation)
    plan = workplace.office.plans.get(row.plan_id)
    if plan is None:
        return found
    terms, calendar = plan.policy.terms, workplace.calendar
    return tuple(
        kind
        for kind in found
        if not isinstance(act(situation, _trial(kind, row, on), terms, calendar), Refusal)
    )


def _trial(kind: EntryKind, row: Record, on: date) -> Act:
    """An act with a reason and, where it names a date, the nearest that it could name."""
    tomorrow = date.fromordinal(max(on, row.due_on or on).toordinal() + 1)
    is_dated = kind in (
        EntryKind.EXTENSION_REQUESTED,
        EntryKind.EXTENSION_GRANTED,
        EntryKind.SUSPENDED,
    )
    return Act(kind, on, by="", text="…", until=tomorrow if is_dated else None)


def judged(workplace: Workplace, row: Record, saying: Saying, when: Occasion) -> Settled | Refusal:
    """What a saying would come to, by the stage and the terms of its plan; nothing is written."""
    plan = workplace.office.plans.get(row.plan_id)
    terms = plan.policy.terms if plan else Terms()
    what = Act(saying.kind, when.on, when.by, saying.text, saying.until)
    return act(mapping.situation(row), what, terms, workplace.calendar)


def _write(
    connection: Connection, workplace: Workplace, row: Record, settled: Settled, on: date
) -> None:
    situation = settled.situation
    standing = mapping.standing(row)._replace(
        stage=situation.stage,
        due_on=situation.due_on,
        inner_due_on=situation.inner_due_on,
        resumes_on=situation.resumes_on,
    )
    if settled.is_rearmed:
        standing = standing._replace(said_through=on)
    ladders = workplace.ladders.get(row.plan_id)
    day = next_on(standing, ladders) if ladders else row.next_on
    ledger.settle(connection, row.id, settled, day, on)
