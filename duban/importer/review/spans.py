"""Where in the document each thing of the draft stands, and the lines cut at those places."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from duban.importer.review import words
from duban.importer.review.search import Search, Stretch
from models.draft import DatedDuty, Draft, How, ReadUnit, ResponsibilityLine, Row

_SEPARATOR = " | "
"""What stands between the lists of a row that has several."""


class Span(NamedTuple):
    """A stretch of the document that became something: ``id`` there, ``target`` in the matrix."""

    begin: int
    end: int
    kind: str
    sign: str
    id: str
    target: str


class Piece(NamedTuple):
    """A part of a line under the same spans; ``kinds`` and ``target`` are empty for plain text."""

    text: str
    kinds: str = ""
    sign: str = ""
    ids: tuple[str, ...] = ()
    target: str = ""


def unit_id(row: int, unit: int) -> str:
    """The id of a unit in the matrix; rows and units count from 1."""
    return f"r{row}u{unit}"


def spans(draft: Draft, search: Search) -> list[Span]:
    """Every place of the draft that was found in the document again."""
    found: list[Span] = []
    starts = [search.start_of(row.place.line) for row in draft.rows]
    for number, (row, begin) in enumerate(zip(draft.rows, starts, strict=True), 1):
        before = max((start for start in starts if start < begin), default=0)
        end = min((start for start in starts if start > begin), default=None)
        found += _row(row, number, _Around(search, before, begin, end))
    for number, duty in enumerate(draft.dated, 1):
        if stretch := _dated(duty, search):
            found.append(Span(*stretch, "dated", "期", f"d-t{number}", f"t{number}"))
    return found


def pieces(search: Search, found: Iterable[Span]) -> list[list[Piece]]:
    """The document's lines, each cut where a span begins or ends."""
    on_line: dict[int, list[Span]] = defaultdict(list)
    for span in found:
        for line in range(search.line_of(span.begin), search.line_of(max(span.end - 1, 0)) + 1):
            on_line[line].append(span)
    ends = [start - 1 for start in search.starts[1:]] + [len(search.text)]
    return [
        list(_cut(search.text, begin, end, on_line[line]))
        for line, (begin, end) in enumerate(zip(search.starts, ends, strict=False), 1)
    ]


def _cut(text: str, begin: int, end: int, found: list[Span]) -> Iterator[Piece]:
    edges = {begin, end} | {edge for span in found for edge in (span.begin, span.end)}
    for first, last in pairwise(sorted(edge for edge in edges if begin <= edge <= end)):
        around = sorted(
            (span for span in found if span.begin <= first and span.end >= last),
            key=lambda span: span.end - span.begin,
        )
        if not around:
            yield Piece(text[first:last])
            continue
        starting = [span for span in around if span.begin == first]
        kinds = " ".join(dict.fromkeys(kind for span in around for kind in span.kind.split()))
        sign = " ".join(dict.fromkeys(span.sign for span in reversed(starting)))
        ids = tuple(span.id for span in starting)
        yield Piece(text[first:last], kinds, sign, ids, around[0].target)


class _Around(NamedTuple):
    """Where a row's words are looked for: from its own place on, then back to the row before."""

    search: Search
    before: int
    begin: int
    end: int | None

    def here(self, said: str) -> Stretch | None:
        return self.search.find(said, self.begin, self.end)

    def find(self, said: str) -> Stretch | None:
        return self.here(said) or self.search.find(said, self.before, self.end)


def _row(row: Row, number: int, around: _Around) -> Iterator[Span]:
    if title := _title(row, around):
        yield Span(*title, "title", row.number, f"d-r{number}", f"r{number}")
    if row.line:
        yield from _units(row.line, number, around)
    named = [("quantity", "量", f"q{at}", each.text) for at, each in enumerate(row.quantities, 1)]
    named += [("funding", "资", f"f{at}", each) for at, each in enumerate(row.funding, 1)]
    for kind, sign, key, said in named:
        if stretch := around.find(said):
            yield Span(*stretch, kind, sign, f"d-r{number}{key}", f"r{number}{key}")


def _title(row: Row, around: _Around) -> Stretch | None:
    """A row's title; of one that shares it with the row above its first clause."""
    clause = around.here(row.clauses[0]) if row.clauses else None
    return around.here(row.title) or clause or around.find(row.title)


def _units(line: ResponsibilityLine, number: int, around: _Around) -> Iterator[Span]:
    lists = list(_lists(line.text, around))
    here = around.begin
    for at, unit in enumerate(line.units, 1):
        if unit.how is How.IMPLICIT:
            continue
        inside = next(
            (each for each in lists if each[1] <= unit.begin < each[1] + len(each[0])), None
        )
        if inside:
            text, offset, whole = inside
            begin, end = unit.begin - offset, unit.end - offset
            stretch: Stretch | None = around.search.inside(whole, text, begin, end)
        else:
            stretch = around._replace(begin=here).find(unit.written)
        if stretch:
            here = max(stretch.end, around.begin)
            kind, sign = _unit_kind(unit)
            yield Span(*stretch, kind, sign, f"d-{unit_id(number, at)}", unit_id(number, at))


def _lists(text: str, around: _Around) -> Iterator[tuple[str, int, Stretch]]:
    """The lists of a line, each with its offset there and where it was found."""
    offset = 0
    for part in text.split(_SEPARATOR):
        if found := around.find(part):
            yield part, offset, found
            around = around._replace(begin=found.end)
        offset += len(part) + len(_SEPARATOR)


def _unit_kind(unit: ReadUnit) -> tuple[str, str]:
    kind, sign = f"unit {unit.part.value}", words.SIGNS[unit.part]
    is_doubtful = unit.is_doubtful or unit.how is How.CORRECTED
    return (f"{kind} doubtful", sign + "疑") if is_doubtful else (kind, sign)


def _dated(duty: DatedDuty, search: Search) -> Stretch | None:
    begin = search.start_of(duty.place.line)
    return search.find(duty.text, begin) or search.find(duty.text)
