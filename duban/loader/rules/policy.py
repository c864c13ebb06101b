"""Policies: every rung hangs on something that its ladder has."""

from collections.abc import Iterator
from pathlib import PurePath

from duban.loader.findings import did_you_mean, problem, quoted
from duban.loader.read import OfficeFiles
from duban.loader.schema import Loaded
from models.policy import Policy, Rung
from models.problem import Problem

ANCHORS = {"assignment": {"apply"}, "due": {"due", "T"}, "standing": {"apply", "due", "T"}}
"""What each ladder can count from; a standing duty's ``due`` is the plan's last day."""


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """What is wrong with the policies, and with the plans' choice of them."""
    for loaded in office.policies.values():
        yield from _name(loaded)
        policy = loaded.value
        for ladder, rungs in (
            ("assignment", policy.assignment),
            ("due", policy.due),
            ("standing", policy.standing),
        ):
            yield from _ladder(loaded, ladder, rungs)
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
