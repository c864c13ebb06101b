"""From a draft to what the page shows of each row, dated obligation and question."""

from collections.abc import Iterable, Mapping, Sequence

from duban.importer.questions import Asked
from duban.importer.review import words
from duban.importer.review.shown import Chip, DatedView, Link, Question, RowView, Said
from duban.importer.review.spans import unit_id
from duban.importer.review.written import Written
from models.document import Place
from models.draft import DatedDuty, Draft, How, Part, ReadUnit, Row


def is_doubtful(unit: ReadUnit) -> bool:
    """Whether a unit's name needs a look."""
    return unit.is_doubtful or unit.how is How.CORRECTED


def numbered(draft: Draft, asked: Iterable[Asked], written: Written | None) -> list[Question]:
    """The questions in the order and under the numbers of plan.yaml."""
    anchors = {duty.key: Link(_title(duty), f"t{at}") for at, duty in enumerate(draft.dated, 1)}
    anchors |= {row.number: Link(row.number, f"r{at}") for at, row in enumerate(draft.rows, 1)}
    return [_question(number, each, anchors, written) for number, each in enumerate(asked, 1)]


def rows(
    draft: Draft, asked: Sequence[Question], placed: frozenset[str], written: Written | None
) -> list[RowView]:
    """The rows; ``placed`` are the ids of the places that were found in the document."""
    ids = {row.number: f"r{at}" for at, row in enumerate(draft.rows, 1)}
    lines = [written.line(row.number) if written else None for row in draft.rows]
    found = enumerate(zip(draft.rows, lines, strict=True), 1)
    return [_row(row, at, asked, ids, placed)._replace(line=line) for at, (row, line) in found]


def dated(
    draft: Draft, asked: Sequence[Question], placed: frozenset[str], written: Written | None
) -> list[DatedView]:
    """The dated obligations."""
    lines = [written.line(duty.key) if written else None for duty in draft.dated]
    found = enumerate(zip(draft.dated, lines, strict=True), 1)
    ids = {row.number: f"r{at}" for at, row in enumerate(draft.rows, 1)}
    return [_dated(duty, at, asked, ids, placed)._replace(line=line) for at, (duty, line) in found]


def place_words(place: Place) -> str:
    """A place as a person names it: ``第 12 行``, with page or cell where the format has them."""
    said = f"第 {place.line} 行"
    if place.page:
        said = f"第 {place.page} 页，{said}"
    if place.table and place.row and place.column:
        said += f"（表 {place.table} 第 {place.row} 行第 {place.column} 列）"
    return said


def _question(
    number: int, asked: Asked, anchors: Mapping[str, Link], written: Written | None
) -> Question:
    about = tuple(anchors[each] for each in (asked.about, *asked.also) if each in anchors)
    place = Link(f"第 {asked.line} 行", f"L{asked.line}") if asked.line else None
    line, answer = (written and written.decision(asked.about, asked.question)) or (0, "")
    proposal = words.spoken(asked.proposal or "")
    subject = (written and written.line(asked.about)) or 0
    message = words.spoken(asked.question)
    return Question(number, message, proposal, about, place, line, answer, subject)


def _about(asked: Iterable[Question], anchor: str) -> tuple[Question, ...]:
    return tuple(each for each in asked if any(link.href == anchor for link in each.about))


def _title(duty: DatedDuty) -> str:
    return duty.text if duty.title in words.KINDS else duty.title


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
        tuple(text for text in (row.line.rest if row.line else ()) if not words.is_noise(text)),
        row.clauses,
        _said(anchor + "q", zip(texts, quantities, strict=True), placed),
        _said(anchor + "f", ((text, "") for text in row.funding), placed),
        tuple(Link(number, ids[number]) for number in row.links if number in ids),
        asking,
        any(not each.answer for each in asking)
        or not chips
        or any(chip.is_doubtful for chip in chips),
        None,
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
    return row.line.units[0].name, "文件没有写明，排在第一的只是建议"


def _said(
    prefix: str, found: Iterable[tuple[str, str]], placed: frozenset[str]
) -> tuple[Said, ...]:
    return tuple(
        Said(f"{prefix}{nth}", text, reading, _back(f"{prefix}{nth}", placed))
        for nth, (text, reading) in enumerate(found, 1)
    )


def _dated(
    duty: DatedDuty,
    at: int,
    asked: Sequence[Question],
    ids: Mapping[str, str],
    placed: frozenset[str],
) -> DatedView:
    anchor = f"t{at}"
    who = "、".join(duty.who) or "未写明"
    besides = f"（{'、'.join(duty.besides)}除外）" if duty.besides else ""
    return DatedView(
        anchor,
        words.KINDS.get(duty.kind, duty.kind),
        _title(duty),
        who + besides,
        duty.to or "",
        words.due(duty.due),
        duty.due is not None,
        duty.external,
        duty.text,
        _back(anchor, placed) or f"L{duty.place.line}",
        _about(asked, anchor),
        tuple(Link(number, ids[number]) for number in duty.duties if number in ids),
        None,
    )


def _back(anchor: str, placed: frozenset[str]) -> str:
    return f"d-{anchor}" if f"d-{anchor}" in placed else ""
