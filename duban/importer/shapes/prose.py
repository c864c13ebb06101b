"""Rows of numbered prose: measures that end in a responsibility list."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from duban.importer.shapes.found import Found, Shape, Written
from duban.importer.shapes.outline import Item, outline
from duban.importer.shapes.passages import Segment, segments
from duban.importer.shapes.sentences import (
    LONGEST_HEADING,
    bare,
    is_heading,
    sentences,
    title_and_clauses,
)
from models.document import Paragraph, Place
from models.draft import Doubt

SECTION = "正文"
_MAJORITY = 0.5
_LONGEST_LINE = 60
_GOALS = re.compile(r"目标|总体|指导思想|原则|背景|意义|形势|现状")


class _Measure:
    """An item with what its own paragraphs say, parted by their lists."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.below = [_Measure(each) for each in item.below]

    @cached_property
    def segments(self) -> list[Segment]:
        """The item's own text, parted after each list."""
        return segments(self.item.paragraphs)

    @cached_property
    def lists(self) -> tuple[Written, ...]:
        """The lists in the item's own paragraphs."""
        return tuple(each for segment in self.segments for each in segment.lists)

    @cached_property
    def has_lists(self) -> bool:
        """Whether the item or anything below it has a list."""
        return bool(self.lists) or any(each.has_lists for each in self.below)

    @property
    def text(self) -> str:
        """All the text under the item's own line, that of its sub-items with their marks."""
        own = [segment.text for segment in self.segments]
        for each in self.below:
            label = each.item.mark.label if each.item.mark else ""
            own.append(label + each.text)
        return "\n".join(filter(None, own))

    @property
    def end(self) -> int:
        """The last line that the item stands on, up to its last list, and what is below it."""
        if self.below:
            return max(each.end for each in self.below)
        last = max((written.place.line for written in self.lists), default=self.item.last_line)
        after = [each.place.line for each in self.item.paragraphs if each.place.line > last]
        return after[0] - 1 if after else self.item.last_line


def prose_rows(paragraphs: Sequence[Paragraph]) -> Shape:
    """The rows of a document's running text; none where no list of units ends a measure."""
    rows: list[Found] = []
    doubts: list[Doubt] = []
    for part in outline(paragraphs):
        measure = _Measure(part)
        if not measure.has_lists:
            continue
        found = list(_rows(measure, (), doubts))
        taken = {row.number for row in rows}
        if any(row.number in taken for row in found):
            letter = chr(ord("A") + len({row.number[0] for row in rows if row.is_annex}))
            found = [row._replace(number=letter + row.number, is_annex=True) for row in found]
        rows += found
    return Shape(_unique(rows), tuple(doubts))


def _unique(rows: list[Found]) -> tuple[Found, ...]:
    """Rows whose numbers the document gives twice are told apart, with a doubt."""
    seen: dict[str, int] = {}
    kept: list[Found] = []
    for row in rows:
        seen[row.number] = seen.get(row.number, 0) + 1
        if seen[row.number] > 1:
            number = next(
                f"{prefix}{row.number}"
                for prefix in "BCDEFGHJK"
                if f"{prefix}{row.number}" not in seen
            )
            seen[number] = 1
            doubt = Doubt(
                "number-twice",
                f"文件中有两处编号为{row.number}，后一处暂编为{number}。",
                "核对原文编号。",
                row.place,
                number,
            )
            kept.append(row._replace(number=number, doubts=(*row.doubts, doubt)))
        else:
            kept.append(row)
    return tuple(kept)


def _rows(
    measure: _Measure, inherited: tuple[Written, ...], doubts: list[Doubt]
) -> Iterator[Found]:
    if measure.item.mark is None or not _is_row(measure):
        yield from _below(measure, inherited, doubts)
    else:
        yield from _rows_of(measure)


def _is_row(measure: _Measure) -> bool:
    """Whether an item is a row itself: it has the list, or its last sub-item has it for all."""
    with_lists = [each for each in measure.below if each.has_lists]
    if not with_lists:
        return measure.has_lists
    if measure.lists or len(measure.below) == 1 or with_lists != [measure.below[-1]]:
        return False
    last = measure.below[-1]
    level = measure.item.mark.level if measure.item.mark else 0
    stands_alone = bool(last.item.paragraphs[1:]) and not last.segments[0].lists
    return not last.below and len(last.lists) >= 1 and (level > 1 or stands_alone)


