"""Rosters: every unit that owes something can be reached."""

from collections.abc import Iterator

from duban.loader.files import ROSTER
from duban.loader.findings import did_you_mean, problem, quoted
from duban.loader.read import OfficeFiles, PlanFiles
from duban.loader.rules.units import lists
from duban.loader.schema import Loaded
from models.problem import Problem, SourceMark
from models.roster import Contact, Roster
from models.units import Jurisdiction

_POSTS = ("liaison", "officer_in_charge", "head")


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """What is wrong with the roster of each plan."""
    for plan in office.plans:
        if not plan.has_roster:
            mark = SourceMark(str(plan.folder / ROSTER))
            message = f"the plan {quoted(plan.matrix.value.id)} has no roster"
            yield problem("R101", mark, message, "make roster.yaml beside plan.yaml")
        if plan.roster:
            yield from _plan(plan, plan.roster)
            yield from _terms(plan.roster)
            yield from _twice(plan.roster)
            if plan.place:
                yield from _strangers(plan.roster, plan.place)
                yield from _unreachable(plan, plan.roster, plan.place)


def _plan(plan: PlanFiles, roster: Loaded[Roster]) -> Iterator[Problem]:
    if roster.value.plan != plan.folder.name:
        message = f"this is the roster of {quoted(roster.value.plan)}"
        hint = f"it lies in the folder of {quoted(plan.folder.name)}"
        yield problem("R102", roster.mark("plan"), message, hint)


def _terms(roster: Loaded[Roster]) -> Iterator[Problem]:
    for path, contact in _contacts(roster.value):
        if contact.since and contact.until and contact.until < contact.since:
            message = f"a contact that ends on {contact.until}, before it begins on {contact.since}"
            yield problem("R107", roster.mark(*path, "until"), message, "correct one of the two")


def _contacts(roster: Roster) -> Iterator[tuple[tuple[str | int, ...], Contact]]:
    yield ("coordinating_office", "contact"), roster.coordinating_office.contact
    yield ("inspection_office", "contact"), roster.inspection_office.contact
    for index, entry in enumerate(roster.contacts):
        for post in _POSTS:
            if contact := getattr(entry, post):
                yield ("contacts", index, post), contact


def _twice(roster: Loaded[Roster]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, entry in enumerate(roster.value.contacts):
        mark = roster.mark("contacts", index, "unit")
        if entry.unit in seen:
            message = f"{quoted(entry.unit)} has an entry on line {seen[entry.unit]} already"
            yield problem("R106", mark, message, "put its posts into one entry")
        seen.setdefault(entry.unit, mark.line)


def _strangers(roster: Loaded[Roster], place: Jurisdiction) -> Iterator[Problem]:
    value = roster.value
    named = [
        (("coordinating_office", "unit"), value.coordinating_office.unit),
        (("inspection_office", "unit"), value.inspection_office.unit),
        *((("contacts", n, "unit"), entry.unit) for n, entry in enumerate(value.contacts)),
    ]
    for path, name in named:
        unit = place.unit(name)
        if unit == name:
            continue
        said = (
            f"the registry calls {quoted(name)} otherwise"
            if unit
            else f"unknown unit {quoted(name)}"
        )
        hint = f"write {quoted(unit)}" if unit else did_you_mean(name, place.names)
        yield problem("R103", roster.mark(*path), said, hint or "add it to units.yaml")


def _unreachable(plan: PlanFiles, roster: Loaded[Roster], place: Jurisdiction) -> Iterator[Problem]:
    entries = {place.unit(entry.unit): (n, entry) for n, entry in enumerate(roster.value.contacts)}
    for unit in owers(plan, place):
        index, entry = entries.get(unit, (0, None))
        if entry and any(roster.is_refused("contacts", index, post) for post in _POSTS):
            continue
        if entry is None or not any(getattr(entry, post) for post in _POSTS):
            at = roster.mark("contacts", index) if entry else roster.key_mark("contacts")
            message = f"{quoted(unit)} owes something, but no post of it can be reached"
            yield problem("R104", at, message, "add its liaison, officer_in_charge and head")
        elif entry.liaison is None:
            message = f"{quoted(unit)} has no liaison (联络员)"
            hint = "first notices would reach nobody; add one"
            yield problem("R105", roster.mark("contacts", index), message, hint)


def owers(plan: PlanFiles, place: Jurisdiction) -> list[str]:
    """Every unit that the plan makes answer for something, groups expanded."""
    rows = place.members(
        name
        for duty in plan.matrix.value.duties
        for name in duty.units
        if place.group(name) is None
    )
    named = (name for path, names in lists(plan) if path[-1] != "besides" for name in names)
    return place.members(named, rows)
