"""An item of the outline as a measure: its own text, its lists, what stands below it."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from duban.importer.shapes.found import Written
from duban.importer.shapes.outline import Item
from duban.importer.shapes.passages import Segment, segments
from duban.importer.shapes.sentences import bare, is_heading, sentences
from models.document import Paragraph


class Manner(NamedTuple):
    """How a text sets its measures.

    ``is_list_first``: the lists stand between heading and text. ``last`` is the last item, behind
    whose text the paragraphs follow that close the document. ``ends_in_units``: the sentences end
    in who does it, and nothing else says so.
    """

    is_list_first: bool
    last: Item
    ends_in_units: bool = False


class Measure:
    """An item with what its own paragraphs say, parted by their lists."""

    def __init__(self, item: Item, manner: Manner) -> None:
        self.item = item
        self.manner = manner
        self.below = [Measure(each, manner) for each in item.below]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The item's own paragraphs, without those that close the document."""
        own = self.item.paragraphs
        if self.item is not self.manner.last or self.item.mark is None:
            return own
        parts = self._parted(own)
        if any(each.is_governed for each in parts) and not self.manner.is_list_first:
            return own
        with_text = [at for at, each in enumerate(own) if any(s.text for s in self._parted([each]))]
        kept = 1 if not is_only_heading(own[0].text) else 2
        return own[: with_text[kept]] if len(with_text) > kept else own

    @cached_property
    def segments(self) -> list[Segment]:
        """The item's own text, parted after each list.

        What stands in paragraphs behind the last list closes the document, not the measure, unless
        the lists come first.
        """
        parts = self._parted(self.paragraphs)
        governed = [at for at, each in enumerate(parts) if each.is_governed]
        if not governed or (self.manner.is_list_first and _is_list_first(parts)):
            return parts
        last = parts[governed[-1]]
        for after in parts[governed[-1] + 1 :]:
            if after.line == last.lists[-1].place.line:
                last = last._replace(text="\n".join(filter(None, (last.text, after.text))))
            last = last._replace(due=last.due or after.due, funding=last.funding or after.funding)
        return [*parts[: governed[-1]], last]

    def _parted(self, paragraphs: Sequence[Paragraph]) -> list[Segment]:
        is_numbered = self.item.mark is not None
        return segments(paragraphs, self.manner.ends_in_units and is_numbered)

    @cached_property
    def lists(self) -> tuple[Written, ...]:
        """The lists in the item's own paragraphs."""
        return tuple(each for segment in self.segments for each in segment.lists)

    @cached_property
    def has_lists(self) -> bool:
        """Whether the item or anything below it has a list."""
        return any(each.lists for each in self.walk())

    @property
    def lists_below(self) -> tuple[Written, ...]:
        """The lists of all that stands below the measure."""
        return tuple(
            written for each in self.below for inner in each.walk() for written in inner.lists
        )

    @property
    def depth(self) -> int:
        """How many marks lead down to the item."""
        return len(self.item.path)

    @property
    def phrase(self) -> str:
        """The first sentence of the item's own line: its heading, where it has one."""
        first = sentences(self.segments[0].text if self.segments else self.item.heading)
        return bare(first[0]) if first else ""

    @property
    def is_only_heading(self) -> bool:
        """Whether the item's own text is a heading and no more."""
        return not self.segments or is_only_heading(self.segments[0].text)

    @property
    def text(self) -> str:
        """All the text of the measure, that of its sub-items with their marks."""
        own = [segment.text for segment in self.segments]
        below = [
            (each.item.mark.label if each.item.mark else "") + each.text for each in self.below
        ]
        return "\n".join(filter(None, [*own, *below]))

    @property
    def end(self) -> int:
        """The last line that the measure stands on, and what is below it."""
        if self.below:
            return max(each.end for each in self.below)
        last = max((written.place.line for written in self.lists), default=0)
        if not self.segments or not self.segments[-1].is_governed:
            last = self.paragraphs[-1].place.line
        after = [each.place.line for each in self.item.paragraphs if each.place.line > last]
        return after[0] - 1 if after else self.item.last_line

    def walk(self) -> Iterator["Measure"]:
        """This measure and all below it, in the order of the document."""
        yield self
        for each in self.below:
            yield from each.walk()


def measures_of(part: Item, ends_in_units: bool = False) -> Measure:
    """A part of the outline as measures, read in the manner that most of them show."""
    items = list(part.walk())
    headed = [parts for item in items if (parts := segments(item.paragraphs)) and _is_headed(parts)]
    first = sum(map(_is_list_first, headed))
    return Measure(part, Manner(first > 1 and first * 2 > len(headed), items[-1], ends_in_units))


def is_only_heading(text: str) -> bool:
    """Whether a text is one sentence that reads like a heading."""
    return len(sentences(text)) == 1 and is_heading(bare(text))


def _is_headed(parts: Sequence[Segment]) -> bool:
    return parts[0].is_governed and is_only_heading(parts[0].text)


def _is_list_first(parts: Sequence[Segment]) -> bool:
    """Whether a list stands between a heading and the text in paragraphs below it."""
    is_followed = len(parts) > 1 and not parts[-1].is_governed
    return _is_headed(parts) and is_followed and parts[-1].line > parts[0].lists[0].place.line
