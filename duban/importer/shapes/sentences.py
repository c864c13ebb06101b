"""Sentences, titles and clauses: how the running text of a row is parted."""

import re

LONGEST_HEADING = 40
LONGEST_TITLE = 120
_SHORTEST_PHRASE = 4
_OPEN, _CLOSED = "（(〔【[“「《‘", "）)〕】]”」》’"
_ENDS = "。！？!?"
_TIME = re.compile(
    r"^[到在于至]?(?:\d{4}年|[今本每]年|“?十[三四五六]五”?|\d{1,2}月)[^，,]{0,12}$|^(?:一是|首先)$"
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its full stop; none is cut inside brackets or quotes."""
    found: list[str] = []
    depth, begin = 0, 0
    for at, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSED:
            depth = max(0, depth - 1)
        is_end = char in _ENDS and (depth == 0 or (char == "。" and _never_closes(text, at)))
        if char == "\n" or is_end:
            found.append(text[begin : at + 1])
            begin, depth = at + 1, 0
    found.append(text[begin:])
    return [part for piece in found if (part := _trimmed(piece))]


def title_and_clauses(text: str) -> tuple[str, tuple[str, ...]]:
    """The title of a measure and its clauses.

    A short first sentence is the title and no clause; of one sentence alone the title is all of
    it. Where the first of several is long, its leading phrase is the title, and all are clauses.
    """
    parts = sentences(text)
    if not parts:
        return "", ()
    first = bare(parts[0])
    if len(parts) == 1:
        return (first, ()) if len(first) <= LONGEST_TITLE else (leading_phrase(first), (parts[0],))
    if len(first) <= LONGEST_HEADING and is_heading(first):
        return first, tuple(parts[1:])
    return leading_phrase(first), tuple(parts)


def is_heading(sentence: str) -> bool:
    """Whether a sentence reads like a heading: no comma that parts two statements."""
    return not re.search(r"[，,；;：:]", re.sub(r"[（(“《][^）)”》]*[）)”》]", "", sentence))


def leading_phrase(sentence: str) -> str:
    """What a long sentence begins with, as its short name; a date before it is passed over."""
    pieces = re.split(r"[，,；;：:]", bare(sentence))
    kept = [piece for piece in pieces if piece and not _TIME.match(piece)]
    phrase = next((piece for piece in kept if len(piece) >= _SHORTEST_PHRASE), bare(sentence))
    return phrase[:LONGEST_TITLE]


def bare(text: str) -> str:
    """The text without white space around it and without the full stop that ends it."""
    return " ".join(text.split()).rstrip("。．；;，,、：: ")


def join(before: str, after: str) -> str:
    """Two pieces of a text that a line end parted; a blank only between Latin words."""
    gap = " " if re.search(r"[A-Za-z0-9]$", before) and re.match(r"[A-Za-z]", after) else ""
    return before.rstrip() + gap + after.lstrip()


def is_unfinished(text: str) -> bool:
    """Whether a paragraph goes on in the next: no full stop at its end, or an open bracket."""
    text = text.rstrip()
    opened = sum(text.count(char) for char in "（(〔【")
    closed = sum(text.count(char) for char in "）)〕】")
    return opened > closed or not re.search(r"[。！？；!?;：:）)〕】”」]$", text)


def _never_closes(text: str, at: int) -> bool:
    """A full stop in a bracket or quote that is still open far behind it ends the sentence."""
    return not any(char in _CLOSED for char in text[at + 1 : at + 200])


def _trimmed(piece: str) -> str:
    piece = " ".join(piece.split())
    return "" if not re.search(r"[\w\u4e00-\u9fff]", piece) else piece
