"""The pieces of a measure: its text, its responsibility lists, its 完成时限 and other labels."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from duban.importer.shapes.found import Written
from duban.importer.shapes.headings import UNITS, Column, labels_in, part_of
from duban.importer.units.lists import find_lists, is_list
from models.document import Paragraph, Place

_BRACKETED_DUE = re.compile(
    r"[（(〔【\[]\s*(?:(?:完成)?(?:时限|时间|期限)\s*[:：]\s*)?"
    r"((?:\d{4}年|今年|每年|长期|持续|全年|[上下]半年|“?十四五)[^（）()，。；;、]{0,16})[)）〕】\]]\s*。?$"
)
_SPOKEN = re.compile(
    r"(?:^|(?<=[。；\n]))由([^。；由]{3,60}?)(?:共同|联合)?(?:牵头|负责)(?:[，,、][^。；]{3,120}?(?:配合|参与|协助|负责|落实))?。?$"
)


class Piece(NamedTuple):
    """A piece of a measure; ``column`` is None for its running text."""

    text: str
    place: Place
    column: Column | None = None


class Segment(NamedTuple):
    """Text and the lists that follow it and govern it."""

    text: str
    lists: tuple[Written, ...]
    due: str = ""
    funding: str = ""
    figures: str = ""

    @property
    def is_governed(self) -> bool:
        """Whether a list follows the text."""
        return bool(self.lists)


def segments(paragraphs: Sequence[Paragraph]) -> list[Segment]:
    """A measure parted after each of its lists; the last segment may be without one."""
    found: list[Segment] = []
    current = Segment("", ())
    for piece in (each for paragraph in paragraphs for each in pieces(paragraph)):
        if piece.column is None:
            if current.is_governed:
                found.append(current)
                current = Segment("", ())
            gap = "\n" if current.text else ""
            current = current._replace(text=current.text + gap + piece.text)
        else:
            current = _with(current, piece)
    return [*found, current] if current.text or current.lists else found


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
    if not text.lstrip().startswith(tuple("（(〔【[")):
        yield from _plain(text, place)
        return
    yield Piece(text, place, Column.RESPONSIBLE)
    for label in labels_in(text):
        if label.column not in UNITS:
            words = text[label.words : label.end].strip("（）()〔〕【】[]。；;，, ")
            yield Piece(words, place, label.column)


def _plain(text: str, place: Place) -> Iterator[Piece]:
    """Text between lists, which may end in labels (责任单位：…), in a sentence that says who
    leads (由…牵头，…配合), or in a date in brackets."""
    labels = labels_in(text)
    if labels and (labels[0].begin == 0 or re.search(r"[。！；;\s]$", text[: labels[0].begin])):
        yield from _plain(text[: labels[0].begin], place)
        for label in labels:
            whole = text[label.begin : label.end].strip(" \t；;。")
            words = text[label.words : label.end].strip(" \t；;。")
            if words:
                yield Piece(whole if label.column in UNITS else words, place, label.column)
        return
    if (spoken := _SPOKEN.search(text)) and is_list(spoken[1]):
        yield from _plain(text[: spoken.start()], place)
        yield Piece(spoken[0].strip("。 "), place, Column.RESPONSIBLE)
        return
    due = _BRACKETED_DUE.search(text)
    body = text[: due.start()] if due else text
    if re.search(r"[\w\u4e00-\u9fff]", body):
        yield Piece(body.strip(), place)
    if due:
        yield Piece(due[1], place, Column.DUE)


def _with(segment: Segment, piece: Piece) -> Segment:
    if piece.column in UNITS:
        is_labelled = bool(labels_in(piece.text))
        part = part_of(piece.column) if is_labelled and piece.text[0] not in "（(〔【[" else None
        return segment._replace(lists=(*segment.lists, Written(piece.text, piece.place, part)))
    if piece.column is Column.DUE:
        return segment._replace(due=piece.text)
    if piece.column is Column.FUNDING:
        return segment._replace(funding=piece.text)
    return segment._replace(figures=piece.text) if piece.column is Column.FIGURES else segment
