"""Who answers for what a unit owes on a day: the roster and the successions together."""

from datetime import date

from models.roster import UNIT_POSTS, Contact, OfficeContact, Post, Roster
from models.units import Jurisdiction


class Reach:
    """The roster of one plan, read through the successions of its place.

    What a unit owes keeps its name; its letters go to whoever has taken it over by then.
    """

    def __init__(self, roster: Roster, place: Jurisdiction) -> None:
        """Bind a roster to its place."""
        self.roster = roster
        self.place = place

    @property
    def addresses(self) -> frozenset[str]:
        """Every address of the roster."""
        return self.roster.addresses

    @property
    def coordinating_office(self) -> OfficeContact:
        """The office that runs the plan."""
        return self.roster.coordinating_office

    @property
    def inspection_office(self) -> OfficeContact:
        """The inspection office (督查室)."""
        return self.roster.inspection_office

    def known(self, address: str) -> bool:
        """Whether an address is or ever was a contact of the plan."""
        return self.roster.known(address)

    def office(self, day: date) -> Contact:
        """The coordinating office's contact on a day; the last one where none holds any more."""
        found = self.roster.contact("", Post.COORDINATING_OFFICE, day)
        return found or self.coordinating_office.contact[-1]

    def contact(self, unit: str, post: Post, day: date) -> Contact | None:
        """Who answers for a post of a unit on a day; None if nobody does.

        The last successor that has anybody at all answers: one that is not in the roster yet
        leaves the letters where they went before.
        """
        if post not in UNIT_POSTS:
            return self.roster.contact(unit, post, day)
        line = self.place.line(unit, day)
        if len(line) == 1:
            return self.roster.contact(unit, post, day)
        return self.roster.contact(self._peopled(line, day), post, day)

    def posts_of(self, address: str, day: date) -> list[tuple[str, Post]]:
        """The unit and post of everything that an address answers for on a day.

        A unit that has been taken over stands with its old name beside its successor.
        """
        own = self.roster.posts_of(address, day)
        taken_over = {unit for unit in self.place.succeeded if self.place.line(unit, day)[1:]}
        return [pair for pair in own if pair[0] not in taken_over or pair[1] not in UNIT_POSTS] + [
            (unit, post)
            for unit in self.place.succeeded
            if unit in taken_over
            for post in UNIT_POSTS
            if (found := self.contact(unit, post, day))
            and found.address.casefold() == address.casefold()
        ]

    def _peopled(self, line: list[str], day: date) -> str:
        for unit in reversed(line):
            if any(self.roster.contact(unit, post, day) for post in UNIT_POSTS):
                return unit
        return line[-1]
