"""Text made even for the grammar without moving a character, so that spans keep their place."""

import re

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―－−～〜"), "-")
_SPACES = dict.fromkeys(map(ord, "\u3000\xa0\t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
_EVEN = _WIDTH | _DASHES | _SPACES | {ord("〇"): "零", ord("○"): "零"}
_QUOTED = re.compile(
    r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|〈[^〈〉]*〉|<[^<>]*>|〔[^〔〕]*〕|【[^【】]*】"
)
_IN_MARKS = re.compile(r"[“\"「]([^“”\"「」]{1,40})[”\"」]")
_KEPT_IN_MARKS = re.compile(r"百分|[%％]|[一二]?十[一二三四五六七八九]?五|\d五")
_ASIDE = re.compile(r"[(（][^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*[)）]")
_KEPT_ASIDE = re.compile(r"[(（](?:其中|到|至|每|前|截至|[^()（）]{0,6}20\d\d年)")
_SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")
_CLAUSE = re.compile(r"(?:[^,。;:!?]|(?<=\d),(?=\d{3}(?!\d)))+")

OPEN, CLOSE = "（(〔【[［{｛﹝〖", "）)〕】]］}｝﹞〗"
"""Brackets as documents write them: those that open, and in the same order those that close."""

FILL = "□"
"""What stands for a character that the grammar is not to read."""


def even(text: str) -> str:
    """The text in half width, with one kind of dash and blank; as long as it was."""
    return text.translate(_EVEN)


def without_titles(text: str) -> str:
    """The text with what stands in 《》 and 〔〕 blotted out; as long as it was."""
    return _QUOTED.sub(_blot, text)


def without_marks(text: str) -> str:
    """The text with what stands in “ ” blotted out, but for shares and five-year plans."""
    return _IN_MARKS.sub(
        lambda match: match[0] if _KEPT_IN_MARKS.search(match[1]) else _blot(match), text
    )


def without_asides(text: str) -> str:
    """The text with bracketed remarks blotted out, but for those that state a part or a date."""
    return _ASIDE.sub(lambda match: match[0] if _KEPT_ASIDE.match(match[0]) else _blot(match), text)


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of an even text; a semicolon ends one too."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def clauses(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The spans of the clauses, parted by commas and colons, of a piece of an even text."""
    return [match.span() for match in _CLAUSE.finditer(text, begin, end)]


def _blot(match: re.Match[str]) -> str:
    return FILL * len(match[0])
