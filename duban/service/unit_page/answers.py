"""What a unit says on its page: words and files in one transaction, each form once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from duban.errors import Refused, UnknownObligation
from duban.service.access.visitors import Visitor
from duban.service.entries import Entered, Saying, enter_in
from duban.service.evidence.locker import attach_in, pair_in
from duban.service.workplace import Workplace
from duban.store import documents, planning
from duban.store.database import Connection, Record, writing
from duban.store.documents import Draft, Stored
from duban.store.forms import use_number
from duban.store.ledger import Occasion
from models.entry import EntryKind, Via


class Handed(NamedTuple):
    """A file that was handed in, written down and not yet kept; what it shows and when that was.

    ``part`` is ``scan`` or ``original`` of the two files that are a pair, otherwise empty.
    """

    draft: Draft
    file_name: str
    media_type: str
    event_on: date | None = None
    note: str = ""
    part: str = ""


class Answer(NamedTuple):
    """A form as it was filled in: its number, its obligation, what is said, what is handed in.

    With no ``saying`` the files alone are taken.
    """

    number: str
    obligation: str
    saying: Saying | None
    files: tuple[Handed, ...] = ()


class Outcome(NamedTuple):
    """What came of a form; ``is_repeated``: it was posted before, and nothing was done now."""

    entered: tuple[Entered, ...] = ()
    evidence: tuple[int, ...] = ()
    is_repeated: bool = False


def answer(workplace: Workplace, visitor: Visitor, form: Answer, now: datetime) -> Outcome:
    """Enter what a form says and keep what it brings, all of it or nothing.

    Raises:
        UnknownObligation: there is none of that id, or it is not the visitor's.
        StageConflict: the rules do not allow it; ChangedMeanwhile among them.
        Refused: files for a plan that asks for none.
    """
    with writing(workplace.engine) as connection:
        if not use_number(connection, form.number, now):
            return Outcome(is_repeated=True)
        row = _own(connection, visitor, form.obligation)
        if form.files and workplace.plan(row.plan_id).matrix.minimal_evidence:
            raise Refused(f"{row.plan_id} asks for no evidence", "answer in words")
        when = Occasion(visitor.on, now, visitor.named(workplace, row.plan_id, row.unit))
        said = [form.saying] if form.saying else []
        entered = tuple(enter_in(connection, workplace, row.id, one, when) for one in said)
        return Outcome(entered, _attach(connection, workplace, row.id, form.files, when))


def acknowledge(
    workplace: Workplace,
    visitor: Visitor,
    number: str,
    assignments: Sequence[tuple[str, int | None]],
    now: datetime,
) -> Outcome:
    """Acknowledge assignments (id, last entry seen), all of them or none; errors as ``answer``."""
    with writing(workplace.engine) as connection:
        if not use_number(connection, number, now):
            return Outcome(is_repeated=True)
        entered = []
        for key, seen in assignments:
            row = _own(connection, visitor, key)
            when = Occasion(visitor.on, now, visitor.named(workplace, row.plan_id, row.unit))
            saying = Saying(EntryKind.ACKNOWLEDGED, via=Via.PAGE, seen=seen)
            entered.append(enter_in(connection, workplace, row.id, saying, when))
        return Outcome(tuple(entered))


def _own(connection: Connection, visitor: Visitor, key: str) -> Record:
    row = planning.item(connection, key)
    if row is None or not visitor.answers_for(row.plan_id, row.unit):
        raise UnknownObligation(f'the visitor has no obligation "{key}"')
    return row


def _attach(
    connection: Connection,
    workplace: Workplace,
    key: str,
    files: Iterable[Handed],
    when: Occasion,
) -> tuple[int, ...]:
    numbers: dict[str, int] = {}
    found = []
    for file in files:
        number = attach_in(
            connection,
            workplace,
            key,
            Stored(file.draft.content, file.draft.size),
            file.file_name,
            file.media_type,
            when,
            via=Via.PAGE,
            event_on=file.event_on,
            note=file.note,
        )
        documents.keep(workplace.evidence, file.draft)
        found.append(number)
        numbers[file.part] = number
    if "scan" in numbers and "original" in numbers and numbers["scan"] != numbers["original"]:
        pair_in(connection, numbers["scan"], numbers["original"])
    return tuple(dict.fromkeys(found))
