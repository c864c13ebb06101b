"""A draft as the plan file's own model: rows, obligations, sources and questions."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from duban.importer.dates.phrases import date_phrases
from duban.importer.period import due_rule, plan_period
from duban.importer.questions import Asked, questions
from duban.importer.quote import quote
from models.draft import DatedDuty, Draft, Part, Quantity, Row
from models.matrix import (
    UNDECIDED,
    Duty,
    Implicit,
    Matrix,
    ObligationKind,
    ObligationSpec,
    Question,
    Source,
    Status,
    Target,
)

_LONGEST_TITLE = 300


def as_matrix(draft: Draft, lines: Sequence[str], plan: str, today: date) -> Matrix:
    """The draft as a matrix of the given id; ``lines`` are those of the plan's ``document.txt``.

    What the document does not say and a plan must have is 待定 or, for the period, the year of
    issue (else of ``today``); a question stands beside each.
    """
    head = draft.head
    is_draft = head.is_draft or head.issued_on is None
    numbers = {row.number for row in draft.rows}
    return Matrix(
        id=plan,
        title=head.title[:_LONGEST_TITLE] or UNDECIDED,
        document_number=head.document_number,
        issuer=head.issuer or f"{head.jurisdiction or ''}（未署名）",
        issued_on=head.issued_on,
        period=plan_period(draft, today),
        status=Status.DRAFT if is_draft else Status.ISSUED,
        jurisdiction=head.jurisdiction or UNDECIDED,
        coordinator=head.coordinator or UNDECIDED,
        addressees=head.addressees,
        duties=tuple(_duty(row, lines) for row in draft.rows),
        implicit=_implicit(draft, lines),
        obligations=tuple(_obligation(duty, numbers, lines) for duty in draft.dated),
        questions=tuple(_question(asked) for asked in questions(draft)),
    )


def _duty(row: Row, lines: Sequence[str]) -> Duty:
    units = row.line.units if row.line else ()
    lead = tuple(unit.name for unit in units if unit.part is Part.LEAD)
    names = tuple(unit.name for unit in units)
    is_open = row.line.is_open_ended if row.line else False
    return Duty(
        number=row.number,
        title=_one_line(row.title) or row.number,
        section=_one_line(row.section) or row.number,
        clauses=row.clauses,
        lead=lead,
        joint_lead=len(lead) > 1,
        units=names,
        open_ended=is_open,
        funding=row.funding,
        targets=tuple(_target(each) for each in row.quantities),
        links=row.links,
        source=_row_source(row, lines),
        note=row.note or None,
    )


def _row_source(row: Row, lines: Sequence[str]) -> Source:
    """The words that name the row's units; those of the title where no list does."""
    if row.line is None:
        return _source(row.named, lines, row.title, row.place.line)
    whole = quote(lines, row.line.text, row.place.line)
    first = quote(lines, row.line.text.split(" | ")[0], row.place.line)
    is_found = "".join(whole.text.split()) == "".join(row.line.text.split())
    found = whole if is_found else first
    return Source(place=row.named, line=found.line, text=found.text)


def _source(place: str, lines: Sequence[str], text: str, near: int) -> Source:
    found = quote(lines, text, near)
    return Source(place=place, line=found.line, text=found.text)


def _target(quantity: Quantity) -> Target:
    return Target(
        text=_one_line(quantity.text),
        metric=_one_line(quantity.metric) or _one_line(quantity.text),
        value=quantity.value,
        unit=quantity.unit or "项",
        cmp=quantity.cmp,
        by=quantity.by,
        per=quantity.per,
    )


def _implicit(draft: Draft, lines: Sequence[str]) -> tuple[Implicit, ...]:
    return tuple(
        Implicit(
            units=units,
            duties=numbers,
            because="文件的总括句，所及任务须由办公室确认",
            source=_source(f"第{place.line}行", lines, text, place.line),
        )
        for units, numbers, place, text in draft.implicit
    )


def _obligation(duty: DatedDuty, rows: AbstractSet[str], lines: Sequence[str]) -> ObligationSpec:
    where = "、".join(duty.duties)
    named = f"任务{where}" if where else f"第{duty.place.line}行"
    return ObligationSpec(
        key=duty.key,
        kind=ObligationKind(duty.kind),
        title=_one_line(duty.title)[:_LONGEST_TITLE],
        who=duty.who,
        besides=duty.besides,
        to=duty.to,
        due=due_rule(duty.due),
        duties=tuple(number for number in duty.duties if number in rows),
        external=duty.external,
        feeds=duty.feeds,
        source=_source(named, lines, duty.text, duty.place.line),
        note=None if duty.due else _unspecified(duty.text),
    )


def _unspecified(text: str) -> str | None:
    """What to note of words that name a time and no day, such as 汛前; None if there are none."""
    found = (phrase for phrase in date_phrases(text) if phrase.code == "date-unknown")
    return next((f"文件写“{phrase.text}”，没有写明哪一日" for phrase in found), None)


def _question(asked: Asked) -> Question:
    return Question(about=asked.about, question=asked.question, proposal=asked.proposal or None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
