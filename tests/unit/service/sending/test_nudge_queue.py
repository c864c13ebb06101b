"""What a nudge may hold: the subject of its mail, and that says nothing of persons."""

import pytest

from notifications.digest import Digest
from notifications.subject import subject
from tests.unit.notifications.samples import samples

PERSON = "张三13900000000"


def _with_persons(digest: Digest) -> Digest:
    """The digest with a person wherever somebody may have written one, or the roster holds one."""
    items = tuple(
        item._replace(
            text=item.text + PERSON,
            remark=item.remark + PERSON,
            plan=item.plan._replace(
                coordinator=item.plan.coordinator + PERSON,
                coordinator_phone=PERSON,
                coordinator_address=PERSON,
            ),
        )
        for item in digest.items
    )
    return digest._replace(
        items=items, salutation=PERSON, address=PERSON, how_to_answer=(PERSON,), key=PERSON
    )


@pytest.mark.parametrize("name", samples())
def test_no_subject_names_a_person(name: str) -> None:
    assert PERSON not in subject(_with_persons(samples()[name]))
