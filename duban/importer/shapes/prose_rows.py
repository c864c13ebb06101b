"""The rows that one measure of numbered prose gives: itself, or its sub-rows."""

from collections.abc import Iterator

from duban.importer.plain import OPEN
from duban.importer.shapes.found import Found, Written
from duban.importer.shapes.headings import left_out
from duban.importer.shapes.measures import Measure, is_only_heading
from duban.importer.shapes.outline import Item
from duban.importer.shapes.passages import Segment, segments
from duban.importer.shapes.sentences import (
    LONGEST_HEADING,
    bare,
    is_heading,
    sentences,
    title_and_clauses,
)
from duban.importer.shapes.spoken import spoken_tails
from models.document import Place
from models.draft import Doubt

SECTION = "正文"
_LONGEST_LINE = 60


def rows_of(
    measure: Measure, inherited: tuple[Written, ...] = (), is_alone: bool = False
) -> Iterator[Found]:
    """The row of a measure, or its sub-rows where several lists stand in it.

    ``inherited`` are the lists of the heading above; ``is_alone``: what is below it has rows too.
    """
    number = ".".join(map(str, measure.item.path)) or "1"
    governed = [each for each in measure.segments if each.is_governed]
    if len(governed) > 1 and not measure.below:
        yield from _sub_rows(measure, number, governed)
        return
    own = measure.segments[0] if measure.segments else Segment("", ())
    title, clauses = _title(own.text if is_alone else measure.text)
    lists = measure.lists or inherited or measure.lists_below
    tail = "" if lists else _last_tail(own.text)
    lists = lists or _proposed(measure, tail)
    parts = [segment for each in measure.walk() for segment in each.segments]
    yield _found(measure, number, title, clauses, lists)._replace(
        doubts=(
            *_left_out(measure, number),
            *((_is_meant(measure, number, tail),) if tail else ()),
        ),
        due="; ".join(each.due for each in parts if each.due),
        funding="; ".join(each.funding for each in parts if each.funding),
        figures="; ".join(each.figures for each in parts if each.figures),
    )


def _left_out(measure: Measure, number: str) -> Iterator[Doubt]:
    """The paragraphs of a measure whose label is not one of those of responsible units."""
    for paragraph in (each for part in measure.walk() for each in part.paragraphs):
        for label in left_out(paragraph.text):
            words = f"“{label}”后面的单位没有列为责任单位。"
            yield Doubt("column-left-out", words, "如须列入，请补充。", paragraph.place, number)


def _last_tail(text: str) -> str:
    """The last list at the end of a sentence; it may be about that sentence alone."""
    return next((text[at.begin : at.end] for at in reversed([*spoken_tails(text)])), "")


def _proposed(measure: Measure, tail: str) -> tuple[Written, ...]:
    lines = [each.place for each in measure.paragraphs if tail and tail in each.text]
    return tuple(Written(tail, place) for place in lines[-1:])


def _is_meant(measure: Measure, number: str, tail: str) -> Doubt:
    words = f"“{measure.phrase[:30]}”没有单列责任单位，句中写“{tail[:40]}”，以此为准？"
    place = measure.item.paragraphs[0].place
    return Doubt("units-in-sentence", words, "按句中所写列入。", place, number)


def _sub_rows(measure: Measure, number: str, governed: list[Segment]) -> Iterator[Found]:
    first = sentences(governed[0].text)
    heading = bare(first[0]) if first else ""
    is_whole = len(first) > 1 and not first[0].endswith("，")
    has_heading = is_whole and is_heading(heading) and len(heading) <= LONGEST_HEADING
    for at, segment in enumerate(governed, 1):
        title, clauses = title_and_clauses(segment.text)
        if has_heading:
            parts = sentences(segment.text)
            title, clauses = heading, tuple(parts[1:] if at == 1 else parts)
        row = _found(measure, f"{number}.{at}", title, clauses, segment.lists)
        yield row._replace(
            named=f"{measure.item.label}第{at}条",
            due=segment.due,
            funding=segment.funding,
            figures=segment.figures,
        )


def _title(text: str) -> tuple[str, tuple[str, ...]]:
    """Title and clauses; a first line that is a paragraph of its own is a title without a stop."""
    own, _, rest = text.partition("\n")
    if rest and is_only_heading(own) and len(bare(own)) <= _LONGEST_LINE:
        return bare(own), tuple(sentences(rest))
    return title_and_clauses(text)


def _found(
    measure: Measure,
    number: str,
    title: str,
    clauses: tuple[str, ...],
    lists: tuple[Written, ...],
) -> Found:
    item = measure.item
    place: Place = item.paragraphs[0].place
    is_bracketed = bool(lists) and lists[-1].text.startswith(tuple(OPEN))
    where = "末尾括号" if is_bracketed else "责任单位" if lists else ""
    return Found(
        number=number,
        title=title or item.heading,
        section=_section(item),
        clauses=clauses,
        lists=lists,
        place=place,
        named=(item.label or SECTION) + where,
        begin=place.line,
        end=max(measure.end, *(written.place.line for written in lists), place.line),
    )


def _section(item: Item) -> str:
    """The heading of the section that the row stands in."""
    above = item.above
    while above is not None and above.above is not None and above.mark and above.mark.level > 1:
        above = above.above
    if above is None or above.mark is None:
        return SECTION
    first = [text for part in segments(above.paragraphs[:1]) for text in sentences(part.text)]
    return bare(first[0]) if first else SECTION
