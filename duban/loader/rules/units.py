"""Units in the rows of a plan: known, reachable by one name, one of them in the lead."""

import re
from collections.abc import Iterable, Iterator

from duban.loader.findings import counted, did_you_mean, problem, quoted
from duban.loader.read import OfficeFiles, PlanFiles
from models.matrix import Duty, LeadBasis
from models.problem import Problem
from models.units import Jurisdiction

_Path = tuple[str | int, ...]
_SEPARATORS = re.compile(r"[，,、；;\s]+")


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """What is wrong with the units that the plans name."""
    for plan in office.plans:
        if office.registry and plan.place is None:
            known = [place.name for place in office.registry.value.jurisdictions]
            name = plan.matrix.value.jurisdiction
            message = f"the jurisdiction {quoted(name)} is not in units.yaml"
            hint = did_you_mean(name, known) or "add it there"
            yield problem("U112", plan.matrix.mark("jurisdiction"), message, hint)
        if plan.place:
            yield from _unknown(plan, plan.place)
            yield from _twice(plan, plan.place)
            yield from _addressees(plan, plan.place)
            yield from _recipients(plan, plan.place)
        yield from _without_units(plan)
        yield from _leads(plan)
        yield from _without_lead(plan)


def lists(plan: PlanFiles) -> Iterator[tuple[_Path, tuple[str, ...]]]:
    """Every list of a plan that must hold known units, with its place."""
    matrix = plan.matrix.value
    for index, duty in enumerate(matrix.duties):
        yield ("duties", index, "units"), duty.units
        yield ("duties", index, "lead"), duty.lead
    for index, entry in enumerate(matrix.implicit):
        yield ("implicit", index, "units"), entry.units
    for index, spec in enumerate(matrix.obligations):
        if not spec.external:
            yield ("obligations", index, "who"), spec.who
            yield ("obligations", index, "besides"), spec.besides


def is_known(place: Jurisdiction, name: str) -> bool:
    """Whether the registry has a unit or group of that name."""
    return place.unit(name) is not None or place.group(name) is not None


def _unknown(plan: PlanFiles, place: Jurisdiction) -> Iterator[Problem]:
    for path, names in lists(plan):
        for index, name in enumerate(names):
            if not is_known(place, name):
                mark = plan.matrix.mark(*path, index)
                hint = _split(place, name) or did_you_mean(name, place.names)
                yield problem(
                    "U101", mark, f"unknown unit {quoted(name)}", hint or "add it to units.yaml"
                )


def _split(place: Jurisdiction, name: str) -> str:
    parts = [part for part in _SEPARATORS.split(name) if part]
    if len(parts) > 1 and any(is_known(place, part) for part in parts):
        return f"these look like {len(parts)} units: write [{', '.join(parts)}]"
    return ""


def _twice(plan: PlanFiles, place: Jurisdiction) -> Iterator[Problem]:
    for path, names in lists(plan):
        seen: dict[str, str] = {}
        for index, name in enumerate(names):
            unit = place.unit(name) or name
            if unit in seen:
                also = "" if seen[unit] == name else f", as {quoted(seen[unit])}"
                message = f"{quoted(name)} is in this list already{also}"
                yield problem("U115", plan.matrix.mark(*path, index), message, "delete one")
            seen[unit] = name


def _without_units(plan: PlanFiles) -> Iterator[Problem]:
    for index, duty in enumerate(plan.matrix.value.duties):
        if not _is_told(plan, duty) and not plan.matrix.is_refused("duties", index, "units"):
            message = f"row {duty.number} names no unit"
            hint = "nobody would be told of it; fill in units, delete it, or say open_ended: true"
            yield problem("U106", plan.matrix.mark("duties", index), message, hint)


def _is_told(plan: PlanFiles, duty: Duty) -> bool:
    return bool(duty.units or plan.matrix.value.implicit_units(duty.number) or duty.open_ended)


