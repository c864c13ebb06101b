"""What happened: entries of the append-only ledger, and which may follow which."""

from enum import StrEnum

from models.obligation import ItemKind, Stage


class EntryKind(StrEnum):
    """Past participles: what was done to an obligation."""

    ASSIGNED = "assigned"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    ACKNOWLEDGED = "acknowledged"
    REPORTED = "reported"
    COMPLETED = "completed"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CLOSED_OUT = "closed-out"


MOVES: dict[tuple[Stage, EntryKind], Stage] = {
    (Stage.ASSIGNED, EntryKind.REPORTED): Stage.REPORTED,
    (Stage.ASSIGNED, EntryKind.COMPLETED): Stage.COMPLETED,
    (Stage.ACKNOWLEDGED, EntryKind.REPORTED): Stage.REPORTED,
    (Stage.ACKNOWLEDGED, EntryKind.COMPLETED): Stage.COMPLETED,
    (Stage.REPORTED, EntryKind.REPORTED): Stage.REPORTED,
    (Stage.REPORTED, EntryKind.COMPLETED): Stage.COMPLETED,
    (Stage.COMPLETED, EntryKind.RETURNED): Stage.RETURNED,
    (Stage.COMPLETED, EntryKind.ACCEPTED): Stage.ACCEPTED,
    (Stage.RETURNED, EntryKind.REPORTED): Stage.RETURNED,
    (Stage.RETURNED, EntryKind.COMPLETED): Stage.COMPLETED,
    (Stage.ACCEPTED, EntryKind.RETURNED): Stage.RETURNED,
    (Stage.ACCEPTED, EntryKind.CLOSED_OUT): Stage.CLOSED_OUT,
}
"""Rows and dated obligations: stage and entry to the next stage; what is missing is refused.

A report after a return leaves the obligation returned: only a new completion answers a return.
"""

ASSIGNMENT_MOVES: dict[tuple[Stage, EntryKind], Stage] = {
    (Stage.ASSIGNED, EntryKind.ACKNOWLEDGED): Stage.ACKNOWLEDGED,
}
"""签收 is of an assignment (unit and plan) and stands for all its obligations."""


def next_stage(kind: ItemKind, stage: Stage, entry: EntryKind) -> Stage | None:
    """The stage after this entry; None where the entry is not allowed."""
    return _moves(kind).get((stage, entry))


def allowed(kind: ItemKind, stage: Stage) -> list[EntryKind]:
    """The entries that are legal now, for the message that refuses another."""
    return [entry for (before, entry) in _moves(kind) if before is stage]


def _moves(kind: ItemKind) -> dict[tuple[Stage, EntryKind], Stage]:
    return ASSIGNMENT_MOVES if kind is ItemKind.ASSIGNMENT else MOVES