def _below(
    measure: _Measure, inherited: tuple[Written, ...], doubts: list[Doubt]
) -> Iterator[Found]:
    own = measure.lists or inherited
    if measure.lists and _says_more_than_its_heading(measure):
        yield from _rows_of(measure, is_alone=True)
    governed = [each for each in measure.below if each.has_lists]
    is_mostly = len(governed) > _MAJORITY * len(measure.below) and any(map(_is_row, governed))
    for each in measure.below:
        if each.has_lists:
            yield from _rows(each, own, doubts)
        elif own:
            yield from _rows_of(each, own)
        elif governed and is_mostly:
            yield from _rows_of(each)
        elif measure.item.mark is None and not governed:
            continue
        elif (governed or len(each.below) > 1) and _looks_like_measures(each):
            doubts.append(_no_list(each))


def _says_more_than_its_heading(measure: _Measure) -> bool:
    return len(sentences(measure.segments[0].text)) > 1


def _looks_like_measures(measure: _Measure) -> bool:
    """Whether something without lists holds what somebody might be made to answer for."""
    return not _GOALS.search(measure.item.heading)


def _no_list(measure: _Measure) -> Doubt:
    item = measure.item
    return Doubt(
        "section-without-units",
        f"“{item.label}{item.heading[:30]}”没有责任单位，未列为任务。",
        "如其中有须督办的事项，请补充责任单位并列入。",
        item.paragraphs[0].place,
    )


def _rows_of(
    measure: _Measure, inherited: tuple[Written, ...] = (), is_alone: bool = False
) -> Iterator[Found]:
    """The row of a measure, or its sub-rows where several lists stand in it."""
    item = measure.item
    number = ".".join(map(str, item.path)) or "1"
    governed = [each for each in measure.segments if each.is_governed]
    if len(governed) > 1 and not measure.below:
        yield from _sub_rows(measure, number, governed)
        return
    own = measure.segments[0] if measure.segments else Segment("", ())
    text = own.text if is_alone else _measure_text(measure)
    lists = measure.lists or inherited or _lists_below(measure)
    title, clauses = _title(item, text)
    marks = [each for each in _all_segments(measure) if each.due or each.funding or each.figures]
    due, funding, figures = (
        (
            "; ".join(filter(None, column))
            for column in zip(
                *((each.due, each.funding, each.figures) for each in marks), strict=True
            )
        )
        if marks
        else ("", "", "")
    )
    yield _found(measure, number, title, clauses, lists)._replace(
        due=due, funding=funding, figures=figures
    )


def _all_segments(measure: _Measure) -> Iterator[Segment]:
    yield from measure.segments
    for each in measure.below:
        yield from _all_segments(each)


def _lists_below(measure: _Measure) -> tuple[Written, ...]:
    return tuple(
        written for each in measure.below for written in (*each.lists, *_lists_below(each))
    )


def _measure_text(measure: _Measure) -> str:
    """The text up to the last list; what stands behind it closes the document, not the row."""
    kept = measure.segments
    while len(kept) > 1 and not kept[-1].is_governed and kept[-2].is_governed:
        kept = kept[:-1]
    below = [
        (each.item.mark.label if each.item.mark else "") + _measure_text(each)
        for each in measure.below
    ]
    return "\n".join(filter(None, [*(segment.text for segment in kept), *below]))


def _sub_rows(measure: _Measure, number: str, governed: list[Segment]) -> Iterator[Found]:
    first = sentences(governed[0].text)
    heading = bare(first[0]) if first else ""
    has_heading = len(first) > 1 and is_heading(heading) and len(heading) <= LONGEST_HEADING
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


def _title(item: Item, text: str) -> tuple[str, tuple[str, ...]]:
    """Title and clauses; a first line that is a paragraph of its own is a title without a stop."""
    own, _, rest = text.partition("\n")
    if (
        rest
        and is_heading(bare(own))
        and len(bare(own)) <= _LONGEST_LINE
        and len(sentences(own)) == 1
    ):
        return bare(own), tuple(sentences(rest))
    return title_and_clauses(text)


def _found(
    measure: _Measure,
    number: str,
    title: str,
    clauses: tuple[str, ...],
    lists: tuple[Written, ...],
) -> Found:
    item = measure.item
    place: Place = item.paragraphs[0].place
    is_bracketed = bool(lists) and lists[-1].text.startswith(("（", "(", "〔", "【", "["))
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
    first = sentences(above.paragraphs[0].text)
    return bare(first[0]) if first else SECTION