def _leads(plan: PlanFiles) -> Iterator[Problem]:
    for index, duty in enumerate(plan.matrix.value.duties):
        if len(duty.lead) > 1 and not duty.joint_lead:
            message = f"row {duty.number} has {len(duty.lead)} leads"
            hint = "one unit leads; if the document says both do, write joint_lead: true"
            yield problem("U107", plan.matrix.mark("duties", index, "lead"), message, hint)
        if plan.matrix.is_refused("duties", index, "units") or not _are_known(plan, duty.units):
            continue
        units = _all_names(plan, duty.units)
        for number, lead in enumerate(duty.lead):
            if not _all_names(plan, (lead,)) & units:
                mark = plan.matrix.mark("duties", index, "lead", number)
                message = f"the lead {quoted(lead)} is not among the units of row {duty.number}"
                yield problem(
                    "U108", mark, message, "add it to units, in the order of the document"
                )


def _are_known(plan: PlanFiles, names: Iterable[str]) -> bool:
    place = plan.place
    return place is None or all(is_known(place, name) for name in names)


def _all_names(plan: PlanFiles, names: Iterable[str]) -> set[str]:
    place = plan.place
    return {(place.unit(name) if place else None) or name for name in names}


def _without_lead(plan: PlanFiles) -> Iterator[Problem]:
    """One warning for a plan, whichever number of its rows are without a lead."""
    duties = plan.matrix.value.duties
    known = {LeadBasis.DECLARED, LeadBasis.CONFIRMED}
    without = [
        index
        for index, duty in enumerate(duties)
        if duty.lead_basis not in known
        and _is_told(plan, duty)
        and not plan.matrix.is_refused("duties", index, "lead")
    ]
    hint = "the first-listed unit is only proposed; confirm with lead and lead_confirmed: true"
    if len(without) == len(duties) > 1:
        message = f"no lead is declared or confirmed in any of {counted(len(duties), 'row')}"
        yield problem("U109", plan.matrix.key_mark("duties"), message, hint)
        return
    if len(without) > 1:
        numbers = ", ".join(duties[index].number for index in without)
        rows = f"{len(without)} of {counted(len(duties), 'row')}"
        message = f"{rows} have no declared or confirmed lead: {numbers}"
        yield problem("U109", plan.matrix.key_mark("duties"), message, hint)
    elif without:
        message = f"row {duties[without[0]].number} has no declared or confirmed lead"
        yield problem("U109", plan.matrix.mark("duties", without[0]), message, hint)


def _addressees(plan: PlanFiles, place: Jurisdiction) -> Iterator[Problem]:
    matrix = plan.matrix.value
    named = [name for path, names in lists(plan) if path[-1] != "besides" for name in names]
    in_rows = {unit for name in named if (unit := place.unit(name))}
    groups = {group.name for name in named if (group := place.group(name))}
    in_rows |= set(place.members(named))
    for index, name in enumerate(matrix.addressees):
        group = place.group(name)
        is_open = group is not None and group.every_unit_in_rows
        members = set(place.members([name]))
        is_in = is_open or (group and group.name in groups) or (members and members <= in_rows)
        if is_in or _split(place, name):
            continue
        message = f"the notice is addressed to {quoted(name)}, who is in no row and owes nothing"
        hint = (
            "ask the office whether it takes part"
            if is_known(place, name)
            else (
                "if it stands for units that are in rows, make it an alias or a group in units.yaml"
            )
        )
        yield problem("U113", plan.matrix.mark("addressees", index), message, hint)


def _recipients(plan: PlanFiles, place: Jurisdiction) -> Iterator[Problem]:
    """Who receives may lie outside the registry, so only a near miss is worth a word."""
    named = [
        ("coordinator",),
        *(("obligations", n, "to") for n in range(len(plan.matrix.value.obligations))),
    ]
    values = [plan.matrix.value.coordinator, *(spec.to for spec in plan.matrix.value.obligations)]
    for path, name in zip(named, values, strict=True):
        if name and not is_known(place, name) and (hint := did_you_mean(name, place.names)):
            message = f"{quoted(name)} is not in the registry"
            yield problem("U116", plan.matrix.mark(*path), message, hint)
