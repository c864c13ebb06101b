"""Accounts: made, locked, closed; sessions that end when they must."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from duban.errors import Refused, WrongUsage
from duban.service.access import accounts
from duban.service.access.accounts import (
    FAILURES_ALLOWED,
    LOCKED_FOR,
    SESSION_LASTS,
    UnknownAccount,
)
from duban.store import accounts as store
from duban.store.database import Engine, reading, writing
from duban.store.tables import ACCOUNT, SESSION
from models.account import AccountRole
from tests.builders import instant, ledger_at, ledger_url, office, sentences
from tests.unit.board.office.browsers import CHEAP, PASSWORD

NOW = instant(date(2024, 1, 3))
NAME = "承办甲"


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A ledger with one clerk."""
    with ledger_at(ledger_url(request, tmp_path), office()) as found:
        with writing(found.engine) as connection:
            store.add(connection, NAME, "clerk", CHEAP, NOW)
        yield found.engine


def _sessions(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(SESSION.select()).scalars())


def test_a_session_is_kept_by_the_hash_of_its_cookie_for_twelve_hours(engine: Engine) -> None:
    cookie = accounts.sign_in(engine, NAME, PASSWORD, NOW)
    assert cookie is not None
    assert len(cookie) >= 43
    assert _sessions(engine) == [hashlib.sha256(cookie.encode()).hexdigest()]
    found = accounts.signed_in(engine, cookie, NOW + SESSION_LASTS - timedelta(seconds=1))
    assert found is not None
    assert (found.name, found.role) == (NAME, AccountRole.CLERK)
    assert accounts.signed_in(engine, cookie, NOW + SESSION_LASTS) is None
    assert accounts.signed_in(engine, cookie + "x", NOW) is None


def test_expired_sessions_are_swept_away_by_the_next_one(engine: Engine) -> None:
    accounts.sign_in(engine, NAME, PASSWORD, NOW)
    accounts.sign_in(engine, NAME, PASSWORD, NOW + SESSION_LASTS)
    assert len(_sessions(engine)) == 1


def test_form_tokens_differ_by_session_and_tell_nothing_of_the_cookie(engine: Engine) -> None:
    cookies = [accounts.sign_in(engine, NAME, PASSWORD, NOW) for _ in range(2)]
    found = [accounts.signed_in(engine, cookie or "", NOW) for cookie in cookies]
    tokens = {account.form_token for account in found if account}
    assert len(tokens) == 2
    assert not tokens & set(cookies)


def test_five_wrong_passwords_in_a_row_lock_for_a_quarter_of_an_hour(engine: Engine) -> None:
    for _ in range(FAILURES_ALLOWED):
        assert accounts.sign_in(engine, NAME, "falsch", NOW) is None
    assert accounts.sign_in(engine, NAME, PASSWORD, NOW) is None
    almost = NOW + LOCKED_FOR - timedelta(seconds=1)
    assert accounts.sign_in(engine, NAME, PASSWORD, almost) is None
    assert accounts.sign_in(engine, NAME, PASSWORD, NOW + LOCKED_FOR)


def test_the_right_one_in_between_begins_the_count_anew(engine: Engine) -> None:
    for _ in range(2):
        for _ in range(FAILURES_ALLOWED - 1):
            accounts.sign_in(engine, NAME, "falsch", NOW)
        assert accounts.sign_in(engine, NAME, PASSWORD, NOW)


def test_a_new_password_unlocks_and_signs_out_other_browsers(engine: Engine) -> None:
    here, there = (accounts.sign_in(engine, NAME, PASSWORD, NOW) or "" for _ in range(2))
    for _ in range(FAILURES_ALLOWED):
        accounts.sign_in(engine, NAME, "falsch", NOW)
    accounts.change_password(engine, NAME, "另一句只有本人知道的长话", keeping=here)
    assert accounts.signed_in(engine, here, NOW)
    assert accounts.signed_in(engine, there, NOW) is None
    assert accounts.sign_in(engine, NAME, PASSWORD, NOW) is None
    assert accounts.sign_in(engine, NAME, "另一句只有本人知道的长话", NOW)


def test_a_disabled_account_is_out_at_once_and_can_be_opened_again(engine: Engine) -> None:
    cookie = accounts.sign_in(engine, NAME, PASSWORD, NOW) or ""
    accounts.disable(engine, NAME, NOW)
    assert accounts.signed_in(engine, cookie, NOW) is None
    assert accounts.sign_in(engine, NAME, PASSWORD, NOW) is None
    accounts.enable(engine, NAME)
    assert accounts.signed_in(engine, cookie, NOW) is None
    assert accounts.sign_in(engine, NAME, PASSWORD, NOW)


def test_signing_out_ends_one_session(engine: Engine) -> None:
    here, there = (accounts.sign_in(engine, NAME, PASSWORD, NOW) or "" for _ in range(2))
    accounts.sign_out(engine, here)
    assert accounts.signed_in(engine, here, NOW) is None
    assert accounts.signed_in(engine, there, NOW)


def test_the_password_itself_is_nowhere_in_the_ledger(engine: Engine) -> None:
    with reading(engine) as connection:
        rows = [str(tuple(row)) for row in connection.execute(ACCOUNT.select())]
    assert not [row for row in rows if PASSWORD in row]


@pytest.mark.parametrize(
    ("name", "password"),
    sentences(
        [
            ("no name", "", PASSWORD),
            ("a name of two lines", "甲\n乙", PASSWORD),
            ("a name with a bidi control", "甲\u202e乙", PASSWORD),
            ("a name as long as a sentence", "甲" * 41, PASSWORD),
            ("a short password", "乙", "short"),
            ("a password without end", "乙", "x" * 201),
        ]
    ),
)
def test_what_cannot_be_an_account(engine: Engine, name: str, password: str) -> None:
    with pytest.raises(WrongUsage):
        accounts.add(engine, name, AccountRole.LEADER, password, NOW)
    assert [row.name for row in accounts.listed(engine)] == [NAME]


def test_a_name_is_given_once_and_must_be_known(engine: Engine) -> None:
    with pytest.raises(Refused):
        accounts.add(engine, NAME, AccountRole.LEADER, PASSWORD, NOW)
    with pytest.raises(UnknownAccount, match="duban account list"):
        accounts.disable(engine, "无此人", NOW)
    with pytest.raises(UnknownAccount):
        accounts.change_password(engine, "无此人", PASSWORD)
    assert accounts.sign_in(engine, "无此人", PASSWORD, NOW) is None
