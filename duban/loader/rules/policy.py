"""Policies: every rung hangs on something that its ladder has."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePath

from duban.loader.findings import did_you_mean, problem, quoted
from duban.loader.read import OfficeFiles
from duban.loader.schema import Loaded
from models.policy import LADDER_KINDS, Duration, NoticeKind, Policy, Rung
from models.problem import Problem

ANCHORS = {
    "assignment": {"apply"},
    "due": {"due", "T"},
    "returned": {"due", "T"},
    "standing": {"apply", "due", "T"},
}
"""What each ladder can count from; ``due`` is the inner date of a returned result, and of a
standing duty the plan's last day."""

_WORKING_DAY = 1.4
"""Calendar days that a working day takes, over a year."""


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """What is wrong with the policies, and with the plans' choice of them."""
    for loaded in office.policies.values():
        yield from _name(loaded)
        policy = loaded.value
        for ladder, rungs in (
            ("assignment", policy.assignment),
            ("due", policy.due),
            ("returned", policy.returned),
            ("standing", policy.standing),
        ):
            yield from _ladder(loaded, ladder, rungs)
            yield from _kinds(loaded, ladder, rungs)
        yield from _terms(loaded)
    refused = {path.stem for path in office.found.policies}
    for plan in office.plans:
        name = plan.matrix.value.policy
        if plan.policy is None and name not in refused:
            mark = plan.matrix.mark("policy")
            hint = did_you_mean(name, office.policies) or f"make policies/{name}.yaml"
            yield problem("P101", mark, f"there is no policy {quoted(name)}", hint)


def _name(loaded: Loaded[Policy]) -> Iterator[Problem]:
    stem = PurePath(loaded.name).stem
    if loaded.value.id != stem:
        message = f"the policy is called {quoted(loaded.value.id)}"
        hint = f"its file is {quoted(stem + '.yaml')}; give both the same name"
        yield problem("P105", loaded.mark("id"), message, hint)


def _ladder(loaded: Loaded[Policy], ladder: str, rungs: tuple[Rung, ...]) -> Iterator[Problem]:
    every_anchor = set().union(*ANCHORS.values())
    names = {rung.name for rung in rungs}
    earlier: set[str] = set()
    for index, rung in enumerate(rungs):
        mark = loaded.mark(ladder, index, "at")
        anchor = rung.at.anchor
        if anchor in earlier or anchor in ANCHORS[ladder]:
            pass
        elif anchor in every_anchor:
            message = f"a rung of {quoted(ladder)} cannot count from {quoted(anchor)}"
            hint = f"it has {', '.join(sorted(ANCHORS[ladder]))} and its own earlier rungs"
            yield problem("P103", mark, message, hint)
        else:
            later = "comes later or is this rung itself" if anchor in names else "does not exist"
            message = f"the rung {quoted(rung.name)} counts from {quoted(anchor)}, which {later}"
            hint = did_you_mean(anchor, earlier | ANCHORS[ladder])
            yield problem("P102", mark, message, hint or "name an earlier rung of this ladder")
        if rung.name in earlier:
            message = f"the rung {quoted(rung.name)} is in this ladder already"
            hint = "a name tells what has been said; give each rung its own"
            yield problem("P104", loaded.mark(ladder, index, "name"), message, hint)
        earlier.add(rung.name)


def _kinds(loaded: Loaded[Policy], ladder: str, rungs: tuple[Rung, ...]) -> Iterator[Problem]:
    for index, rung in enumerate(rungs):
        if rung.kind not in LADDER_KINDS:
            mark = loaded.mark(ladder, index, "kind")
            message = f"no rung can be of the kind {quoted(rung.kind)}: it is said on its own"
            allowed = ", ".join(kind for kind in NoticeKind if kind in LADDER_KINDS)
            yield problem("P106", mark, message, f"it must be one of: {allowed}")


def _terms(loaded: Loaded[Policy]) -> Iterator[Problem]:
    terms = loaded.value.terms
    if terms.rework.count == 0:
        message = "rework gives a unit no time at all after a return"
        yield problem("P107", loaded.mark("terms", "rework"), message, "give it a day or more")
    if terms.extensions.times and terms.extensions.at_most.count == 0:
        message = "extensions are allowed, but by no day"
        hint = "write times: 0 if there are to be none"
        yield problem("P107", loaded.mark("terms", "extensions", "at_most"), message, hint)
    for earlier, later in pairwise(("co_units_before", "leads_before", "office_before")):
        if _days(getattr(terms, earlier)) <= _days(getattr(terms, later)):
            message = f"{earlier} is not longer than {later}"
            hint = (
                "co-units report to leads, leads to the office, the office upwards: in this order"
            )
            yield problem("P107", loaded.mark("terms", earlier), message, hint)


def _days(length: Duration) -> float:
    return length.count * (_WORKING_DAY if length.unit == "working days" else 1)
