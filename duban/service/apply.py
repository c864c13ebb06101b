"""From matrix to ledger: the difference, and making it so in one transaction."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from duban.errors import DraftPlan, StalePlan
from duban.planner.changes import (
    COMPARED,
    Change,
    ChangeKind,
    Kept,
    changes,
    fingerprint,
    revised_assignments,
)
from duban.planner.obligations import obligations
from duban.planner.preview import standing_of
from duban.planner.reminders import next_on
from duban.service.daily import say
from duban.service.lease import holding
from duban.service.renumbering import renumbered
from duban.service.tellings import first_reader, withdrawal
from duban.service.workplace import Workplace
from duban.store import ledger, ledger_records, mail_records, planning
from duban.store.database import Connection, reading, writing
from duban.store.ledger import Occasion
from models.matrix import Status
from models.obligation import ItemKind, Stage, Standing
from models.office import Plan
from models.roster import UNIT_POSTS


class Difference(NamedTuple):
    """What ``apply`` would do to one plan, and the state it was worked out from.

    ``asks_again`` maps assignments that must be acknowledged anew to what changed in them.
    """

    plan: str
    changes: list[Change]
    asks_again: dict[str, str]
    ledger_mark: str
    matrix_mark: str


class Applied(NamedTuple):
    """What ``apply`` did to one plan; ``notices`` counts what it queued at once.

    ``renumbered`` are numbers whose title now stands under another one, with that number.
    """

    plan: str
    added: int
    changed: int
    withdrawn: int
    notices: int
    provisional: list[date]
    renumbered: dict[str, str]


def differences(workplace: Workplace, plans: Iterable[Plan]) -> list[Difference]:
    """The difference of each plan between YAML and ledger; nothing is written."""
    with reading(workplace.engine) as connection:
        return [_difference(connection, plan) for plan in plans]


def apply(
    workplace: Workplace,
    plans: Iterable[Plan],
    when: Occasion,
    saved: Mapping[str, tuple[str, str]] | None = None,
) -> list[Applied]:
    """Bring the ledger to what the plans ask for, in one transaction for all of them.

    Assignments and whatever else holds on that day are queued in the same transaction, unless it
    is a rest day or a day without a published calendar; then the next run says it. Applied twice
    it changes nothing. ``saved`` maps plans to the marks a saved plan was made with.

    Raises:
        DraftPlan: one of them is a draft.
        StalePlan: matrix or ledger changed since the plan was saved.
        AlreadyRunning: somebody else is applying.
    """
    wanted = list(plans)
    refuse_drafts(wanted)
    with (
        holding(workplace.engine, "apply", alone=True),
        writing(workplace.engine, turn=planning.TURN) as connection,
    ):
        for plan in sorted(plan.id for plan in wanted):
            # All items before any mail, as whoever enters something takes them: or each could wait
            # for what the other has.
            planning.open_items(connection, plan)
        found = [_difference(connection, plan) for plan in wanted]
        refuse_stale(found, saved)
        return [
            _carry_out(connection, workplace, plan, difference, when)
            for plan, difference in zip(wanted, found, strict=True)
        ]


def refuse_drafts(plans: Iterable[Plan]) -> None:
    """Refuse plans that are not issued yet.

    Raises:
        DraftPlan: the first of them.
    """
    for plan in plans:
        if plan.matrix.status is Status.DRAFT:
            raise DraftPlan(
                f"{plan.id} is a draft (征求意见稿): no notice may go out",
                "set status: issued and issued_on once the plan has been issued",
            )


def refuse_stale(found: list[Difference], saved: Mapping[str, tuple[str, str]] | None) -> None:
    """Refuse differences that are no longer those a saved plan was made of.

    Raises:
        StalePlan: matrix or ledger changed since; the message says which.
    """
    for difference in found if saved is not None else []:
        marks = (saved or {}).get(difference.plan)
        if marks is None or marks == (difference.ledger_mark, difference.matrix_mark):
            continue
        what = "the ledger" if marks[0] != difference.ledger_mark else "the matrix"
        raise StalePlan(
            f"the saved plan is stale: {what} of {difference.plan} has changed since",
            "make a new one with `duban plan --out`, read it, then apply that",
        )


def _difference(connection: Connection, plan: Plan) -> Difference:
    desired = obligations(plan)
    kept = ledger_records.kept(connection, plan.id)
    found = changes(desired, kept)
    return Difference(
        plan=plan.id,
        changes=found,
        asks_again=revised_assignments(found, kept),
        ledger_mark=_ledger_mark(kept),
        matrix_mark=fingerprint([_head(plan), *(tuple(item) for item in desired)]),
    )


def _head(plan: Plan) -> tuple[object, ...]:
    """What the ledger keeps of a plan beside its obligations."""
    matrix = plan.matrix
    last_day = matrix.period.last
    return matrix.title, matrix.document_number, matrix.starts_on, last_day, matrix.coordinator


def _ledger_mark(kept: Mapping[str, Kept]) -> str:
    return fingerprint(
        (
            key,
            entry.revision,
            entry.stage is Stage.WITHDRAWN,
            *(getattr(entry.obligation, name) for name in COMPARED),
        )
        for key, entry in kept.items()
    )


def _carry_out(
    connection: Connection,
    workplace: Workplace,
    plan: Plan,
    difference: Difference,
    when: Occasion,
) -> Applied:
    marks = (difference.matrix_mark, workplace.rules_mark(plan.id))
    known = {row.id: row.fingerprint for row in ledger_records.plans(connection)}
    if known.get(plan.id) != difference.matrix_mark:
        ledger.put_plan(connection, plan.matrix, marks, when)
    days = _next_days(workplace, difference, when.on)
    ledger.write(connection, difference.changes, days, when)
    ledger.ask_again(connection, difference.asks_again, days, when)
    kinds = [change.kind for change in difference.changes]
    _tell_of_withdrawal(connection, plan, difference, when.on)
    said = say(connection, workplace, [plan.id], when.on) if difference.changes else None
    return Applied(
        plan=plan.id,
        added=kinds.count(ChangeKind.ADD),
        changed=kinds.count(ChangeKind.CHANGE),
        withdrawn=kinds.count(ChangeKind.WITHDRAW),
        notices=said.notices if said else 0,
        provisional=_provisional_days(workplace, difference),
        renumbered=renumbered(difference.changes),
    )


def _tell_of_withdrawal(
    connection: Connection, plan: Plan, difference: Difference, on: date
) -> None:
    """Tell each unit that has nothing left to do, if it was ever told that it had.

    Whoever is assigned the same plan anew by this change, as a unit's contact is whose name the
    matrix has corrected, is not told that it is gone.
    """
    assignments = [
        change for change in difference.changes if change.obligation.kind is ItemKind.ASSIGNMENT
    ]
    gone = {
        change.obligation.id: change.obligation
        for change in assignments
        if change.kind is ChangeKind.WITHDRAW
    }
    if not gone:
        return
    told, kept = mail_records.were_told(connection, gone), ledger_records.kept(connection, plan.id)
    notices = (
        withdrawal(plan.reach, item, kept[key].revision, on)
        for key, item in gone.items()
        if key in told and not planning.share(connection, plan.id, item.unit)
    )
    assigned = {
        to.address
        for change in assignments
        if change.is_due_date_new
        for to in first_reader(plan.reach, change.obligation.unit, on)
        if to.role in UNIT_POSTS
    }
    apart = [one for one in notices if assigned.isdisjoint(to.address for to in one.recipients)]
    planning.queue(connection, apart, on)


def _next_days(
    workplace: Workplace, difference: Difference, applied_on: date
) -> dict[str, date | None]:
    """For everything that is armed anew, the day on which there is something to say about it."""
    ladders = workplace.ladders[difference.plan]
    armed = [
        standing_of(change.obligation, applied_on)
        for change in difference.changes
        if change.is_due_date_new
    ]
    armed += [_assignment(key, difference.plan, applied_on) for key in difference.asks_again]
    return {item.id: next_on(item, ladders) for item in armed}


def _assignment(key: str, plan: str, applied_on: date) -> Standing:
    return Standing(
        id=key,
        plan=plan,
        unit=key.rpartition("/")[2],
        kind=ItemKind.ASSIGNMENT,
        stage=Stage.ASSIGNED,
        due_on=None,
        revision=1,
        armed_on=applied_on,
        said_through=None,
    )


def _provisional_days(workplace: Workplace, difference: Difference) -> list[date]:
    days = {change.obligation.due_on for change in difference.changes}
    return sorted(day for day in days if day and workplace.calendar.is_provisional(day))
