"""The whole life of an obligation: what may be done to it in which stage, and what comes of it.

assigned → acknowledged (签收) → reported → completed (办结) → returned (退回) or accepted → closed
out (销号); besides, declined, put off (延期), re-routed (转办), suspended (暂缓), resumed. Basis:
the practice of 督查督办 and its limits on 延期 and 退件; the bounds are the policy's terms.
"""

from collections.abc import Callable

from duban.planner.bounds import later, objection
from models.entry import EntryKind
from models.life import Act, Objection, Refusal, Settled, Situation
from models.obligation import ItemKind, Stage
from models.policy import Terms
from models.workdays import WorkCalendar

_S, _E = Stage, EntryKind

_UNANSWERED = (_S.ASSIGNED, _S.ACKNOWLEDGED, _S.REPORTED)

MOVES: dict[tuple[Stage, EntryKind], Stage] = {
    **{(stage, _E.REPORTED): _S.REPORTED for stage in _UNANSWERED},
    **{(stage, _E.COMPLETED): _S.COMPLETED for stage in (*_UNANSWERED, _S.RETURNED)},
    **{
        (stage, kind): stage
        for stage in (*_UNANSWERED, _S.RETURNED)
        for kind in (_E.EXTENSION_REQUESTED, _E.EXTENSION_GRANTED, _E.EXTENSION_REFUSED)
    },
    **{(stage, _E.SUSPENDED): _S.SUSPENDED for stage in (*_UNANSWERED, _S.RETURNED)},
    **{
        (stage, _E.REASSIGNED): _S.REASSIGNED
        for stage in (*_UNANSWERED, _S.RETURNED, _S.DECLINED, _S.SUSPENDED)
    },
    (_S.ASSIGNED, _E.DECLINED): _S.DECLINED,
    (_S.ACKNOWLEDGED, _E.DECLINED): _S.DECLINED,
    (_S.DECLINED, _E.DECLINE_REFUSED): _S.ASSIGNED,
    (_S.RETURNED, _E.REPORTED): _S.RETURNED,
    (_S.COMPLETED, _E.RETURNED): _S.RETURNED,
    (_S.COMPLETED, _E.ACCEPTED): _S.ACCEPTED,
    (_S.ACCEPTED, _E.RETURNED): _S.RETURNED,
    (_S.ACCEPTED, _E.CLOSED_OUT): _S.CLOSED_OUT,
    (_S.CLOSED_OUT, _E.RETURNED): _S.RETURNED,
    (_S.SUSPENDED, _E.RESUMED): _S.ASSIGNED,
}
"""Rows and dated obligations: stage and entry to the next stage; what is missing is refused.

A report after a return leaves the obligation returned: only a new completion answers a return.
What was declined or suspended goes back to the stage it was in.
"""

ASSIGNMENT_MOVES: dict[tuple[Stage, EntryKind], Stage] = {
    (_S.ASSIGNED, _E.ACKNOWLEDGED): _S.ACKNOWLEDGED,
    (_S.ASSIGNED, _E.DECLINED): _S.DECLINED,
    (_S.ACKNOWLEDGED, _E.DECLINED): _S.DECLINED,
    (_S.DECLINED, _E.DECLINE_REFUSED): _S.ASSIGNED,
    **{
        (stage, _E.REASSIGNED): _S.REASSIGNED
        for stage in (_S.ASSIGNED, _S.ACKNOWLEDGED, _S.DECLINED)
    },
}
"""签收 is of an assignment (unit and plan) and stands for all its obligations."""


def act(situation: Situation, what: Act, terms: Terms, calendar: WorkCalendar) -> Settled | Refusal:
    """What comes of an act, or why it is refused and what would be legal instead."""
    after = moves(situation.kind).get((situation.stage, what.kind))
    if after is None:
        return Refusal(Objection.STAGE, situation.stage, legal(situation))
    if found := objection(situation, what, terms, calendar):
        others = tuple(kind for kind in legal(situation) if kind is not what.kind)
        return Refusal(*found, others)
    moved = situation._replace(stage=after)
    consequence = _CONSEQUENCES.get(what.kind)
    changed = consequence(moved, situation, what) if consequence else moved
    if what.kind is _E.RETURNED and what.until is None:
        changed = changed._replace(inner_due_on=later(what.on, terms.rework, calendar))
    is_rearmed = changed.chased_for != situation.chased_for and not changed.stage.is_silent
    return Settled(changed, is_rearmed)


