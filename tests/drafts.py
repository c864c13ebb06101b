"""Drafts as an importer makes them, taken from the reviewed matrices and from made-up lines."""

from datetime import date
from pathlib import Path

from duban.loader.read import read_file
from models.document import Document, Paragraph, Place
from models.draft import (
    DatedDuty,
    Doubt,
    Draft,
    Head,
    How,
    Part,
    Quantity,
    ReadUnit,
    ResponsibilityLine,
    Row,
)
from models.matrix import Duty, Matrix, ObligationSpec
from models.problem import Problem

MATRICES = Path(__file__).parents[1] / "matrices"


def document_of(text: str) -> Document:
    """A document of plain paragraphs."""
    lines = tuple(text.split("\n"))
    blocks = tuple(
        Paragraph(line, Place(number, number)) for number, line in enumerate(lines, 1) if line
    )
    return Document("text", blocks, lines)


def shipped(plan: str) -> tuple[Draft, Document]:
    """A shipped plan as the draft that an importer would have made of its document."""
    problems: list[Problem] = []
    loaded = read_file(Matrix, MATRICES / plan / "plan.yaml", problems)
    assert loaded is not None, problems
    document = document_of((MATRICES / plan / "document.txt").read_text(encoding="utf-8"))
    return draft_of(loaded.value), document


def draft_of(matrix: Matrix) -> Draft:
    """A matrix as a draft; its open questions are the doubts."""
    head = Head(
        matrix.title,
        matrix.document_number,
        matrix.issuer,
        matrix.issued_on,
        (matrix.period.first, matrix.period.last),
        matrix.issued_on is None,
        matrix.jurisdiction,
        matrix.coordinator,
        matrix.addressees,
    )
    doubts = tuple(
        Doubt("open", each.question, each.proposal, about=each.about) for each in matrix.questions
    )
    rows = tuple(_row(duty) for duty in matrix.duties)
    dated = tuple(_dated(each) for each in matrix.obligations)
    return Draft(head, rows, dated, (), ("各镇街",), doubts)


def line_of(text: str, *units: ReadUnit, is_declared: bool = False) -> ResponsibilityLine:
    """A compiled responsibility line."""
    return ResponsibilityLine(text, units, False, is_declared, ())


def unit_in(
    text: str,
    written: str,
    name: str = "",
    how: How = How.WRITTEN,
    part: Part = Part.RESPONSIBLE,
    *,
    is_doubtful: bool = False,
) -> ReadUnit:
    """A unit that stands in a line as ``written``."""
    begin = max(text.find(written), 0)
    because = "" if how is How.WRITTEN else f"“{written}”读作“{name}”"
    return ReadUnit(
        name or written, written, how, part, begin, begin + len(written), because, is_doubtful
    )


def _row(duty: Duty) -> Row:
    text = duty.source.text
    units = []
    for name in duty.units:
        written = name if name in text else name[1:]
        how = How.WRITTEN if written == name else How.PREFIX_INHERITED
        part = Part.LEAD if name in duty.lead else Part.RESPONSIBLE
        units.append(unit_in(text, written if written in text else text[:1], name, how, part))
    quantities = tuple(
        Quantity(each.text, each.metric, each.value, each.unit, each.cmp, each.by, each.per)
        for each in duty.targets
    )
    line = ResponsibilityLine(text, tuple(units), duty.open_ended, bool(duty.lead), ())
    place = Place(duty.source.line)
    return Row(
        duty.number,
        duty.title,
        duty.section,
        duty.clauses,
        line if units else None,
        duty.funding,
        quantities,
        place,
        duty.source.place,
        duty.links,
    )


def _dated(each: ObligationSpec) -> DatedDuty:
    due = each.due.model_dump() if each.due else None
    return DatedDuty(
        each.key,
        each.kind,
        each.title,
        each.who,
        each.to,
        {key: _plain(value) for key, value in due.items()} if due else None,
        each.external,
        each.source.text,
        Place(each.source.line),
        each.besides,
        each.feeds,
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
