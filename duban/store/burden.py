"""What was asked of units in a period, counted by the database; each query once for all units."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import distinct, func, select

from duban.store.database import Connection
from duban.store.outbox import MailState
from duban.store.tables import HELD, NOTICE, OBLIGATION, OUTBOX
from models.obligation import ItemKind, Stage
from models.roster import UNIT_POSTS

_ROLES = [post.value for post in UNIT_POSTS]
_UNDATED = [ItemKind.ASSIGNMENT.value, ItemKind.DUTY.value]
_GONE = [Stage.WITHDRAWN.value, Stage.REASSIGNED.value]

Counts = dict[tuple[str, str], int]
"""A number for each unit and plan."""


def said(connection: Connection, first: date, last: date) -> dict[tuple[str, str], dict[str, int]]:
    """What was said to each unit about each plan from one day to another, by kind of notice.

    A rung counts once, however many posts it went to; what only the offices were told does not.
    """
    rungs = (
        select(NOTICE.c.obligation_id, NOTICE.c.revision, NOTICE.c.step, NOTICE.c.kind)
        .where(NOTICE.c.on.between(first, last), NOTICE.c.role.in_(_ROLES))
        .distinct()
        .subquery()
    )
    query = (
        select(OBLIGATION.c.unit, OBLIGATION.c.plan_id, rungs.c.kind, func.count())
        .join(rungs, rungs.c.obligation_id == OBLIGATION.c.id)
        .group_by(OBLIGATION.c.unit, OBLIGATION.c.plan_id, rungs.c.kind)
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    for unit, plan, kind, number in connection.execute(query):
        found.setdefault((unit, plan), {})[kind] = number
    return found


def reports(connection: Connection, first: date, last: date) -> Counts:
    """How many dated obligations of each unit and plan fall due from one day to another."""
    query = (
        select(OBLIGATION.c.unit, OBLIGATION.c.plan_id, func.count())
        .where(
            OBLIGATION.c.due_on.between(first, last),
            OBLIGATION.c.kind.not_in(_UNDATED),
            OBLIGATION.c.stage.not_in(_GONE),
        )
        .group_by(OBLIGATION.c.unit, OBLIGATION.c.plan_id)
    )
    return {(unit, plan): number for unit, plan, number in connection.execute(query)}


def mails(connection: Connection, first: date, last: date, plans: Iterable[str]) -> dict[str, int]:
    """How many mails about these plans went to each unit from one day to another."""
    gone = (OUTBOX.c.state == MailState.SENT.value, OUTBOX.c.sent_on.between(first, last))
    query = (
        select(OBLIGATION.c.unit, func.count(distinct(OUTBOX.c.id)))
        .join(NOTICE, NOTICE.c.obligation_id == OBLIGATION.c.id)
        .join(OUTBOX, OUTBOX.c.id == NOTICE.c.outbox_id)
        .where(OBLIGATION.c.plan_id.in_(list(plans)), NOTICE.c.role.in_(_ROLES), *gone)
        .group_by(OBLIGATION.c.unit)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def held(connection: Connection, first: date, last: date, plans: Iterable[str]) -> dict[str, int]:
    """How many mails about these plans to each unit were held back from one day to another."""
    query = (
        select(OBLIGATION.c.unit, func.count(distinct(HELD.c.outbox_id)))
        .join(NOTICE, NOTICE.c.obligation_id == OBLIGATION.c.id)
        .join(HELD, HELD.c.outbox_id == NOTICE.c.outbox_id)
        .where(
            OBLIGATION.c.plan_id.in_(list(plans)),
            NOTICE.c.role.in_(_ROLES),
            HELD.c.on.between(first, last),
        )
        .group_by(OBLIGATION.c.unit)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
