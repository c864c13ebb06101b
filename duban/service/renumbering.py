"""Rows of the ledger whose titles now stand under other numbers."""

from collections.abc import Iterable

from duban.planner.changes import Change, ChangeKind
from models.obligation import ItemKind


def renumbered(changes: Iterable[Change]) -> dict[str, str]:
    """Numbers whose title in the ledger the matrix now has under another one, with that number."""
    rows = [change for change in changes if change.obligation.kind is ItemKind.DUTY]
    now = {
        change.obligation.title: _number(change)
        for change in rows
        if change.kind is not ChangeKind.WITHDRAW
    }
    before = {_number(change): _title_before(change) for change in rows}
    return {
        number: now[title]
        for number, title in before.items()
        if title in now and now[title] != number
    }


def _number(change: Change) -> str:
    return change.obligation.duties[0]


def _title_before(change: Change) -> str:
    """The title in the ledger; empty where the row is new or its title stays."""
    if change.kind is ChangeKind.WITHDRAW:
        return change.obligation.title
    return change.fields.get("title", ("", ""))[0]
