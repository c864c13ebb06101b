"""Who is written to: for each unit its posts, never a post's holder by private address."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator

from models.strict import Address, Day, Identifier, Strict, Text


class Post(StrEnum):
    """The posts a notice can go to; the last two belong to the plan, not to the unit."""

    LIAISON = "liaison"
    OFFICER_IN_CHARGE = "officer_in_charge"
    HEAD = "head"
    COORDINATING_OFFICE = "coordinating_office"
    INSPECTION_OFFICE = "inspection_office"


class Contact(Strict):
    """How a post is reached, and from when to when (both days included)."""

    address: Address
    name: Text | None = None
    phone: Text | None = None
    since: Day | None = None
    until: Day | None = None

    def holds_on(self, day: date) -> bool:
        """Whether this contact is good on that day."""
        return (self.since or day) <= day <= (self.until or day)


def _plain_address(value: object) -> object:
    return {"address": value} if isinstance(value, str) else value


PlainContact = Annotated[Contact, BeforeValidator(_plain_address)]
"""A contact, or just its address."""


class UnitContacts(Strict):
    """The three posts of one unit: 联络员, 分管领导, 主要负责人."""

    unit: Text
    liaison: PlainContact | None = None
    officer_in_charge: PlainContact | None = None
    head: PlainContact | None = None


class OfficeContact(Strict):
    """An office of the plan itself: the coordinating office or the inspection office (督查室)."""

    unit: Text
    contact: PlainContact


class Roster(Strict):
    """``matrices/<plan>/roster.yaml``: the plan's two offices and the posts of every unit."""

    plan: Identifier
    note: Text | None = None
    coordinating_office: OfficeContact
    inspection_office: OfficeContact
    contacts: tuple[UnitContacts, ...]

    @cached_property
    def _by_unit(self) -> dict[str, UnitContacts]:
        return {entry.unit: entry for entry in self.contacts}

    @property
    def addresses(self) -> set[str]:
        """Every address that it holds, those of the two offices included."""
        posts = [
            post
            for entry in self.contacts
            for post in (entry.liaison, entry.officer_in_charge, entry.head)
        ]
        posts += [self.coordinating_office.contact, self.inspection_office.contact]
        return {post.address for post in posts if post}

    def contact(self, unit: str, post: Post, day: date) -> Contact | None:
        """Who holds a post of a unit on a day; None where nobody is known."""
        if post is Post.COORDINATING_OFFICE:
            found: Contact | None = self.coordinating_office.contact
        elif post is Post.INSPECTION_OFFICE:
            found = self.inspection_office.contact
        else:
            entry = self._by_unit.get(unit)
            found = getattr(entry, post.value) if entry else None
        return found if found and found.holds_on(day) else None
