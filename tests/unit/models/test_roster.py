"""Who holds a post on a day."""

from datetime import date

import pytest

from models.roster import Contact, Post
from tests.builders import address, roster, sentences

DAY = date(2024, 10, 21)
TIMES = [
    ("without dates always", None, None, True),
    ("from this day on", "2024-10-21", None, True),
    ("not before it begins", "2024-10-22", None, False),
    ("to this day", None, "2024-10-21", True),
    ("not after it ends", None, "2024-10-20", False),
    ("between the two", "2024-10-01", "2024-10-31", True),
]


@pytest.mark.parametrize(("since", "until", "holds"), sentences(TIMES))
def test_a_contact_is_good_from_day_to_day(
    since: str | None, until: str | None, holds: bool
) -> None:
    contact = Contact.model_validate({"address": "a@b.example", "since": since, "until": until})
    assert contact.holds_on(DAY) is holds


def test_each_unit_has_its_own_posts_and_all_share_the_two_offices() -> None:
    found = roster(["甲局", "乙局"])
    for unit in ("甲局", "乙局"):
        for post in (Post.LIAISON, Post.OFFICER_IN_CHARGE, Post.HEAD):
            contact = found.contact(unit, post, DAY)
            assert contact is not None
            assert contact.address == address(unit, post.value)
    offices = {
        (unit, post): found.contact(unit, post, DAY)
        for unit in ("甲局", "nobody")
        for post in (Post.COORDINATING_OFFICE, Post.INSPECTION_OFFICE)
    }
    assert len(set(filter(None, offices.values()))) == 2


def test_an_unknown_unit_and_a_vacant_post_have_no_contact() -> None:
    found = roster(["甲局"], 甲局={"liaison": "a@b.example"})
    assert found.contact("丙局", Post.LIAISON, DAY) is None
    assert found.contact("甲局", Post.HEAD, DAY) is None
