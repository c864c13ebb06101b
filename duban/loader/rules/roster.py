"""Rosters: every unit that owes something can be reached."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from duban.loader.files import ROSTER
from duban.loader.findings import did_you_mean, problem, quoted
from duban.loader.read import OfficeFiles, PlanFiles
from duban.loader.rules.units import lists
from duban.loader.schema import Loaded
from models.problem import Problem, SourceMark
from models.roster import UNIT_POSTS, Contact, Roster, UnitContacts
from models.units import Jurisdiction

_POSTS = tuple(post.value for post in UNIT_POSTS)
_Path = tuple[str | int, ...]
_DAY = timedelta(days=1)
_EMPTY = "what is for an empty post goes to the coordinating office; add who follows"


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
            yield from _order(plan, plan.roster)
            if plan.place:
                yield from _strangers(plan.roster, plan.place)
                yield from _unreachable(plan, plan.roster, plan.place)


def _plan(plan: PlanFiles, roster: Loaded[Roster]) -> Iterator[Problem]:
    if roster.value.plan != plan.folder.name:
        message = f"this is the roster of {quoted(roster.value.plan)}"
        hint = f"it lies in the folder of {quoted(plan.folder.name)}"
        yield problem("R102", roster.mark("plan"), message, hint)


def _terms(roster: Loaded[Roster]) -> Iterator[Problem]:
    for path, contact in _contacts(roster):
        if contact.since and contact.until and contact.until < contact.since:
            message = f"a contact that ends on {contact.until}, before it begins on {contact.since}"
            yield problem("R107", roster.mark(*path, "until"), message, "correct one of the two")


def _contacts(roster: Loaded[Roster]) -> Iterator[tuple[_Path, Contact]]:
    for path, held in _held(roster.value):
        for index, contact in enumerate(held):
            yield _place(roster, path, index), contact


def _place(roster: Loaded[Roster], path: _Path, index: int) -> _Path:
    """The place of one contact of a post: that of the post itself where it is no list."""
    is_single = index == 0 and roster.mark(*path) == roster.mark(*path, 0)
    return path if is_single else (*path, index)


def _held(roster: Roster) -> Iterator[tuple[_Path, tuple[Contact, ...]]]:
    """Every post that somebody holds, with its place."""
    yield ("coordinating_office", "contact"), roster.coordinating_office.contact
    yield ("inspection_office", "contact"), roster.inspection_office.contact
    for index, entry in enumerate(roster.contacts):
        for post in _POSTS:
            if held := getattr(entry, post):
                yield ("contacts", index, post), held


def _order(plan: PlanFiles, roster: Loaded[Roster]) -> Iterator[Problem]:
    """Contacts of a post follow each other without overlap, and the last outlasts the plan."""
    first, last = plan.matrix.value.starts_on, plan.matrix.value.period.last
    for path, held in _held(roster.value):
        ordered = sorted(enumerate(held), key=lambda entry: entry[1].since or date.min)
        for (_, one), (index, other) in pairwise(ordered):
            mark = roster.mark(*path, index)
            begins, ends = other.since or date.min, one.until or date.max
            if begins <= ends:
                message = f"{other.address} holds this post while {one.address} still does"
                hint = "end one with until on the day before the other begins with since"
                yield problem("R108", mark, message, hint)
            elif begins - ends > _DAY and ends < last and begins > first:
                message = f"nobody holds this post from {ends + _DAY} to {begins - _DAY}"
                yield problem("R109", mark, message, _EMPTY)
        index, final = ordered[-1]
        if final.until and final.until < last and (not final.since or final.since <= final.until):
            message = f"nobody holds this post after {final.until}, and the plan runs to {last}"
            yield problem(
                "R110", roster.mark(*_place(roster, path, index), "until"), message, _EMPTY
            )


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
    last = plan.matrix.value.period.last
    for unit in owers(plan, place):
        line = place.line(unit, last)
        found = [entries[each] for each in line if each in entries]
        if any(roster.is_refused("contacts", n, post) for n, _ in found for post in _POSTS):
            continue
        peopled = [(n, entry) for n, entry in found if _is_peopled(entry)]
        if not peopled:
            at = roster.mark("contacts", found[0][0]) if found else roster.key_mark("contacts")
            message = f"{quoted(unit)} owes something, but no post of it can be reached"
            yield problem("R104", at, message, "add its liaison, officer_in_charge and head")
            continue
        index, entry = peopled[-1]
        if not entry.liaison:
            message = f"{quoted(entry.unit)} has no liaison (联络员)"
            hint = "first notices would reach nobody; add one"
            yield problem("R105", roster.mark("contacts", index), message, hint)
        if place.unit(entry.unit) != line[-1]:
            message = f"{quoted(line[-1])} takes over from {quoted(unit)}, but has no contact"
            hint = "until it has, letters go where they went before; add its contacts"
            yield problem("R114", roster.mark("contacts", index), message, hint)


def _is_peopled(entry: UnitContacts) -> bool:
    return any(getattr(entry, post) for post in _POSTS)


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
