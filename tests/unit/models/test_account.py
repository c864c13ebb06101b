"""Who in the office may do what: the table, row by row."""

import pytest

from models.account import NEEDS, RIGHTS, AccountRole, Right
from models.entry import BY_OFFICE, BY_UNIT, EntryKind
from tests.builders import sentences

TABLE = [
    ("a clerk enters, settles mails and re-routes", "clerk", "read register settle reassign"),
    ("a reviewer decides besides", "reviewer", "read register settle reassign decide"),
    ("a leader reads", "leader", "read"),
    ("an administrator reads, and keeps accounts and links", "administrator",
     "read revoke administer"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "rights"), sentences(TABLE))
def test_each_role_has_its_rights_and_no_others(role: str, rights: str) -> None:
    assert RIGHTS[AccountRole(role)] == {Right(word) for word in rights.split()}


def test_every_role_is_in_the_table() -> None:
    assert {row[1] for row in TABLE} == set(AccountRole) == set(RIGHTS)


def test_every_entry_of_a_person_needs_a_right() -> None:
    assert set(NEEDS) == {*BY_UNIT, *BY_OFFICE}
    assert {NEEDS[kind] for kind in BY_UNIT} == {Right.REGISTER}
    decisions = set(BY_OFFICE) - {EntryKind.REASSIGNED}
    assert {NEEDS[kind] for kind in decisions} == {Right.DECIDE}
    assert NEEDS[EntryKind.REASSIGNED] is Right.REASSIGN
