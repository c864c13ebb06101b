"""Opening the place of work: files read, database at the right schema, mail server known."""

from datetime import date

from duban import clock
from duban.errors import InvalidSettings
from duban.loader.office import load_office
from duban.service.deliver import moment_of
from duban.service.workplace import Moment, Workplace
from duban.settings import Settings
from duban.store.database import open_database
from duban.store.migrate import migrate
from notifications.channels.smtp import SmtpChannel, Tls
from notifications.message import Sender

_NAME = "督办通知"


def open_workplace(settings: Settings) -> Workplace:
    """Read the office's files and open its ledger, upgraded if need be.

    Raises:
        InvalidOffice: the files have errors; the ledger is not touched.
    """
    office = load_office(settings.matrices)
    engine = open_database(settings.database_url)
    migrate(engine)
    return Workplace(office, engine)


def open_channel(settings: Settings) -> SmtpChannel | None:
    """A channel to the mail server that is set; None where none is."""
    if settings.smtp is None:
        return None
    return SmtpChannel(
        host=settings.smtp.host,
        port=settings.smtp.port,
        tls=Tls(settings.smtp.tls),
        username=settings.smtp.user,
        password=settings.smtp_password(),
        ca_file=str(settings.tls_ca_file) if settings.tls_ca_file else None,
    )


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
        return Moment(clock.today(timezone), clock.now())
    return moment_of(workplace, as_of, timezone)
