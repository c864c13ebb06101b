"""Opening the place of work: files read, database at the right schema, mail server known."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from duban import clock
from duban.errors import InvalidSettings
from duban.loader.office import load_office, load_sound_plans
from duban.service.deliver import moment_of
from duban.service.workplace import Moment, Workplace
from duban.settings import Settings
from duban.store.database import DatabaseError, open_database
from duban.store.migrate import migrate
from models.office import Office
from notifications.channels.smtp import SmtpChannel, Tls
from notifications.message import Sender

_NAME = "督办通知"


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
        engine = open_database(settings.database_url)
        migrate(engine)
    except (DatabaseError, OSError, ImportError) as error:
        raise InvalidSettings(
            f"DUBAN_DATABASE_URL: the database cannot be used: {first_line(error)}",
            "`duban doctor` says more",
        ) from error
    return Workplace(office, engine)


def first_line(error: Exception) -> str:
    """What an error says, without the advice that follows it on further lines."""
    return (str(getattr(error, "orig", None) or error).splitlines() or [type(error).__name__])[0]


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
    """Who the mails are from.

    Raises:
        InvalidSettings: DUBAN_MAIL_FROM is missing.
    """
    if settings.mail_from is None:
        raise InvalidSettings(
            "DUBAN_MAIL_FROM is not set", "set it to the address that mails are to come from"
        )
    domain = settings.mail_from.rpartition("@")[2]
    return Sender(settings.mail_from, _NAME, f"duban.{domain}", domain)


def moment_for(workplace: Workplace, as_of: date | None, timezone: str) -> Moment:
    """The day a run plans for: the one it was told, at the hour of notices, or today, now."""
    if as_of is None:
        now = clock.now().astimezone(ZoneInfo(timezone))  # read once: midnight may be near
        return Moment(now.date(), now)
    return moment_of(workplace, as_of, timezone)
