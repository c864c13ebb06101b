"""What waits for the office among the mails that came in: listed, shown, settled."""

from typing import NamedTuple

from duban.errors import Refused, WrongUsage
from duban.service.workplace import Workplace
from duban.store import desk, documents, received
from duban.store.database import Connection, Record, reading, writing
from duban.store.ledger import Occasion


class ReceivedMail(NamedTuple):
    """A mail that came in, with the entries that it has led to."""

    row: Record
    entries: list[Record]


class Inbox(NamedTuple):
    """The mails that wait for the office, oldest first, and how many stand in each state."""

    mails: list[Record]
    counts: dict[str, int]


def list_received(workplace: Workplace) -> Inbox:
    """The first 500 mails that wait for the office."""
    with reading(workplace.engine) as connection:
        return Inbox(received.waiting(connection), received.counts(connection))


def show_received(workplace: Workplace, number: int) -> ReceivedMail:
    """One mail that came in, whatever its state.

    Raises:
        WrongUsage: there is none of that number.
    """
    with reading(workplace.engine) as connection:
        row = _existing(connection, number)
        return ReceivedMail(row, desk.made_of(connection, number))


def raw_received(workplace: Workplace, number: int) -> bytes:
    """A mail that came in, byte for byte.

    Raises:
        WrongUsage: there is none of that number, or its file is missing.
    """
    content = show_received(workplace, number).row.content
    try:
        return documents.path_of(workplace.evidence, content).read_bytes()
    except FileNotFoundError:
        raise WrongUsage(
            f"the file of received mail {number} is missing", "`duban doctor` lists what is missing"
        ) from None


def settle_received(workplace: Workplace, number: int, text: str, when: Occasion) -> None:
    """Note that the office has dealt with a mail, and how.

    Raises:
        WrongUsage: there is no mail of that number.
        Refused: it does not wait for the office.
    """
    with writing(workplace.engine) as connection:
        row = _existing(connection, number)
        if not received.settle(connection, number, when.by, when.at, text):
            raise Refused(
                f"received mail {number} is {row.state}", "only one that waits can be settled"
            )


def _existing(connection: Connection, number: int) -> Record:
    row = received.get(connection, number)
    if row is None:
        raise WrongUsage(f"there is no received mail {number}", "`duban inbox` lists what waits")
    return row
