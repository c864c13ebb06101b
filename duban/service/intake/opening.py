"""Opening the mailbox that answers come to, as the settings name it."""

from datetime import date
from ipaddress import ip_address

from duban.errors import InvalidSettings
from duban.feedback.mailbox import Mailbox
from duban.feedback.tokens import Tokens
from duban.service.intake.mail import MailRoom
from duban.service.intake.run import IntakeSummary, run_intake
from duban.service.opening import moment_for, open_workplace, sender_of
from duban.settings import Settings

_MEGABYTE = 1024 * 1024


def read_mailbox(settings: Settings, as_of: date | None) -> IntakeSummary:
    """One run of the intake with what the settings name; as ``intake.run_intake``.

    Raises:
        InvalidSettings: a setting is missing or cannot be used.
        InvalidOffice: none of the office's files can be used.
    """
    inbox, room = open_inbox(settings), mail_room(settings)
    workplace = open_workplace(settings, sound_plans_only=True)
    try:
        moment = moment_for(workplace, as_of, settings.timezone)
        limit = settings.upload_megabytes * _MEGABYTE
        return run_intake(workplace, room, inbox, moment, limit)
    finally:
        workplace.engine.dispose()


def open_inbox(settings: Settings) -> Mailbox:
    """The mailbox, not connected yet; it is used in a ``with``.

    Raises:
        InvalidSettings: none is set, its password cannot be read, or would cross the network
            unencrypted.
    """
    if settings.imap is None:
        raise InvalidSettings(
            "DUBAN_IMAP_URL is not set", "set it to the mailbox that answers come to"
        )
    server = settings.imap
    if server.user is None:
        raise InvalidSettings(
            "DUBAN_IMAP_URL names no user", f"write it as imaps://user@{server.host}"
        )
    if server.tls == "none" and not _is_loopback(server.host):
        raise InvalidSettings(
            f"DUBAN_IMAP_URL: no password is sent to {server.host} without TLS",
            "write it with imaps:// or imap+starttls://",
        )
    return Mailbox(
        host=server.host,
        port=server.port,
        tls=server.tls,
        user=server.user,
        password=settings.imap_password() or "",
        ca_file=str(settings.tls_ca_file) if settings.tls_ca_file else None,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def mail_room(settings: Settings) -> MailRoom:
    """What answers are held against.

    Raises:
        InvalidSettings: DUBAN_MAIL_FROM is missing, or a key cannot be used.
    """
    sender, keys = sender_of(settings), settings.secrets()
    return MailRoom(
        mailbox=settings.answers_to or sender.address,
        domain=sender.domain,
        tokens=Tokens(keys) if keys else None,
        server=settings.authentication_server,
    )
