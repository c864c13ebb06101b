"""Evidence (佐证材料): documents that a unit or the office hands in for an obligation."""

import unicodedata
from datetime import date
from pathlib import PurePosixPath
from typing import BinaryIO

from duban.errors import Refused, UnknownObligation, WrongUsage
from duban.service.evidence import file_kinds
from duban.service.evidence.file_kinds import Unfit
from duban.service.workplace import Workplace
from duban.store import documents, evidence, planning
from duban.store.database import Connection, Record, reading, writing
from duban.store.documents import Stored
from duban.store.ledger import Occasion
from models.entry import Via
from notifications.wording import clean

_LONGEST_NAME = 255
_NOTE = 500
_NAMELESS = "未命名"


def attach_in(  # noqa: PLR0913 - each says another thing of one file
    connection: Connection,
    workplace: Workplace,
    obligation: str,
    stored: Stored,
    file_name: str,
    media_type: str,
    when: Occasion,
    *,
    via: Via,
    event_on: date | None = None,
    note: str = "",
    received: int | None = None,
) -> int:
    """Note a stored document as evidence of an obligation; its number.

    The same content twice for one obligation is one piece: what was said of it first stands.
    ``event_on`` is the day of what it shows, apart from the day on which it is handed in.

    Raises:
        UnknownObligation: there is none of that id.
    """
    if planning.item(connection, obligation) is None:
        raise UnknownObligation(f'the ledger has no obligation "{obligation}"', "`duban ledger`")
    evidence.add_document(connection, stored, media_type, when.at)
    values = {
        "obligation_id": obligation,
        "content": stored.content,
        "file_name": shown_name(file_name),
        "event_on": event_on,
        "on": when.on,
        "at": when.at,
        "by": when.by,
        "via": via.value,
        "note": clean(note)[:_NOTE],
        "received_id": received,
    }
    return evidence.add(connection, values)


def pair_in(connection: Connection, one: int, other: int) -> None:
    """Say that two pieces are the stamped scan and the editable original of one document.

    Raises:
        WrongUsage: one of them does not exist, or they are of two obligations, or the same.
    """
    first, second = existing(connection, one), existing(connection, other)
    if one == other or first.obligation_id != second.obligation_id:
        raise WrongUsage(
            f"evidence {one} and {other} cannot be a pair",
            "a pair is a scan and an original of one obligation",
        )
    for number, mate in ((first.pair, None), (second.pair, None), (one, other), (other, one)):
        if number is not None:
            evidence.set_pair(connection, number, mate)


def pair(workplace: Workplace, one: int, other: int) -> list[Record]:
    """The same in a transaction of its own; both as they are then."""
    with writing(workplace.engine) as connection:
        pair_in(connection, one, other)
        return [existing(connection, one), existing(connection, other)]


def hand_in(  # noqa: PLR0913 - as attach_in
    workplace: Workplace,
    obligation: str,
    file: BinaryIO,
    file_name: str,
    when: Occasion,
    event_on: date | None,
    note: str,
    *,
    limit: int,
) -> Record:
    """Take a file as evidence on behalf of a unit, by command.

    Raises:
        Refused: it is of no kind that is taken, or has more bytes than the limit.
        WrongUsage: the day it shows lies ahead.
        UnknownObligation: there is none of that id.
    """
    if event_on is not None and event_on > when.on:
        raise WrongUsage(f"{event_on} lies ahead", "--event-on is the day of what the file shows")
    kind = file_kinds.kind_of(file, file_name)
    if isinstance(kind, Unfit):
        raise Refused(f'"{shown_name(file_name)}" is not taken: {kind.english}')
    try:
        draft = documents.write_down(workplace.evidence, documents.chunks_of(file), limit)
    except documents.TooLarge:
        raise Refused(
            f"the file has more than {limit >> 20} MB", "DUBAN_UPLOAD_MEGABYTES sets the limit"
        ) from None
    try:
        with writing(workplace.engine) as connection:
            number = attach_in(
                connection,
                workplace,
                obligation,
                Stored(draft.content, draft.size),
                file_kinds.named(file_name, kind),
                kind.media_type,
                when,
                via=Via.COMMAND,
                event_on=event_on,
                note=note,
            )
            documents.keep(workplace.evidence, draft)
            return existing(connection, number)
    finally:
        documents.discard(draft)


def fetch(workplace: Workplace, number: int) -> Record:
    """One piece of evidence, in a transaction of its own; errors as ``existing``."""
    with reading(workplace.engine) as connection:
        return existing(connection, number)


def existing(connection: Connection, number: int) -> Record:
    """One piece of evidence.

    Raises:
        WrongUsage: there is none of that number.
    """
    row = evidence.one(connection, number)
    if row is None:
        raise WrongUsage(f"there is no evidence {number}", "`duban evidence list` lists it")
    return row


def list_evidence(workplace: Workplace, name: str) -> list[Record]:
    """The evidence of an obligation, or of a whole plan.

    Raises:
        UnknownObligation: it is the name of neither.
    """
    with reading(workplace.engine) as connection:
        if name in workplace.office.plans:
            return evidence.of_plan(connection, name)
        if planning.assignment_of(connection, name):
            return evidence.of_obligations(connection, [name])
    raise UnknownObligation(
        f'there is no obligation or plan "{name}"', "`duban ledger --ids` lists them"
    )


def open_content(workplace: Workplace, row: Record) -> BinaryIO:
    """What a piece of evidence holds, for reading; the caller closes it.

    Raises:
        WrongUsage: the file is not where it was put.
    """
    try:
        return documents.path_of(workplace.evidence, row.content).open("rb")
    except FileNotFoundError:
        raise WrongUsage(
            f"the file of evidence {row.id} is missing", "`duban doctor` lists what is; restore it"
        ) from None


def shown_name(name: str) -> str:
    """A file's name as it is shown: no folder, no control or bidi character, at most 255 bytes.

    Nothing on this machine ever bears it; the ending survives the cut.
    """
    plain = clean(unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2]))
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Co", "Cn", "Cs"))
    plain = plain.strip(" .") or _NAMELESS
    ending = PurePosixPath(plain).suffix[:20]
    stem = plain.removesuffix(ending) if ending else plain
    room = _LONGEST_NAME - len(ending.encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + ending
