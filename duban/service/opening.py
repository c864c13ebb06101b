"""Opening the place of work: files read, database at the right schema, mail server known."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from duban import clock
from duban.errors import InvalidOffice, InvalidSettings
from duban.feedback.tokens import LINK_DAYS, Tokens
from duban.loader.nudge_file import read_robots
from duban.loader.office import load_office, load_sound_plans
from duban.service.sending.deliver import moment_of
from duban.service.workplace import Moment, Workplace
from duban.settings import Settings
from duban.store.database import DatabaseError, Engine, open_database
from duban.store.migrate import migrate
from models.office import Office
from notifications.channels.smtp import SmtpChannel, Tls
from notifications.digest import Link
from notifications.message import Sender

_NAME = "督办通知"

_LONGEST_NAME = 23
"""Before the @ stand at most 64 characters (RFC 5321): a name, a plus sign and a tag of 40."""


def open_workplace(settings: Settings, *, sound_plans_only: bool = False) -> Workplace:
    """Read the office's files and open its ledger, upgraded if need be.

    With ``sound_plans_only`` a plan whose own files have errors is left out instead of stopping
    everything: so a run goes on for the others, and names it.

    Raises:
        InvalidOffice: the files have errors; the ledger is not touched.
        InvalidSettings: the database cannot be used.
    """
    load = load_sound_plans if sound_plans_only else load_office
    office = _office(load, settings.matrices, _stamps(settings.matrices))
    try:
        engine = _engine(settings.database_url)
        migrate(engine)
    except (DatabaseError, OSError, ImportError) as error:
        raise InvalidSettings(
            f"DUBAN_DATABASE_URL: the database cannot be used: {first_line(error)}",
            "`duban doctor` says more",
        ) from error
    return Workplace(office, engine, settings.evidence, read_robots(settings.nudges_file))


def with_present_files(workplace: Workplace, settings: Settings) -> Workplace:
    """The same place with the office's files as they are now, for who stays open for long.

    While somebody is in the middle of editing and nothing can be read, it stays as it was.
    """
    try:
        office = _office(load_sound_plans, settings.matrices, _stamps(settings.matrices))
    except (InvalidOffice, OSError):
        return workplace
    return workplace if office is workplace.office else replace(workplace, office=office)


def first_line(error: Exception) -> str:
    """What an error says, without the advice that follows it on further lines."""
    return (str(getattr(error, "orig", None) or error).splitlines() or [type(error).__name__])[0]


@lru_cache(maxsize=1)
def _engine(url: str) -> Engine:
    """The ledger's engine, which keeps its statements compiled from one run to the next."""
    return open_database(url)


@lru_cache(maxsize=1)
def _office(
    load: Callable[[Path], Office], folder: Path, _stamps: tuple[tuple[str, int, int], ...]
) -> Office:
    """The office's files, read anew when one of them is not as it was."""
    return load(folder)


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    found = ((str(path), path.stat()) for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


def open_channel(settings: Settings) -> SmtpChannel | None:
    """A channel to the mail server that is set; None where none is.

    Raises:
        InvalidSettings: the password cannot be read, or would cross the network unencrypted.
    """
    if settings.smtp is None:
        return None
    try:
        return SmtpChannel(
            host=settings.smtp.host,
            port=settings.smtp.port,
            tls=Tls(settings.smtp.tls),
            username=settings.smtp.user,
            password=settings.smtp_password(),
            ca_file=str(settings.tls_ca_file) if settings.tls_ca_file else None,
        )
    except ValueError as error:
        raise InvalidSettings(f"DUBAN_SMTP_URL: {error}") from None


def sender_of(settings: Settings) -> Sender:
    """Who the mails are from, and the ways back that the settings open.

    Raises:
        InvalidSettings: DUBAN_MAIL_FROM is missing, a key of DUBAN_SECRET_FILE cannot be used, or
            the mailbox has no room for a tag in its name.
    """
    if settings.mail_from is None:
        raise InvalidSettings(
            "DUBAN_MAIL_FROM is not set", "set it to the address that mails are to come from"
        )
    domain = settings.mail_from.rpartition("@")[2]
    sender = Sender(settings.mail_from, _NAME, f"duban.{domain}", domain)
    keys = settings.secrets()
    if not keys:
        return sender
    tokens = Tokens(keys)
    return _answered(sender._replace(page=_pages(tokens, settings.base_url)), tokens, settings)


def _pages(tokens: Tokens, base_url: str | None) -> Callable[[str, date], Link] | None:
    """The link to a reader's page; None where no pages are served."""
    if base_url is None:
        return None
    return lambda key, on: Link(
        f"{base_url}/u/{tokens.link(key, on)}", on + timedelta(days=LINK_DAYS)
    )


def _answered(sender: Sender, tokens: Tokens, settings: Settings) -> Sender:
    """The sender with the addresses for answers and bounces, if a mailbox is read.

    Without tags bounces go to the sender, for many servers take no other address from a client.
    """
    mailbox = settings.answers_to
    if settings.imap is None or mailbox is None:
        return sender
    if not settings.reply_tags:
        return sender._replace(reply_to=lambda _key, _address, _items: mailbox)
    name, _, domain = mailbox.rpartition("@")
    if len(name) > _LONGEST_NAME:
        raise InvalidSettings(
            f"the mailbox {mailbox} has no room for a tag: {len(name)} characters before the @",
            f"set DUBAN_MAILBOX to one with at most {_LONGEST_NAME}, or DUBAN_REPLY_TAGS=false",
        )

    def tagged(key: str, address: str, items: Sequence[str]) -> str:
        return f"{name}+{tokens.tag(key, address, items)}@{domain}"

    return sender._replace(reply_to=tagged, bounces_to=tagged)


def moment_for(workplace: Workplace, as_of: date | None, timezone: str) -> Moment:
    """The day a run plans for: the one it was told, at the hour of notices, or today, now."""
    if as_of is None:
        now = clock.now().astimezone(ZoneInfo(timezone))  # read once: midnight may be near
        return Moment(now.date(), now)
    return moment_of(workplace, as_of, timezone)
