"""Rows to models and back; what a row holds is validated on its way out."""

import json
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from models.life import Situation
from models.notice import Notice, Silence
from models.obligation import ItemKind, Obligation, Role, Stage, Standing


@lru_cache(maxsize=4096)
def numbers(duties: str) -> tuple[str, ...]:
    """The numbers of rows in a ``duties`` column; the same few strings come again and again."""
    return tuple(json.loads(duties))


def standing(row: Row[Any]) -> Standing:
    """The planner's view of an obligation row."""
    return Standing(
        id=row.id,
        plan=row.plan_id,
        unit=row.unit,
        kind=ItemKind(row.kind),
        stage=Stage(row.stage),
        due_on=row.due_on,
        revision=row.revision,
        armed_on=row.armed_on,
        said_through=row.said_through,
        inner_due_on=row.inner_due_on,
        resumes_on=row.resumes_on,
    )


def situation(row: Row[Any]) -> Situation:
    """What the rules of its life must know of an obligation row."""
    return Situation(
        kind=ItemKind(row.kind),
        stage=Stage(row.stage),
        armed_on=row.armed_on,
        due_on=row.due_on,
        inner_due_on=row.inner_due_on,
        asked_due_on=row.asked_due_on,
        extensions=row.extensions,
        stage_before=Stage(row.stage_before) if row.stage_before else None,
        suspended_on=row.suspended_on,
        resumes_on=row.resumes_on,
        accepted_by=row.accepted_by,
    )


def situation_values(found: Situation) -> dict[str, Any]:
    """The columns that an act may change."""
    return {
        "stage": found.stage.value,
        "due_on": found.due_on,
        "inner_due_on": found.inner_due_on,
        "asked_due_on": found.asked_due_on,
        "extensions": found.extensions,
        "stage_before": found.stage_before.value if found.stage_before else None,
        "suspended_on": found.suspended_on,
        "resumes_on": found.resumes_on,
        "accepted_by": found.accepted_by,
    }


def obligation(row: Row[Any]) -> Obligation:
    """The matrix's view of an obligation row: its date is the stated one."""
    return Obligation(
        id=row.id,
        plan=row.plan_id,
        unit=row.unit,
        kind=ItemKind(row.kind),
        role=Role(row.role),
        title=row.title,
        due_on=row.stated_due_on,
        rule=row.rule,
        to=row.addressee,
        duties=numbers(row.duties),
        text=row.text,
    )


def obligation_values(item: Obligation) -> dict[str, Any]:
    """The columns that the matrix decides."""
    return {
        "plan_id": item.plan,
        "unit": item.unit,
        "kind": item.kind.value,
        "role": item.role.value,
        "title": item.title,
        "stated_due_on": item.due_on,
        "rule": item.rule,
        "addressee": item.to,
        "duties": json.dumps(item.duties),
        "text": item.text,
    }


def notice_values(notice: Notice, outboxes: dict[str, int]) -> list[dict[str, Any]]:
    """One row for each recipient; ``outboxes`` gives the outbox row of each address."""
    return [
        {
            "obligation_id": notice.obligation,
            "revision": notice.revision,
            "step": notice.step,
            "recipient": recipient.address,
            "role": recipient.role.value,
            "kind": notice.kind.value,
            "reason": notice.reason.value,
            "on": notice.on,
            "outbox_id": outboxes[recipient.address],
            "unit": recipient.unit,
        }
        for recipient in notice.recipients
    ]


def silence_values(silence: Silence) -> dict[str, Any]:
    """The row that records a rung which was deliberately not said."""
    return {
        "obligation_id": silence.obligation,
        "revision": silence.revision,
        "step": silence.step,
        "recipient": "",
        "role": "",
        "kind": "",
        "reason": silence.because,
        "on": silence.on,
        "outbox_id": None,
    }
