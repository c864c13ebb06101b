"""Rows of numbered prose: measures that end in a responsibility list, and those beside them."""

from collections.abc import Iterator, Sequence

from duban.importer.shapes.found import Found, Shape, Written
from duban.importer.shapes.headings import UNITS
from duban.importer.shapes.measures import Measure, measures_of
from duban.importer.shapes.outline import outline
from duban.importer.shapes.passages import pieces
from duban.importer.shapes.prose_rows import rows_of
from duban.importer.shapes.sections import is_background, is_safeguard
from models.document import Paragraph
from models.draft import Doubt

_FEWEST = 2


def prose_rows(paragraphs: Sequence[Paragraph]) -> Shape:
    """The rows of a document's running text; none where no list of units ends a measure.

    Where nothing else names units, neither bracket nor label, the ends of the sentences do.
    """
    rows: list[Found] = []
    doubts: list[Doubt] = []
    is_listed = any(piece.column in UNITS for each in paragraphs for piece in pieces(each))
    for part in outline(paragraphs):
        ends_in_units = not is_listed and _ends_in_units(measures_of(part, ends_in_units=True))
        walk = _Walk(measures_of(part, ends_in_units))
        found = list(walk.rows())
        doubts += walk.doubts
        taken = {row.number for row in rows}
        if any(row.number in taken for row in found):
            letter = chr(ord("A") + len({row.number[0] for row in rows if row.is_annex}))
            found = [row.renumbered(letter + row.number, is_annex=True) for row in found]
        rows += found
    return Shape(_unique(rows), tuple(doubts))


def _ends_in_units(root: Measure) -> bool:
    """Whether most measures of a part, safeguards aside, say at their ends who does them."""
    measures = [*_lowest(root)]
    with_units = sum(bool(each.lists) for each in measures)
    return with_units >= _FEWEST and with_units * 2 > len(measures)


def _lowest(measure: Measure) -> Iterator[Measure]:
    """The items that have lists, and those with nothing below them that could have some."""
    for each in measure.below:
        if each.lists or not each.below:
            yield each
        elif not (is_background(each, False) or is_safeguard(each, False)):
            yield from _lowest(each)


class _Walk:
    """Goes through one part of a text; ``depths`` are those at which measures have their lists."""

    def __init__(self, root: Measure) -> None:
        self.root = root
        self.doubts: list[Doubt] = []
        self.governing = _governing(root)
        with_lists = [each.depth for each in root.walk() if self._is_row(each)]
        self.depths = {*with_lists} if len(with_lists) >= _FEWEST else set()

    def rows(self) -> Iterator[Found]:
        """The rows of the part, in its order."""
        if self.root.has_lists:
            yield from self._below(self.root, ())

    def _rows(self, measure: Measure, inherited: tuple[Written, ...]) -> Iterator[Found]:
        if self._is_row(measure):
            yield from rows_of(measure)
        else:
            yield from self._below(measure, inherited)

    def _below(self, measure: Measure, inherited: tuple[Written, ...]) -> Iterator[Found]:
        own = measure.lists or inherited
        if measure.lists and not measure.is_only_heading:
            yield from rows_of(measure, is_alone=True)
        governed = [each for each in measure.below if each.has_lists]
        is_beside = any(map(self._is_row, governed))
        for each in measure.below:
            if each.has_lists:
                yield from self._rows(each, own)
            elif own:
                yield from rows_of(each, own)
            else:
                yield from self._without_list(each, is_beside, bool(governed))

    def _without_list(self, measure: Measure, is_beside: bool, is_among: bool) -> Iterator[Found]:
        """What has no list: a row where others of its depth have one, else a question."""
        if is_background(measure, is_beside):
            return
        if is_safeguard(measure, is_beside) or not self._holds_measures(measure):
            if is_among or len(measure.below) > 1:
                self.doubts.append(_no_list(measure))
        elif measure.depth in self.depths:
            yield from rows_of(measure)
        else:
            for each in measure.below:
                yield from self._without_list(each, False, True)

    def _is_row(self, measure: Measure) -> bool:
        """Whether an item is a row itself: it has the list, or its last sub-item has it for all."""
        if measure.item.mark is None:
            return False
        if any(each.has_lists for each in measure.below):
            return _ends_for_all(measure)
        is_governing = measure.depth in self.governing or _are_whole(measure.below)
        governs = measure.is_only_heading and measure.below and is_governing
        return bool(measure.lists) and not governs

    def _holds_measures(self, measure: Measure) -> bool:
        return any(each.depth in self.depths for each in measure.walk())


def _ends_for_all(measure: Measure) -> bool:
    """Whether the last sub-item of a measure has the list for all of them."""
    with_lists = [each for each in measure.below if each.has_lists]
    if measure.lists or len(measure.below) == 1 or with_lists != [measure.below[-1]]:
        return False
    last = measure.below[-1]
    level = measure.item.mark.level if measure.item.mark else 0
    stands_alone = bool(last.paragraphs[1:]) and not last.segments[0].lists
    return not last.below and bool(last.lists) and (level > 1 or stands_alone)


def _governing(root: Measure) -> set[int]:
    """The depths at which the lists of headings are those of the measures below them, as most of
    these show by texts of their own."""
    below: dict[int, list[Measure]] = {}
    for each in root.walk():
        if each.lists and each.is_only_heading:
            below.setdefault(each.depth, []).extend(each.below)
    return {depth for depth, measures in below.items() if _are_whole(measures)}


def _are_whole(measures: Sequence[Measure]) -> bool:
    """Whether most measures have a heading and a text of their own."""
    return sum(not each.is_only_heading for each in measures) * 2 > len(measures)


def _no_list(measure: Measure) -> Doubt:
    item = measure.item
    return Doubt(
        "section-without-units",
        f"“{item.label}{measure.phrase[:30]}”没有责任单位，未列为任务。",
        "如其中有须督办的事项，请补充责任单位并列入。",
        item.paragraphs[0].place,
    )


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
            own = row.renumbered(number, row.is_annex)
            doubt = Doubt(
                "number-twice",
                f"文件中有两处编号为{row.number}，后一处暂编为{number}。",
                "核对原文编号。",
                row.place,
                number,
            )
            kept.append(own._replace(doubts=(*own.doubts, doubt)))
        else:
            kept.append(row)
    return tuple(kept)
