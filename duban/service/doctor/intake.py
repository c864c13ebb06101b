"""What the doctor finds about answers by mail: mailbox, keys, mails that wait for a person."""

from collections.abc import Iterator

from duban.errors import DubanError
from duban.feedback.mailbox import MailboxError
from duban.service.doctor.findings import Finding, failure, ok, warning
from duban.service.intake.opening import open_inbox
from duban.settings import MailServer, Settings
from duban.store import received
from duban.store.database import Connection

_MAILBOX, _KEYS, _INBOX = "mailbox", "reply keys", "inbox"
_PATIENCE = 10.0


def mailbox_findings(settings: Settings) -> Iterator[Finding]:
    """Whether answers can be read, and told apart from forged ones; nothing is moved."""
    if settings.imap is None:
        remedy = "set DUBAN_IMAP_URL; until then answers by mail are entered by hand"
        yield warning(_MAILBOX, "none is set", remedy)
        return
    yield _mailbox(settings, settings.imap)
    yield _keys(settings)


def _mailbox(settings: Settings, server: MailServer) -> Finding:
    try:
        box = open_inbox(settings)
        box.seconds = _PATIENCE
        with box:
            return ok(_MAILBOX, f"{server.host}:{server.port} lets {server.user} in")
    except DubanError as error:
        return failure(_MAILBOX, error.message, error.hint or "see docs/reference/settings.md")
    except MailboxError as error:
        remedy = "check DUBAN_IMAP_URL, its password file, DUBAN_TLS_CA_FILE and the network"
        return failure(_MAILBOX, str(error), remedy)


def _keys(settings: Settings) -> Finding:
    try:
        keys = settings.secrets()
    except DubanError as error:
        return failure(_KEYS, error.message, error.hint)
    if not keys:
        remedy = "set DUBAN_SECRET_FILE; until then an answer must quote the Message-ID of our mail"
        return warning(_KEYS, "none: reply addresses bear no mark", remedy)
    if settings.authentication_server is None:
        said = f"{_counted(keys)}; no mail server's word on senders is believed"
        remedy = "set DUBAN_AUTHENTICATION_SERVER as in your server's Authentication-Results"
        return warning(_KEYS, said, remedy)
    return ok(_KEYS, _counted(keys))


def _counted(keys: tuple[str, ...]) -> str:
    return f"{len(keys)} {'key' if len(keys) == 1 else 'keys'}"


def inbox_finding(connection: Connection) -> Finding:
    """Whether mails wait for a person."""
    waiting = sum(received.counts(connection).get(state, 0) for state in received.WAITING)
    if waiting:
        return warning(_INBOX, f"{waiting} mails that came in wait for a person", "duban inbox")
    return ok(_INBOX, "no mail that came in waits for a person")
