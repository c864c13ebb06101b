"""The office's accounts: made and closed by the administrator, signed in with a password."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from duban.errors import Refused, WrongUsage
from duban.service.access import passwords
from duban.store import accounts
from duban.store.database import Connection, Engine, Record, reading, writing
from models.account import AccountRole
from notifications.wording import clean

ROLE_WORDS = {
    AccountRole.CLERK: "承办人",
    AccountRole.REVIEWER: "审核人",
    AccountRole.LEADER: "领导",
    AccountRole.ADMINISTRATOR: "管理员",
}

SESSION_LASTS = timedelta(hours=12)
LOCKED_FOR = timedelta(minutes=15)
FAILURES_ALLOWED = 5
_LONGEST_NAME = 40
_COOKIE_BYTES = 32


class UnknownAccount(WrongUsage):
    """There is no account of that name."""


class Account(NamedTuple):
    """Somebody of the office, as signed in; the cookie is the session's secret."""

    name: str
    role: AccountRole
    cookie: str

    @property
    def form_token(self) -> str:
        """What every form of this session carries; nobody without the cookie can make it."""
        return hmac.new(self.cookie.encode(), b"duban office form", hashlib.sha256).hexdigest()


def add(engine: Engine, name: str, role: AccountRole, password: str, at: datetime) -> None:
    """Make an account.

    Raises:
        WrongUsage: the name or the password cannot be used.
        Refused: the name is taken.
    """
    if clean(name) != name or not name or len(name) > _LONGEST_NAME:
        raise WrongUsage(
            "an account's name is one line of 1 to 40 characters", "use the person's name at work"
        )
    kept = _kept(password)
    with writing(engine) as connection:
        if not accounts.add(connection, name, role.value, kept, at):
            raise Refused(f'there is an account "{name}" already', "give it a new password instead")


def change_password(engine: Engine, name: str, password: str, keeping: str | None = None) -> None:
    """Give an account a new password, unlock it, and sign it out, but for the browser ``keeping``.

    Raises:
        WrongUsage: the password cannot be used.
        UnknownAccount: there is none of that name.
    """
    kept = _kept(password)
    with writing(engine) as connection:
        _change(connection, name, password=kept, failures=0, locked_until=None)
        accounts.close_sessions(connection, name, _token(keeping) if keeping else None)


def disable(engine: Engine, name: str, at: datetime) -> None:
    """Close an account and sign it out; what it did stays on record.

    Raises:
        UnknownAccount: there is none of that name.
    """
    with writing(engine) as connection:
        _change(connection, name, disabled_at=at)
        accounts.close_sessions(connection, name)


def enable(engine: Engine, name: str) -> None:
    """Open a disabled account again.

    Raises:
        UnknownAccount: there is none of that name.
    """
    with writing(engine) as connection:
        _change(connection, name, disabled_at=None, failures=0, locked_until=None)


def listed(engine: Engine) -> list[Record]:
    """Every account, by name."""
    with reading(engine) as connection:
        return accounts.accounts(connection)


def sign_in(engine: Engine, name: str, password: str, at: datetime) -> str | None:
    """A new session's cookie; None for a wrong name or password, a locked or disabled account.

    The caller learns no more, and it takes as long either way.
    """
    with reading(engine) as connection:
        found = accounts.account(connection, name)
    is_right = passwords.is_right(password, found.password if found else None)
    if found is None:
        return None
    with writing(engine) as connection:  # others may have tried meanwhile
        present = accounts.account(connection, name)
        if present is None or _is_closed(present, at) or present.password != found.password:
            return None
        if not is_right:
            _count_failure(connection, name, at)
            return None
        accounts.change(connection, name, failures=0, locked_until=None)
        cookie = secrets.token_urlsafe(_COOKIE_BYTES)
        accounts.open_session(connection, _token(cookie), name, at, at + SESSION_LASTS)
        return cookie


def signed_in(engine: Engine, cookie: str, at: datetime) -> Account | None:
    """Who is signed in with this cookie; None where nobody is any more."""
    with reading(engine) as connection:
        found = accounts.signed_in(connection, _token(cookie), at)
    return Account(found.name, AccountRole(found.role), cookie) if found else None


def is_password(engine: Engine, name: str, password: str) -> bool:
    """Whether this is the present password of somebody who is signed in."""
    with reading(engine) as connection:
        found = accounts.account(connection, name)
    return passwords.is_right(password, found.password if found else None)


def sign_out(engine: Engine, cookie: str) -> None:
    """End one session."""
    with writing(engine) as connection:
        accounts.close_session(connection, _token(cookie))


def _kept(password: str) -> str:
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        raise WrongUsage(
            f"a password has {passwords.SHORTEST} to {passwords.LONGEST} characters",
            "a sentence is easy to remember",
        )
    return passwords.hashed(password)


def _change(connection: Connection, name: str, **values: object) -> None:
    if not accounts.change(connection, name, **values):
        raise UnknownAccount(f'there is no account "{name}"', "`duban account list` lists them")


def _is_closed(account: Record, at: datetime) -> bool:
    is_locked = account.locked_until is not None and account.locked_until > at
    return is_locked or account.disabled_at is not None


def _count_failure(connection: Connection, name: str, at: datetime) -> None:
    if accounts.count_failure(connection, name) >= FAILURES_ALLOWED:
        accounts.change(connection, name, failures=0, locked_until=at + LOCKED_FOR)


def _token(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()
