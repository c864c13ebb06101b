"""The deployment's settings: ``DUBAN_*`` from the environment or a ``.env`` file, read once.

Rules of the office live in YAML, never here. A secret is a file's path here; it is read when it
is used. A password inside a URL is refused, for URLs end up in logs.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from duban.errors import InvalidSettings

_SHORTEST_KEY = 32

Tls = Literal["none", "starttls", "tls"]
_PROTOCOLS: dict[str, dict[str, tuple[int, Tls]]] = {
    "smtp": {
        "smtp": (25, "none"),
        "smtp+starttls": (587, "starttls"),
        "smtps": (465, "tls"),
    },
    "imap": {
        "imap": (143, "none"),
        "imap+starttls": (143, "starttls"),
        "imaps": (993, "tls"),
    },
}


class MailServer(NamedTuple):
    """Where and how a mail server is reached; ``tls`` is ``tls`` from the first byte on."""

    host: str
    port: int
    user: str | None
    tls: Tls


def parse_mail_url(url: str, protocol: Literal["smtp", "imap"]) -> MailServer:
    """``smtps://user@host:465`` and its like as its parts.

    Raises:
        ValueError: the scheme is none of the protocol's, or host or port are wrong.
    """
    schemes = _PROTOCOLS[protocol]
    parts = _split(url)
    if parts.scheme not in schemes:
        raise ValueError(f"it must begin with {', '.join(f'{scheme}://' for scheme in schemes)}")
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"it must look like {parts.scheme}://user@host:port")
    port, tls = schemes[parts.scheme]
    user = unquote(parts.username) if parts.username else None
    return MailServer(parts.hostname, parts.port or port, user, tls)


def _split(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.port == 0:
        raise ValueError("port 0 is no port")
    return parts


def _without_password(url: str) -> str:
    parts = _split(url)
    in_query = any("pass" in key.lower() for key, _ in parse_qsl(parts.query))
    if parts.password is not None or in_query:
        raise ValueError(
            "a password must not stand in a URL; put it into a file and name the file in"
            " DUBAN_SMTP_PASSWORD_FILE or DUBAN_IMAP_PASSWORD_FILE (PostgreSQL: PGPASSFILE)"
        )
    return url


def _smtp_url(url: str) -> str:
    parse_mail_url(_without_password(url), "smtp")
    return url


def _imap_url(url: str) -> str:
    parse_mail_url(_without_password(url), "imap")
    return url


def _web_url(url: str) -> str:
    parts = _split(_without_password(url))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("it must look like https://host")
    return url.rstrip("/")


def _host_and_port(place: str) -> str:
    parts = urlsplit(f"//{place}")
    if not parts.hostname or not parts.port or parts.username or parts.path:
        raise ValueError("it must look like 127.0.0.1:8088")
    return place


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone; write one such as Asia/Shanghai") from None
    return name


MailAddress = Annotated[str, StringConstraints(pattern=r"^[^@\s<>]+@[^@\s<>]+$")]


class Settings(BaseSettings):
    """Everything that differs from one machine to the next; frozen.

    ``Settings.read()`` is how the command line, the flows and the board get theirs.
    """

    model_config = SettingsConfigDict(
        env_prefix="DUBAN_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, AfterValidator(_without_password)] = "sqlite:///var/duban.db"
    matrices: Path = Path("matrices")
    smtp_url: Annotated[str, AfterValidator(_smtp_url)] | None = None
    imap_url: Annotated[str, AfterValidator(_imap_url)] | None = None
    base_url: Annotated[str, AfterValidator(_web_url)] | None = None
    secret_file: Path | None = None
    smtp_password_file: Path | None = None
    imap_password_file: Path | None = None
    tls_ca_file: Path | None = None
    mail_from: MailAddress | None = None
    mailbox: MailAddress | None = None
    reply_tags: bool = True
    authentication_server: str | None = None
    evidence: Path = Path("var/evidence")
    upload_megabytes: Annotated[int, Field(ge=1, le=2000)] = 50
    nudges_file: Path | None = None
    pages: Annotated[str, AfterValidator(_host_and_port)] = "127.0.0.1:8088"
    timezone: Annotated[str, AfterValidator(_known_timezone)] = "Asia/Shanghai"

    @classmethod
    def read(cls) -> "Settings":
        """The settings of this process.

        Raises:
            InvalidSettings: a value cannot be used; the message names its variable, not the value.
        """
        try:
            return cls()
        except ValidationError as error:
            said = [
                f"DUBAN_{str(item['loc'][0]).upper()}: {item['msg'].removeprefix('Value error, ')}"
                for item in error.errors(include_url=False, include_input=False)
            ]
            raise InvalidSettings("; ".join(said), "correct the environment or .env") from None

    @cached_property
    def smtp(self) -> MailServer | None:
        """The mail server that messages go to; None where none is set."""
        return parse_mail_url(self.smtp_url, "smtp") if self.smtp_url else None

    @cached_property
    def imap(self) -> MailServer | None:
        """The mail server that answers are fetched from; None where none is set."""
        return parse_mail_url(self.imap_url, "imap") if self.imap_url else None

    def smtp_password(self) -> str | None:
        """The password from its file, read anew each time; None where no file is named.

        Raises:
            InvalidSettings: the file cannot be read or is empty.
        """
        return _secret("DUBAN_SMTP_PASSWORD_FILE", self.smtp_password_file)

    def imap_password(self) -> str | None:
        """As ``smtp_password``, for the mailbox."""
        return _secret("DUBAN_IMAP_PASSWORD_FILE", self.imap_password_file)

    def secrets(self) -> tuple[str, ...]:
        """The keys with which links and reply addresses are signed, one a line, the newest first.

        Raises:
            InvalidSettings: the file cannot be read, is empty, or holds a key that is too short.
        """
        keys = tuple((_secret("DUBAN_SECRET_FILE", self.secret_file) or "").split())
        if any(len(key) < _SHORTEST_KEY for key in keys):
            raise InvalidSettings(
                f"DUBAN_SECRET_FILE: a key has fewer than {_SHORTEST_KEY} characters",
                "make one with `python -c 'import secrets; print(secrets.token_urlsafe(32))'`",
            )
        return keys

    @property
    def answers_to(self) -> str | None:
        """The address of the mailbox that answers come to: its own, or the one mails are from."""
        return self.mailbox or self.mail_from


def child_environment(changes: Mapping[str, str], without: Iterable[str] = ()) -> dict[str, str]:
    """This process's environment for a child process, with changes, without some variables."""
    left = {name: value for name, value in os.environ.items() if name not in set(without)}
    return left | dict(changes)


def own_variable(name: str) -> str | None:
    """A variable of this process's environment that is another program's; None if empty."""
    return os.environ.get(name) or None


def _secret(variable: str, path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        content = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InvalidSettings(f"{variable}: {path} cannot be read: {reason}") from None
    if not content:
        raise InvalidSettings(f"{variable}: {path} is empty")
    return content
