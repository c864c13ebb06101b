"""A document as a draft matrix: its shapes found, and every word of them read by the grammar."""

import re
from collections.abc import Iterable, Iterator, Sequence

from duban.importer.contacts import contacts, mask
from duban.importer.dated.linking import linked as in_order
from duban.importer.dated.passage import Passage, Scope
from duban.importer.dated.reading import completion, dated
from duban.importer.dates.cells import read_aside, read_cell
from duban.importer.dates.phrase import Setting
from duban.importer.funding import funding, funding_in_prose
from duban.importer.head import head, head_doubts, year_of_number
from duban.importer.outside import with_outside_quantities
from duban.importer.plan_wide import implicit
from duban.importer.quantities.reading import quantities
from duban.importer.shapes.found import Found, Written
from duban.importer.shapes.headings import labels_in
from duban.importer.shapes.reading import shape
from duban.importer.shapes.reconcile import linked
from duban.importer.units.context import Context
from duban.importer.units.document import context_of
from duban.importer.units.line import compile_line, joined
from models.document import Document, Paragraph
from models.draft import (
    DatedDuty,
    Doubt,
    Draft,
    Head,
    How,
    Part,
    ResponsibilityLine,
    Row,
)
from models.units import Registry
from models.workdays import WEEKENDS_ONLY, WorkCalendar

_SEPARATOR = " | "
_NAME_OR_DELETE = "补充责任单位，或删去该项。"
_MANY = 8
_NAMELESS = re.compile(r"各|相关|有关|现有|专项资金$|必要|一定|上述|多渠道|所需|配套")


def draft(
    document: Document,
    registry: Registry | None = None,
    jurisdiction: str = "",
    workdays: WorkCalendar = WEEKENDS_ONLY,
) -> Draft:
    """The draft matrix of a document.

    ``jurisdiction`` overrides what the head says; ``registry`` lets names be looked up in the
    block of units of that place. ``workdays`` counts such limits as 印发后10个工作日内. Persons and
    telephone numbers are masked before anything is read.
    """
    persons = contacts(document)
    document = mask(document)
    top = head(document)
    if jurisdiction:
        top = top._replace(jurisdiction=jurisdiction)
    place = registry.of(top.jurisdiction) if registry and top.jurisdiction else None
    context = context_of(document, top.jurisdiction or "", place)
    setting = Setting(top.issued_on, top.period, workdays, year_of_number(top))
    found = shape(document)
    rows = [_row(each, context, setting) for each in found.rows]
    outside = _outside(document, found.rows)
    rows, figure_doubts = with_outside_quantities(rows, outside, setting)
    annex = frozenset(row.number for row in found.rows if row.is_annex)
    rows_linked, link_doubts = linked(rows, annex)
    added = implicit(rows_linked, context)
    duties, duty_doubts = _duties(found.rows, rows_linked, outside, top, setting)
    return Draft(
        head=top,
        rows=rows_linked,
        dated=duties,
        implicit=added.entries,
        groups=_groups(rows_linked),
        doubts=(
            *head_doubts(document, top, jurisdiction),
            *found.doubts,
            *(doubt for each in found.rows for doubt in each.doubts),
            *_row_doubts(rows_linked),
            *figure_doubts,
            *link_doubts,
            *added.doubts,
            *duty_doubts,
        ),
        contacts=tuple((each.unit, each.person, each.telephone) for each in persons),
    )


def _row(found: Found, context: Context, setting: Setting) -> Row:
    text = "".join((found.title + "。" if found.clauses else found.title, *found.clauses))
    figures = quantities(text, setting)
    known = {(figure.value, figure.unit) for figure in figures}
    figures += tuple(
        figure
        for figure in quantities(found.figures, setting)
        if (figure.value, figure.unit) not in known
    )
    standing = read_cell(found.due, setting).standing
    return Row(
        number=found.number,
        title=found.title,
        section=found.section,
        clauses=found.clauses,
        line=_line(found.lists, context),
        funding=funding(found.funding) or _named(funding_in_prose(text)),
        quantities=figures,
        place=found.place,
        named=found.named,
        note="；".join(filter(None, (standing and f"完成时限：{standing}", found.note))),
    )


