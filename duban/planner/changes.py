"""The difference between what the matrix asks for and what the ledger holds."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.obligation import ItemKind, Obligation, Stage

COMPARED = ("title", "due_on", "rule", "to", "duties", "text", "role")
"""The fields whose change is a new revision; the rest is identity."""


class Kept(NamedTuple):
    """An obligation as the ledger holds it, with its stage and due-date revision.

    ``origins`` are the obligations that it was re-routed from, in order; an assignment has none.
    """

    obligation: Obligation
    stage: Stage
    revision: int
    origins: tuple[str, ...] = ()


class ChangeKind(StrEnum):
    """What ``apply`` would do to one obligation."""

    ADD = "add"
    CHANGE = "change"
    WITHDRAW = "withdraw"


class Change(NamedTuple):
    """One difference; ``fields`` maps a changed field to its text before and after."""

    kind: ChangeKind
    obligation: Obligation
    fields: dict[str, tuple[str, str]]
    is_due_date_new: bool


def changes(desired: Iterable[Obligation], kept: Mapping[str, Kept]) -> list[Change]:
    """What must change for the ledger to hold what the matrix asks for; empty when it does.

    A row that came back after a withdrawal is a change that re-arms its ladder. What the office
    has re-routed is compared with what the new unit owes, and stays there while the matrix asks
    for it under the old one.
    """
    asked = {item.id: item for item in desired}
    wanted = {key: item for key, item in asked.items() if not _is_rerouted(kept, key)}
    for heir, roots in _roots(kept).items():
        root = next((asked[key] for key in roots if key in asked), None)
        if root and heir not in asked:
            wanted[heir] = root._replace(id=heir, unit=kept[heir].obligation.unit)
    wanted |= _assignments_of_heirs(kept, asked, wanted)
    found: list[Change] = []
    for item in wanted.values():
        if item.id not in kept:
            found.append(Change(ChangeKind.ADD, item, {}, True))
        elif change := _changed(kept[item.id], item):
            found.append(change)
    over = (Stage.WITHDRAWN, Stage.REASSIGNED)
    return found + [
        Change(ChangeKind.WITHDRAW, entry.obligation, {}, False)
        for key, entry in kept.items()
        if key not in wanted and entry.stage not in over
    ]


def _is_rerouted(kept: Mapping[str, Kept], key: str) -> bool:
    return key in kept and kept[key].stage is Stage.REASSIGNED


def _roots(kept: Mapping[str, Kept]) -> dict[str, list[str]]:
    """For each obligation that others were re-routed to, and that stayed there, all of those.

    In order: what came first before what was merged into it later, each before its own origins.
    """
    found: dict[str, list[str]] = {}
    for key, entry in kept.items():
        if _is_rerouted(kept, key):
            continue
        ahead = list(entry.origins)
        roots: list[str] = []
        while ahead:
            root = ahead.pop(0)
            if root != key and root not in roots and root in kept:
                roots.append(root)
                ahead = [*kept[root].origins, *ahead]
        if roots:
            found[key] = roots
    return found


def _assignments_of_heirs(
    kept: Mapping[str, Kept], asked: Mapping[str, Obligation], wanted: Mapping[str, Obligation]
) -> dict[str, Obligation]:
    """The assignments of units that the matrix asks nothing, as long as re-routing left them any.

    It does not matter whether they came with the first item or from an older matrix.
    """
    like = next((item for item in asked.values() if item.kind is ItemKind.ASSIGNMENT), None)
    heirs = [item for key, item in wanted.items() if key not in asked]
    found: dict[str, Obligation] = {}
    for key, entry in kept.items():
        own = entry.obligation
        is_extra = own.kind is ItemKind.ASSIGNMENT and key not in asked
        if not is_extra or not like or _is_rerouted(kept, key):
            continue
        if items := [heir for heir in heirs if heir.unit == own.unit]:
            rows = dict.fromkeys(row for item in items for row in item.duties)
            stay = [row for row in own.duties if row in rows]
            duties = tuple(dict.fromkeys((*stay, *rows)))
            found[key] = own._replace(title=like.title, to=like.to, duties=duties)
    return found


def _changed(kept: Kept, item: Obligation) -> Change | None:
    before, after = kept.obligation, item
    fields = {
        name: (_text(getattr(before, name)), _text(getattr(after, name)))
        for name in COMPARED
        if getattr(before, name) != getattr(after, name)
    }
    is_back = kept.stage is Stage.WITHDRAWN
    if is_back:
        fields["stage"] = (Stage.WITHDRAWN, Stage.ASSIGNED)
    if not fields:
        return None
    return Change(ChangeKind.CHANGE, item, fields, is_back or before.due_on != after.due_on)


def revised_assignments(found: Iterable[Change], kept: Mapping[str, Kept]) -> dict[str, str]:
    """Assignments that must be acknowledged anew, by id, with what changed in them, in Chinese.

    Only those the ledger already holds and goes on holding: a new assignment asks for 签收 by
    itself, and a unit that has left the plan is asked for nothing.
    """
    changed = list(found)
    held = {key for key, entry in kept.items() if entry.stage is not Stage.WITHDRAWN}
    held -= {change.obligation.id for change in changed if change.kind is ChangeKind.WITHDRAW}
    counts: dict[str, dict[str, int]] = {}
    for change in changed:
        item = change.obligation
        key = f"{item.plan}/assignment/{item.unit}"
        if key in held and item.kind is not ItemKind.ASSIGNMENT:
            tally = counts.setdefault(key, {"新增": 0, "变更": 0, "撤销": 0})
            tally[_WORDS[change.kind]] += 1
    return {
        key: "、".join(f"{word}{number}项" for word, number in tally.items() if number)
        for key, tally in counts.items()
    }


_WORDS = {ChangeKind.ADD: "新增", ChangeKind.CHANGE: "变更", ChangeKind.WITHDRAW: "撤销"}


def fingerprint(items: Iterable[tuple[object, ...]]) -> str:
    """A short digest of rows, the same for the same content in whatever order."""
    lines = sorted(json.dumps(item, ensure_ascii=False, default=str) for item in items)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return "、".join(value) if isinstance(value, tuple) else str(value)
