"""What the page shows of each row, dated obligation and question."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from duban.importer.questions import Asked
from duban.importer.review import words
from duban.importer.review.spans import unit_id
from models.document import Place
from models.draft import DatedDuty, Draft, How, Part, ReadUnit, Row


class Link(NamedTuple):
    """A word that leads to a place on the page."""

    text: str
    href: str


class Chip(NamedTuple):
    """A unit of a row; ``back`` is the id of its place in the document, if it was found there."""

    id: str
    name: str
    written: str
    sign: str
    part: str
    how: str
    because: str
    is_plain: bool
    is_doubtful: bool
    back: str


class Said(NamedTuple):
    """A quantity or a fund: the document's words, how they were understood."""

    id: str
    text: str
    reading: str
    back: str


class Question(NamedTuple):
    """A numbered question: its words, its proposal, what it is about, where it comes from."""

    number: int
    code: str
    message: str
    suggestion: str
    about: Link | None
    place: Link | None


class RowView(NamedTuple):
    """A row as the page shows it; one that ``needs_a_look`` stands open."""

    id: str
    number: str
    title: str
    section: str
    named: str
    back: str
    units: tuple[Chip, ...]
    lead: str
    lead_basis: str
    is_lead_declared: bool
    is_open_ended: bool
    rest: tuple[str, ...]
    clauses: tuple[str, ...]
    quantities: tuple[Said, ...]
    funding: tuple[Said, ...]
    links: tuple[Link, ...]
    questions: tuple[int, ...]
    needs_a_look: bool


class DatedView(NamedTuple):
    """A dated obligation as the page shows it."""

    id: str
    kind: str
    title: str
    who: str
    to: str
    due: str
    has_due: bool
    is_external: bool
    text: str
    back: str
    questions: tuple[int, ...]


def is_doubtful(unit: ReadUnit) -> bool:
    """Whether a unit's name needs a look."""
    return unit.is_doubtful or unit.how is How.CORRECTED


def numbered(draft: Draft, asked: Iterable[Asked]) -> list[Question]:
    """The questions under the numbers that plan.yaml gives them, those about units first."""
    anchors = _anchors(draft)
    units = (unit for row in draft.rows if row.line for unit in row.line.units)
    names = {name for unit in units if is_doubtful(unit) for name in (unit.name, unit.written)}
    found = [_question(number, each, anchors) for number, each in enumerate(asked, 1)]
    return sorted(found, key=lambda each: not any(name in each.message for name in names))


def rows(draft: Draft, asked: Sequence[Question], placed: frozenset[str]) -> list[RowView]:
    """The rows; ``placed`` are the ids of the places that were found in the document."""
    ids = {row.number: f"r{at}" for at, row in enumerate(draft.rows, 1)}
    return [_row(row, at, asked, ids, placed) for at, row in enumerate(draft.rows, 1)]


def dated(draft: Draft, asked: Sequence[Question], placed: frozenset[str]) -> list[DatedView]:
    """The dated obligations."""
    return [_dated(duty, at, asked, placed) for at, duty in enumerate(draft.dated, 1)]


def place_words(place: Place) -> str:
    """A place as a person names it: ``第 12 行``, with page or cell where the format has them."""
    said = f"第 {place.line} 行"
    if place.page:
        said = f"第 {place.page} 页，{said}"
    if place.table and place.row and place.column:
        said += f"（表 {place.table} 第 {place.row} 行第 {place.column} 列）"
    return said


def _anchors(draft: Draft) -> dict[str, str]:
    found = {row.number: f"r{at}" for at, row in enumerate(draft.rows, 1)}
    return {duty.key: f"t{at}" for at, duty in enumerate(draft.dated, 1)} | found


def _question(number: int, asked: Asked, anchors: dict[str, str]) -> Question:
    about = Link(asked.about, anchors[asked.about]) if asked.about in anchors else None
    place = Link(f"第 {asked.line} 行", f"L{asked.line}") if asked.line else None
    return Question(number, asked.code, asked.question, asked.proposal or "", about, place)


def _about(asked: Iterable[Question], anchor: str) -> tuple[int, ...]:
    return tuple(each.number for each in asked if each.about and each.about.href == anchor)


def _row(
    row: Row, at: int, asked: Sequence[Question], ids: dict[str, str], placed: frozenset[str]
) -> RowView:
    anchor, units = f"r{at}", row.line.units if row.line else ()
    chips = tuple(_chip(unit, unit_id(at, nth), placed) for nth, unit in enumerate(units, 1))
    lead, basis = _lead(row)
    asking = _about(asked, anchor)
    quantities = (words.quantity(each) for each in row.quantities)
    texts = [each.text for each in row.quantities]
    return RowView(
        anchor,
        row.number,
        row.title,
        row.section,
        row.named,
        _back(anchor, placed) or f"L{row.place.line}",
        chips,
        lead,
        basis,
        bool(row.line and row.line.lead_is_declared),
        bool(row.line and row.line.is_open_ended),
        row.line.rest if row.line else (),
        row.clauses,
        _said(anchor + "q", zip(texts, quantities, strict=True), placed),
        _said(anchor + "f", ((text, "") for text in row.funding), placed),
        tuple(Link(number, ids[number]) for number in row.links if number in ids),
        asking,
        bool(asking) or not chips or any(chip.is_doubtful for chip in chips),
    )


def _chip(unit: ReadUnit, anchor: str, placed: frozenset[str]) -> Chip:
    return Chip(
        anchor,
        unit.name,
        unit.written,
        words.SIGNS[unit.part],
        words.PARTS[unit.part],
        words.HOW[unit.how],
        unit.because,
        unit.how is How.WRITTEN,
        is_doubtful(unit),
        _back(anchor, placed),
    )


def _lead(row: Row) -> tuple[str, str]:
    """Who leads and how that is known."""
    if row.line is None or not row.line.units:
        return "", "没有单位"
    if row.line.lead_is_declared:
        declared = [unit.name for unit in row.line.units if unit.part is Part.LEAD]
        return "、".join(declared), "文件写明"
    return row.line.units[0].name, "建议（首列单位，文件未写明）"


def _said(
    prefix: str, found: Iterable[tuple[str, str]], placed: frozenset[str]
) -> tuple[Said, ...]:
    return tuple(
        Said(f"{prefix}{nth}", text, reading, _back(f"{prefix}{nth}", placed))
        for nth, (text, reading) in enumerate(found, 1)
    )


def _dated(
    duty: DatedDuty, at: int, asked: Sequence[Question], placed: frozenset[str]
) -> DatedView:
    anchor = f"t{at}"
    who = "、".join(duty.who) or "未写明"
    besides = f"（{'、'.join(duty.besides)}除外）" if duty.besides else ""
    return DatedView(
        anchor,
        words.KINDS.get(duty.kind, duty.kind),
        duty.title,
        who + besides,
        duty.to or "",
        words.due(duty.due),
        duty.due is not None,
        duty.external,
        duty.text,
        _back(anchor, placed) or f"L{duty.place.line}",
        _about(asked, anchor),
    )


def _back(anchor: str, placed: frozenset[str]) -> str:
    return f"d-{anchor}" if f"d-{anchor}" in placed else ""
