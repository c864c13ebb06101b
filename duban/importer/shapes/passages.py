"""The pieces of a measure: its text, its responsibility lists, its 完成时限 and other labels."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from duban.importer.plain import CLOSE, OPEN
from duban.importer.shapes.found import Written
from duban.importer.shapes.headings import UNITS, Column, labels_in, part_of
from duban.importer.shapes.spoken import LEAD_IN, spoken_lists, spoken_tails
from duban.importer.units.lists import find_lists
from models.document import Paragraph, Place

_BRACKETED_DUE = re.compile(
    rf"[{re.escape(OPEN)}]\s*(?:(?:完成)?(?:时限|时间|期限)\s*[:：]\s*)?"
    r"((?:\d{4}年|今年|每年|长期|持续|全年|[上下]半年|“?十四五)[^（）()，。；;、]{0,16})"
    rf"[{re.escape(CLOSE)}]\s*。?$"
)
_TO_SPOKEN = re.compile(rf"(?:{LEAD_IN})$|[：:]$")
_STOPS = " \t；;。，,、"


class Piece(NamedTuple):
    """A piece of a measure; ``column`` is None for its running text."""

    text: str
    place: Place
    column: Column | None = None


class Segment(NamedTuple):
    """Text and the lists that follow it and govern it; ``line`` is where the text begins."""

    text: str
    lists: tuple[Written, ...]
    due: str = ""
    funding: str = ""
    figures: str = ""
    line: int = 0

    @property
    def is_governed(self) -> bool:
        """Whether a list follows the text."""
        return bool(self.lists)


def segments(paragraphs: Sequence[Paragraph], ends_in_units: bool = False) -> list[Segment]:
    """A measure parted after each of its lists; the last segment may be without one.

    Sentences that name units are lists where nothing else is: neither bracket nor label;
    ``ends_in_units``: so are the ends of sentences.
    """
    found = [piece for each in paragraphs for piece in pieces(each)]
    if not any(piece.column in UNITS for piece in found):
        found = [part for piece in found for part in _spoken(piece, ends_in_units)]
    return _parted(found)


def _parted(found: Iterable[Piece]) -> list[Segment]:
    done: list[Segment] = []
    current = Segment("", ())
    for piece in found:
        if piece.column is None:
            if current.is_governed:
                done.append(current)
                current = Segment("", ())
            gap = "\n" if current.text else ""
            line = current.line or piece.place.line
            current = current._replace(text=current.text + gap + piece.text, line=line)
        else:
            current = _with(current, piece)
    return [*done, current] if current.text or current.lists else done


def pieces(paragraph: Paragraph) -> Iterator[Piece]:
    """The text and the lists of one paragraph in their order."""
    at, text, place = 0, paragraph.text, paragraph.place
    for begin, end, _ in find_lists(text):
        yield from _plain(text[at:begin], place)
        yield from _list(text[begin:end], place)
        at = end
    yield from _plain(text[at:], place)


def _list(text: str, place: Place) -> Iterator[Piece]:
    """A list; what the labels in its brackets say besides units are pieces of their own."""
    if not text.lstrip().startswith(tuple(OPEN)):
        yield from _plain(text, place)
        return
    yield Piece(text, place, Column.RESPONSIBLE)
    for label in labels_in(text):
        if label.column not in UNITS:
            words = text[label.words : label.end].strip(OPEN + CLOSE + "。；;，, ")
            yield Piece(words, place, label.column)


def _plain(text: str, place: Place) -> Iterator[Piece]:
    """Text between lists, which may end in labels (责任单位：…) or in a date in brackets."""
    labels = labels_in(text)
    if labels and (labels[0].begin == 0 or re.search(r"[。！；;\s]$", text[: labels[0].begin])):
        yield from _plain(text[: labels[0].begin], place)
        for label in labels:
            whole = text[label.begin : label.end].strip(_STOPS)
            words = text[label.words : label.end].strip(_STOPS)
            if words:
                yield Piece(whole if label.column in UNITS else words, place, label.column)
        return
    due = _BRACKETED_DUE.search(text)
    yield from _words(text[: due.start()] if due else text, place)
    if due:
        yield Piece(due[1], place, Column.DUE)


def _words(text: str, place: Place) -> Iterator[Piece]:
    if re.search(r"[\w\u4e00-\u9fff]", text):
        yield Piece(text.strip().lstrip("；;，,、。 "), place)


def _spoken(piece: Piece, ends_in_units: bool) -> Iterator[Piece]:
    """A piece of text parted at the sentences that say who leads (市教育局牵头，…配合)."""
    if piece.column is not None:
        yield piece
        return
    at, text, place = 0, piece.text, piece.place
    for spoken in spoken_tails(text) if ends_in_units else spoken_lists(text):
        yield from _words(_TO_SPOKEN.sub("", text[at : spoken.begin]), place)
        yield from _words(text[spoken.end : spoken.until], place)
        yield Piece(text[spoken.begin : spoken.end].rstrip(), place, Column.RESPONSIBLE)
        at = spoken.until
    yield from _words(text[at:], place)


def _with(segment: Segment, piece: Piece) -> Segment:
    if piece.column in UNITS:
        is_labelled = bool(labels_in(piece.text))
        part = part_of(piece.column) if is_labelled and piece.text[0] not in OPEN else None
        return segment._replace(lists=(*segment.lists, Written(piece.text, piece.place, part)))
    if piece.column is Column.DUE:
        return segment._replace(due=piece.text)
    if piece.column is Column.FUNDING:
        return segment._replace(funding=piece.text)
    return segment._replace(figures=piece.text) if piece.column is Column.FIGURES else segment
