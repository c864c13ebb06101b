"""Who may see a unit's page: the contact whom the mail was for, while he holds a post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from duban.feedback.tokens import LINK_DAYS, Tokens
from duban.service.words import POSTS
from duban.service.workplace import Workplace
from duban.store import links
from duban.store.database import Record, reading
from models.roster import UNIT_POSTS, Post


class Denial(StrEnum):
    """Why a link opens nothing."""

    FORGED = "forged"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_IN_OFFICE = "not-in-office"


@dataclass(frozen=True)
class Visitor:
    """One contact on one day; ``seats`` are the posts he answers for, by plan and unit."""

    address: str
    seats: Mapping[tuple[str, str], Post]
    on: date

    def answers_for(self, plan: str, unit: str) -> bool:
        """Whether what this unit owes under this plan is his to see and to answer."""
        return (plan, unit) in self.seats

    def named(self, workplace: Workplace, plan: str, unit: str) -> str:
        """Who answers, as the ledger keeps it: 市教育体育局联络员（a@b.example）."""
        reach = workplace.rosters[plan]
        answering = reach.place.answering(unit, self.on)
        return f"{answering}{POSTS[self.seats[plan, unit]]}（{self.address}）"


def admit(
    workplace: Workplace, tokens: Tokens | None, token: str, now: datetime, today: date
) -> Visitor | Denial:
    """Who opens a page with this link on this day, or why nobody may.

    A mail that failed and was sent anew, perhaps to somebody else, has voided its first link.
    """
    found = tokens.read_link(token) if tokens else None
    if found is None:
        return Denial.FORGED
    key, made_on = found
    with reading(workplace.engine) as connection:
        mail = links.mail(connection, key)
        if mail is None:
            return Denial.FORGED
        void_until = links.void_until(connection, mail.recipient)
    if today > made_on + timedelta(days=LINK_DAYS):
        return Denial.EXPIRED
    is_renewed = mail.sent_at is not None and made_on < mail.on
    if is_renewed or (void_until and _is_void(mail, made_on, void_until, now)):
        return Denial.REVOKED
    seats = _seats(workplace, mail.recipient, today)
    return Visitor(mail.recipient, seats, today) if seats else Denial.NOT_IN_OFFICE


def _is_void(mail: Record, made_on: date, void_until: datetime, now: datetime) -> bool:
    """Whether a link was made before its address was struck; in doubt, on that day, it was."""
    struck_on = void_until.astimezone(now.tzinfo).date()
    if mail.sent_at is None or made_on < struck_on:  # the mail may have been sent again since
        return made_on <= struck_on
    return bool(mail.sent_at <= void_until)


def _seats(workplace: Workplace, address: str, today: date) -> dict[tuple[str, str], Post]:
    """The first of a unit's posts that the address answers for, by plan and unit."""
    found: dict[tuple[str, str], Post] = {}
    for plan, reach in workplace.rosters.items():
        for unit, post in reach.posts_of(address, today):
            if post in UNIT_POSTS:
                found.setdefault((plan, unit), post)
    return found
