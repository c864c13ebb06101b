"""Sentences, titles and clauses: how the running text of a row is parted."""

import re

from duban.importer.plain import CLOSE, OPEN

LONGEST_HEADING = 40
LONGEST_TITLE = 120
_SHORTEST_PHRASE = 4
_MANNER = re.compile(
    r"^(?:按照?(?!期)|依照|根据|依据|结合(?!部)|依托|围绕|通过|借助|针对|对照|本着)|"
    r"^以.{2,40}(?:为(?:载体|契机|抓手|基础|重点|核心|导向|目标|引领|依托|主线|突破口|主题|主体|牵引|支撑|主|准))$|"
    r"^在.{2,40}(?:基础上|前提下|框架下|领导下|指导下|范围内)$"
)
_OPEN, _CLOSED = OPEN + "“「《‘", CLOSE + "”」》’"
_ENDS = "。！？!?"
_QUOTED = re.compile(rf"[{re.escape(OPEN)}“《][^{re.escape(CLOSE)}”》]*[{re.escape(CLOSE)}”》]")
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
    return not re.search(r"[，,；;：:]", _QUOTED.sub("", sentence))


def leading_phrase(sentence: str) -> str:
    """What a long sentence begins with, as its short name; a date before it is passed over."""
    kept = [piece for piece in _phrases(bare(sentence)) if piece and not _TIME.match(piece)]
    first = next((at for at, piece in enumerate(kept) if len(piece) >= _SHORTEST_PHRASE), None)
    if first is None:
        return bare(sentence)[:LONGEST_TITLE]
    told = next((at for at in range(first, len(kept)) if not _MANNER.match(kept[at])), first)
    return "，".join(kept[first : told + 1])[:LONGEST_TITLE]


def _phrases(sentence: str) -> list[str]:
    """The phrases of a sentence; none is cut inside brackets or quotes."""
    hidden = _QUOTED.sub(lambda found: "□" * len(found[0]), sentence)
    ends = [found.start() for found in re.finditer(r"[，,；;：:]", hidden)]
    begins = [0, *(end + 1 for end in ends)]
    return [sentence[a:b] for a, b in zip(begins, [*ends, len(sentence)], strict=True)]


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
    opened = sum(map(text.count, OPEN))
    closed = sum(map(text.count, CLOSE))
    return opened > closed or not text.endswith(tuple("。！？；!?;：:”」" + CLOSE))


def _never_closes(text: str, at: int) -> bool:
    """A full stop in a bracket or quote that is still open far behind it ends the sentence."""
    return not any(char in _CLOSED for char in text[at + 1 : at + 200])


def _trimmed(piece: str) -> str:
    piece = " ".join(piece.split())
    return "" if not re.search(r"[\w\u4e00-\u9fff]", piece) else piece
