"""Substitutes in a roster: they exist, one at a time, and nobody stands in for himself."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from duban.loader.findings import did_you_mean, problem, quoted
from duban.loader.read import OfficeFiles
from duban.loader.schema import Loaded
from models.problem import Problem
from models.roster import PostOf, Roster, Seat, Substitution


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """What is wrong with the substitutes of each plan."""
    for plan in office.plans:
        if plan.roster:
            yield from _unknown(plan.roster)
            yield from _terms(plan.roster)
            yield from _rivals(plan.roster)
            yield from _circles(plan.roster)


def _unknown(roster: Loaded[Roster]) -> Iterator[Problem]:
    value = roster.value
    for index, each in enumerate(value.substitutes):
        for key, who in (("for", each.absent), ("by", each.by)):
            mark = roster.mark("substitutes", index, key)
            if isinstance(who, PostOf):
                seat = value.seat(who.unit, who.post)
                if not value.seats.get(seat):
                    message = f"{_named(who)} has no contact in this roster"
                    hint = did_you_mean(who.unit, {seat.unit for seat in value.seats})
                    is_near = seat.unit not in {known.unit for known in value.seats}
                    hint = hint if is_near else ""
                    yield problem("R112", mark, message, hint or "add one, or name another post")
            elif not value.known(who):
                message = f"the address {quoted(who)} is no contact of this roster"
                hint = did_you_mean(who, value.addresses)
                yield problem("R112", mark, message, hint or "give it a post first")


def _terms(roster: Loaded[Roster]) -> Iterator[Problem]:
    for index, each in enumerate(roster.value.substitutes):
        if each.until < each.since:
            mark = roster.mark("substitutes", index, "until")
            message = f"a substitution that ends on {each.until}, before it begins on {each.since}"
            yield problem("R107", mark, message, "correct one of the two")


def _rivals(roster: Loaded[Roster]) -> Iterator[Problem]:
    for (first, one), (second, other) in combinations(enumerate(roster.value.substitutes), 2):
        if one.absent == other.absent and max(one.since, other.since) <= min(
            one.until, other.until
        ):
            line = roster.mark("substitutes", first).line
            on = max(one.since, other.since)
            message = f"{_named(one.absent)} has a substitute on {on} by line {line} already"
            mark = roster.mark("substitutes", second, "for")
            yield problem("R113", mark, message, "let one begin when the other has ended")


def _circles(roster: Loaded[Roster]) -> Iterator[Problem]:
    """Each circle once, on the first day on which it closes, with everybody in it."""
    value, told = roster.value, set[frozenset[str]]()
    for day in _turns(value):
        for index, each in enumerate(value.substitutes):
            if not each.holds_on(day):
                continue
            for seat in _seats(value, each, day):
                names = [contact.address for contact in value.line(seat, day)]
                is_circle = bool(names[1:]) and names[0] == names[-1]
                if not is_circle or frozenset(names) in told:
                    continue
                told.add(frozenset(names))
                circle = " → ".join(names)
                message = f"on {day} substitutes stand in for each other in a circle: {circle}"
                mark = roster.mark("substitutes", index, "by")
                hint = "until it is mended the holder of the post is written to himself"
                yield problem("R111", mark, message, hint)


def _turns(roster: Roster) -> list[date]:
    """The days on which the line of a post can change for the worse: when something begins."""
    held = (contact.since for contacts in roster.seats.values() for contact in contacts)
    begins = {each.since for each in roster.substitutes}
    return sorted(begins | {day for day in held if day})


def _seats(roster: Roster, substitution: Substitution, day: date) -> list[Seat]:
    """The posts that the absent one holds on that day."""
    who = substitution.absent
    if isinstance(who, PostOf):
        return [roster.seat(who.unit, who.post)]
    return [
        seat
        for seat in roster.seats
        if (found := roster.holder(*seat, day)) and found.address.casefold() == who.casefold()
    ]


def _named(who: str | PostOf) -> str:
    return f"{who.post.value} of {quoted(who.unit)}" if isinstance(who, PostOf) else quoted(who)