def legal(situation: Situation) -> tuple[EntryKind, ...]:
    """The acts that the stage allows; whether their terms are met shows when they are tried."""
    table = moves(situation.kind)
    found = [kind for (stage, kind) in table if stage is situation.stage]
    if situation.asked_due_on is None:
        decided = (_E.EXTENSION_GRANTED, _E.EXTENSION_REFUSED)
        found = [kind for kind in found if kind not in decided]
    return tuple(kind for kind in EntryKind if kind in found)


def moves(kind: ItemKind) -> dict[tuple[Stage, EntryKind], Stage]:
    """The table that an item of this kind follows."""
    return ASSIGNMENT_MOVES if kind is ItemKind.ASSIGNMENT else MOVES


def _requested(moved: Situation, _before: Situation, what: Act) -> Situation:
    return moved._replace(asked_due_on=what.until)


def _granted(moved: Situation, before: Situation, what: Act) -> Situation:
    """The new date holds for a returned result too: its inner one was the earlier."""
    return moved._replace(
        due_on=what.until or before.asked_due_on,
        inner_due_on=None,
        asked_due_on=None,
        extensions=before.extensions + 1,
    )


def _request_over(moved: Situation, _before: Situation, _what: Act) -> Situation:
    return moved._replace(asked_due_on=None)


def _reassigned(moved: Situation, before: Situation, what: Act) -> Situation:
    return _later_by_pause(moved, before, what)._replace(asked_due_on=None, stage_before=None)


def _accepted(moved: Situation, _before: Situation, what: Act) -> Situation:
    return moved._replace(accepted_by=what.by)


def _returned(moved: Situation, _before: Situation, what: Act) -> Situation:
    return moved._replace(inner_due_on=what.until, accepted_by=None)


def _declined(moved: Situation, before: Situation, _what: Act) -> Situation:
    return moved._replace(stage_before=before.stage, asked_due_on=None)


def _suspended(moved: Situation, before: Situation, what: Act) -> Situation:
    return moved._replace(stage_before=before.stage, suspended_on=what.on, resumes_on=what.until)


def _back(moved: Situation, before: Situation, _what: Act) -> Situation:
    return moved._replace(stage=before.stage_before or moved.stage, stage_before=None)


def _resumed(moved: Situation, before: Situation, what: Act) -> Situation:
    return _later_by_pause(_back(moved, before, what), before, what)


def _later_by_pause(moved: Situation, before: Situation, what: Act) -> Situation:
    """Every date later by as long as it was suspended, the one that is asked for included."""
    pause = what.on - (before.suspended_on or what.on)
    return moved._replace(
        due_on=before.due_on + pause if before.due_on else None,
        inner_due_on=before.inner_due_on + pause if before.inner_due_on else None,
        asked_due_on=before.asked_due_on + pause if before.asked_due_on else None,
        suspended_on=None,
        resumes_on=None,
    )


_CONSEQUENCES: dict[EntryKind, Callable[[Situation, Situation, Act], Situation]] = {
    _E.EXTENSION_REQUESTED: _requested,
    _E.EXTENSION_GRANTED: _granted,
    _E.EXTENSION_REFUSED: _request_over,
    _E.REASSIGNED: _reassigned,
    _E.COMPLETED: _request_over,
    _E.ACCEPTED: _accepted,
    _E.RETURNED: _returned,
    _E.DECLINED: _declined,
    _E.DECLINE_REFUSED: _back,
    _E.SUSPENDED: _suspended,
    _E.RESUMED: _resumed,
}
"""What an entry changes besides the stage."""