def _named(channels: Iterable[str]) -> tuple[str, ...]:
    """The channels that have a name; 各类扶持资金 and 现有资金 say nothing of where from."""
    return tuple(each for each in channels if not _NAMELESS.match(each))


def _line(lists: Sequence[Written], context: Context) -> ResponsibilityLine | None:
    """The lists of a row compiled, each after those before it, and joined to one line."""
    lines: list[ResponsibilityLine] = []
    for each in lists:
        lines.append(_compiled(each, context, lines))
    return joined(lines, _SEPARATOR) if lines else None


def _compiled(
    written: Written, context: Context, before: Sequence[ResponsibilityLine]
) -> ResponsibilityLine:
    """One list compiled; a label before it says the part, and is no part of the names."""
    label = next((each for each in labels_in(written.text) if each.begin == 0), None)
    begin = label.words if label and written.part else 0
    own = context if written.part in (None, Part.LEAD) else context._replace(first_is_lead=False)
    part = written.part or Part.RESPONSIBLE
    line = compile_line(written.text[begin:], written.place, own, part, before)
    moved = (unit._replace(begin=unit.begin + begin, end=unit.end + begin) for unit in line.units)
    return line._replace(text=written.text, units=tuple(moved))


def _outside(document: Document, rows: Sequence[Found]) -> list[Paragraph]:
    """The paragraphs that no row covers."""
    covered = {line for row in rows for line in range(row.begin, row.end + 1)}
    return [
        block
        for block in document.blocks
        if isinstance(block, Paragraph) and block.place.line not in covered
    ]


def _duties(
    found: Sequence[Found],
    rows: Sequence[Row],
    outside: Iterable[Paragraph],
    top: Head,
    setting: Setting,
) -> tuple[tuple[DatedDuty, ...], tuple[Doubt, ...]]:
    """Everything dated or periodic, in the order of the document."""
    names = dict.fromkeys(unit.name for row in rows if row.line for unit in row.line.units)
    scope = Scope(setting, top.jurisdiction, (*names, *top.addressees))
    passages = [Passage(each.text, each.place) for each in outside]
    passages += [_passage(row) for row in rows]
    passages.sort(key=lambda passage: passage.place.line)
    general = dated(passages, scope)
    duties, doubts = list(general.duties), list(general.doubts)
    for each, row in zip(found, rows, strict=True):
        rest = row.line.rest if row.line else ()
        aside = next(
            (words for words in (each.note, *rest) if read_aside(words, setting).phrases), ""
        )
        cell = read_cell(each.due, setting) if each.due else read_aside(aside, setting)
        own = completion(_passage(row)._replace(text=row.title), each.due or aside, cell)
        duties += [duty._replace(key="") for duty in own.duties]
        doubts += own.doubts
    ordered = in_order(duties, doubts)
    return ordered.duties, ordered.doubts


def _passage(row: Row) -> Passage:
    units = tuple(unit.name for unit in row.line.units) if row.line else ()
    text = "".join(row.clauses) or row.title
    return Passage(text, row.place, row.number, units)


def _groups(rows: Iterable[Row]) -> tuple[str, ...]:
    units = (unit for row in rows if row.line for unit in row.line.units)
    return tuple(dict.fromkeys(unit.name for unit in units if unit.how is How.GROUP))


def _row_doubts(rows: Iterable[Row]) -> Iterator[Doubt]:
    """The doubts of each row's line, and the rows without any unit."""
    rows = list(rows)
    yield from _without_units([row for row in rows if not (row.line and row.line.units)])
    for row in rows:
        for doubt in row.line.doubts if row.line else ():
            yield doubt._replace(about=row.number)


def _without_units(rows: Sequence[Row]) -> Iterator[Doubt]:
    """A question about each row without units; one about all where they are many."""
    if len(rows) > _MANY:
        numbers = "、".join(row.number for row in rows)
        words = f"有{len(rows)}项没有写责任单位：{numbers}。"
        yield Doubt("no-units", words, _NAME_OR_DELETE, rows[0].place)
        return
    for row in rows:
        words = f"{row.number}“{row.title[:30]}”没有写责任单位。"
        yield Doubt("no-units", words, _NAME_OR_DELETE, row.place, row.number)
