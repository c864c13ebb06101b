"""Who is written to: for each unit its posts, never a post's holder by private address."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, ConfigDict, Field

from models.strict import Address, Day, Identifier, Strict, Text


class Post(StrEnum):
    """The posts a notice can go to; the last two belong to the plan, not to the unit."""

    LIAISON = "liaison"
    OFFICER_IN_CHARGE = "officer_in_charge"
    HEAD = "head"
    COORDINATING_OFFICE = "coordinating_office"
    INSPECTION_OFFICE = "inspection_office"


UNIT_POSTS = (Post.LIAISON, Post.OFFICER_IN_CHARGE, Post.HEAD)
"""The posts that every unit has."""


class Seat(NamedTuple):
    """A post of a unit; of the two offices the unit is whichever the roster names."""

    unit: str
    post: Post


class Contact(Strict):
    """How a post is reached, from when to when (both days included), and its robots' names."""

    address: Address
    name: Text | None = None
    phone: Text | None = None
    since: Day | None = None
    until: Day | None = None
    nudge: tuple[Text, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether this contact is good on that day."""
        return (self.since or day) <= day <= (self.until or day)


def _plain_address(value: object) -> object:
    return {"address": value} if isinstance(value, str) else value


def _listed(value: object) -> object:
    if value is None:
        return []
    return value if isinstance(value, list | tuple) else [value]


PlainContact = Annotated[Contact, BeforeValidator(_plain_address)]
"""A contact, or just its address."""

_OneOrMore = PlainContact | tuple[PlainContact, ...]

Contacts = Annotated[
    tuple[PlainContact, ...],
    BeforeValidator(_listed, json_schema_input_type=_OneOrMore | None),
]
"""Those who hold a post one after the other; in a file also one contact, or just its address."""

OfficeContacts = Annotated[
    tuple[PlainContact, ...],
    Field(min_length=1),
    BeforeValidator(_listed, json_schema_input_type=_OneOrMore),
]
"""The same where there must be one."""


class UnitContacts(Strict):
    """The three posts of one unit: 联络员, 分管领导, 主要负责人."""

    unit: Text
    liaison: Contacts = ()
    officer_in_charge: Contacts = ()
    head: Contacts = ()


class OfficeContact(Strict):
    """An office of the plan itself: the coordinating office or the inspection office (督查室)."""

    unit: Text
    contact: OfficeContacts


class PostOf(Strict):
    """A post of a unit, as a substitution names it."""

    unit: Text
    post: Post


class Substitution(Strict):
    """Somebody stands in for somebody from day to day, both included; it ends by itself.

    Either is named by address (the person, in all his posts) or by post (that post alone).
    """

    model_config = ConfigDict(validate_by_name=False)

    absent: Annotated[Address | PostOf, Field(alias="for")]
    by: Address | PostOf
    since: Day
    until: Day
    because: Text | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.since <= day <= self.until


class Roster(Strict):
    """``matrices/<plan>/roster.yaml``: the plan's two offices and the posts of every unit."""

    plan: Identifier
    note: Text | None = None
    coordinating_office: OfficeContact
    inspection_office: OfficeContact
    contacts: tuple[UnitContacts, ...]
    substitutes: tuple[Substitution, ...] = ()

    @cached_property
    def seats(self) -> dict[Seat, tuple[Contact, ...]]:
        """Every post in the roster with those who hold it, one after the other."""
        offices = {
            Post.COORDINATING_OFFICE: self.coordinating_office,
            Post.INSPECTION_OFFICE: self.inspection_office,
        }
        return {
            Seat(entry.unit, post): getattr(entry, post.value)
            for entry in self.contacts
            for post in UNIT_POSTS
        } | {Seat(office.unit, post): office.contact for post, office in offices.items()}

    def seat(self, unit: str, post: Post) -> Seat:
        """The seat of a post; those of the two offices are the same for every unit."""
        if post is Post.COORDINATING_OFFICE:
            return Seat(self.coordinating_office.unit, post)
        if post is Post.INSPECTION_OFFICE:
            return Seat(self.inspection_office.unit, post)
        return Seat(unit, post)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every address that it holds, those of the two offices included."""
        return frozenset(each.address for held in self.seats.values() for each in held)

    def known(self, address: str) -> bool:
        """Whether an address is or ever was a contact here, capital letters or not."""
        return _folded(address) in self._folded_addresses

    @cached_property
    def _folded_addresses(self) -> frozenset[str]:
        return frozenset(map(_folded, self.addresses))

    def holder(self, unit: str, post: Post, day: date) -> Contact | None:
        """Who holds a post of a unit on a day, present or not; None where nobody is known."""
        held = self.seats.get(self.seat(unit, post), ())
        return next((contact for contact in held if contact.holds_on(day)), None)

    def contact(self, unit: str, post: Post, day: date) -> Contact | None:
        """Who answers for a post of a unit on a day, substitutes included; None if nobody does.

        Where those who stand in for each other come round in a circle, the holder answers himself.
        """
        if not self.substitutes:
            return self.holder(unit, post, day)
        line = self.line(self.seat(unit, post), day)
        if not line:
            return None
        is_circle = line[-1].address in {each.address for each in line[:-1]}
        return line[0] if is_circle else line[-1]

    def line(self, seat: Seat, day: date) -> list[Contact]:
        """The holder of a seat, who stands in for him, who for that one, and so on.

        It ends with the last who has an address on that day, or, where they come round in a
        circle, with the one who was there before.
        """
        line = [found] if (found := self.holder(*seat, day)) else []
        here: Seat | None = seat
        passed: set[Seat | str] = {seat, *(_folded(each.address) for each in line)}
        while substitution := self._substitution(here, found, day):
            by = substitution.by
            here = self.seat(by.unit, by.post) if isinstance(by, PostOf) else None
            found = self.holder(*here, day) if here else self._person(str(by), day)
            step = _folded(found.address) if found else here
            if step is None:
                break
            line += [found] if found else []
            if step in passed:
                break
            passed.add(step)
        return line

    def posts_of(self, address: str, day: date) -> list[tuple[str, Post]]:
        """The unit and post of everything that an address answers for on a day, in file order."""
        wanted = _folded(address)
        return [
            (seat.unit, seat.post)
            for seat in self.seats
            if (found := self.contact(*seat, day)) and _folded(found.address) == wanted
        ]

    def _substitution(
        self, seat: Seat | None, holder: Contact | None, day: date
    ) -> Substitution | None:
        """What is in force on a day for somebody, who is known by his seat or by his address."""
        address = _folded(holder.address) if holder else None
        seats = {seat} if seat else set(self._seats_of(address, day))
        for each in self.substitutes:
            if not each.holds_on(day):
                continue
            who = each.absent
            is_meant = (
                self.seat(who.unit, who.post) in seats
                if isinstance(who, PostOf)
                else _folded(who) == address
            )
            if is_meant:
                return each
        return None

    def _seats_of(self, address: str | None, day: date) -> Iterator[Seat]:
        for seat in self.seats:
            if (found := self.holder(*seat, day)) and _folded(found.address) == address:
                yield seat

    def _person(self, address: str, day: date) -> Contact | None:
        """The contact of that address, as of the day where it holds more than one."""
        wanted = _folded(address)
        own = [
            each for held in self.seats.values() for each in held if _folded(each.address) == wanted
        ]
        return next((each for each in own if each.holds_on(day)), None)


def _folded(address: str) -> str:
    return address.casefold()
