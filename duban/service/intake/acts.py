"""What an answer by mail does to the ledger: entries, and its attachments as evidence."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, NamedTuple

from duban.errors import StageConflict
from duban.feedback.parts import Attachment
from duban.service.entries import Saying, enter_in, judged
from duban.service.evidence.file_kinds import FileKind, kind_of, named
from duban.service.evidence.locker import attach_in, shown_name
from duban.service.intake.rules import Step
from duban.service.refusals import refused
from duban.service.workplace import Workplace
from duban.store import documents, planning
from duban.store.database import Connection, Record
from duban.store.documents import Stored, TooLarge
from duban.store.ledger import Occasion
from models.answer import Passage, Statement
from models.entry import EntryKind, Via
from models.life import Refusal
from models.obligation import Stage

_LONGEST = 20_000
"""Characters of an entry's text; the raw mail has the rest."""


class Kept(NamedTuple):
    """An attachment that was stored."""

    stored: Stored
    file_name: str
    media_type: str


class Papers(NamedTuple):
    """The attachments of a mail: those that were stored, and why others were not (Chinese)."""

    kept: tuple[Kept, ...] = ()
    refused: tuple[str, ...] = ()


def store_papers(workplace: Workplace, attachments: Iterable[Attachment], limit: int) -> Papers:
    """Store what may be evidence, by its content whatever it is called.

    Raises:
        OSError: the document store cannot be written.
    """
    kept, unfit = [], []
    for attachment in attachments:
        name = shown_name(attachment.file_name)
        kind = kind_of(BytesIO(attachment.content), name)
        if not isinstance(kind, FileKind):
            unfit.append(f"附件“{name}”{kind.chinese}")
            continue
        try:
            stored = documents.put(workplace.evidence, [attachment.content], limit)
        except TooLarge:
            unfit.append(f"附件“{name}”超过{limit // 1024**2}兆")
            continue
        kept.append(Kept(stored, named(name, kind), kind.media_type))
    return Papers(tuple(kept), tuple(unfit))


def is_minimal(workplace: Workplace, obligation: str) -> bool:
    """Whether the plan of an obligation asks for words and numbers only (防止过度留痕)."""
    plan = workplace.office.plans.get(obligation.partition("/")[0])
    return plan is not None and plan.matrix.minimal_evidence


def enter_steps(
    connection: Connection,
    workplace: Workplace,
    steps: Iterable[Step],
    authors: Mapping[str, str],
    when: Occasion,
    mail: int,
) -> tuple[int, list[str]]:
    """Enter what an answer says; how many statements hold now, and why (Chinese) others do not.

    What is acknowledged already needs no second entry.
    """
    held, troubles = 0, []
    for step in steps:
        row = _item(connection, step.obligation)
        try:
            if not _is_known(row, step):
                saying = saying_of(step.statement)._replace(received=mail)
                spoken = when._replace(by=authors[step.obligation])
                enter_in(connection, workplace, step.obligation, saying, spoken)
            held += 1
        except StageConflict as conflict:
            troubles.append(_trouble(row, conflict))
    return held, troubles


def foreseen_troubles(
    connection: Connection, workplace: Workplace, steps: Iterable[Step], when: Occasion
) -> list[str]:
    """Why some of the steps would be refused; nothing is written."""
    troubles = []
    for step in steps:
        row = _item(connection, step.obligation)
        said = saying_of(step.statement)
        found = judged(workplace, row, said, when)
        if isinstance(found, Refusal) and not _is_known(row, step):
            troubles.append(_trouble(row, refused(row, said.kind, found, None)))
    return troubles


def attach_papers(
    connection: Connection,
    workplace: Workplace,
    papers: Papers,
    named: Iterable[str],
    authors: Mapping[str, str],
    when: Occasion,
    mail: int,
) -> None:
    """Note stored attachments as evidence of each obligation that the answer names."""
    for obligation in named:
        if is_minimal(workplace, obligation):
            continue
        for paper in papers.kept:
            attach_in(
                connection,
                workplace,
                obligation,
                paper.stored,
                paper.file_name,
                paper.media_type,
                when._replace(by=authors[obligation]),
                via=Via.MAIL,
                received=mail,
            )


def saying_of(statement: Statement) -> Saying:
    """A statement as the ledger takes it; what is said of single rows goes into the detail."""
    detail: dict[str, Any] = {}
    if statement.is_nil:
        detail["nil"] = True
    if statement.passages:
        detail["passages"] = [_passage(passage) for passage in statement.passages]
    text = statement.text.strip()
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…（全文见原信）"
    return Saying(statement.kind, text, statement.until, detail, Via.MAIL)


def _passage(passage: Passage) -> dict[str, Any]:
    figures = [figure._asdict() for figure in passage.figures]
    told = {"number": passage.number, "text": passage.text}
    return {**told, **({"figures": figures} if figures else {})}


def _item(connection: Connection, key: str) -> Record:
    row = planning.item(connection, key)
    if row is None:
        raise LookupError(f"the ledger has no obligation {key}")
    return row


def _is_known(row: Record, step: Step) -> bool:
    """Whether this is an acknowledgement of what is acknowledged."""
    is_receipt = step.statement.kind is EntryKind.ACKNOWLEDGED
    return is_receipt and row.stage == Stage.ACKNOWLEDGED.value


def _trouble(row: Record, conflict: StageConflict) -> str:
    return f"“{row.title}”：{conflict.chinese}"
