"""An HTML body made into the lines that a reader sees; what it quotes is marked with ``>``."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article blockquote body br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr"  # noqa: SIM905
    " li main ol p pre section table tbody td tfoot th thead tr ul".split()
)
_IN_ONE_LINE = frozenset({"td", "th"})
_HIDDEN = frozenset({"head", "script", "style", "template", "title", "object"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SIGNATURE_RULE = re.compile(r"width\s*:\s*210px", re.IGNORECASE)
_DEEPEST_QUOTE = 20
_DECLARATION = re.compile(r"<!--|<[!?]")
_STRAY = re.compile(
    r"<(?!/?[a-zA-Z][a-zA-Z0-9:_-]{0,40}(?=[\s/>])"
    r"(?:\"[^\"<>]{0,4000}\"|'[^'<>]{0,4000}'|[^<>\"']){0,4000}>)"
)
"""A ``<`` that begins no whole tag; the parser takes cubic time for a row of them."""


Attributes = list[tuple[str, str | None]]


_BLANKS = re.compile(r"(?<!\s)\s+")
"""Whole runs of blanks, so that each is looked at once."""


def _without_break(blanks: re.Match[str]) -> str:
    """A line end in the source is a space, but none between two Chinese characters."""
    if "\n" not in blanks[0]:
        return blanks[0]
    text, (begin, end) = blanks.string, blanks.span()
    around = text[begin - 1 : begin] + text[end : end + 1]
    return "" if len(around) > 1 and min(around) > "\xff" else " "


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._hidden: list[str] = []
        self._is_exact = 0

    def _break(self) -> None:
        text = "".join(self._line)
        shown = text.rstrip() if self._is_exact else " ".join(text.split())
        self._line.clear()
        quote = "> " * min(self._quotes, _DEEPEST_QUOTE)
        if shown or (self.lines and self.lines[-1].strip("> ")):
            self.lines.append((quote + shown).rstrip())

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        style = next((value or "" for name, value in attrs if name == "style"), "")
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.append(tag)
            return
        if tag in _HIDDEN or (tag in {"div", "span", "p"} and _HIDDEN_STYLE.search(style)):
            self._hidden.append(tag)
            return
        if tag in _IN_ONE_LINE:
            self._line.append(" ")
        elif tag in _BLOCKS:
            self._break()
        self._quotes += tag == "blockquote"
        self._is_exact += tag == "pre"
        # Foxmail draws this very line above a signature.
        if tag == "hr" and _SIGNATURE_RULE.search(style):
            self._line.append("--")
            self._break()

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _BLOCKS | {"img", "input", "meta", "link"}:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.pop()
            return
        if tag in _BLOCKS and tag not in _IN_ONE_LINE:
            self._break()
        self._quotes = max(0, self._quotes - (tag == "blockquote"))
        self._is_exact = max(0, self._is_exact - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if not self._is_exact:
            self._line.append(_BLANKS.sub(_without_break, data))
            return
        first, *others = data.split("\n")
        self._line.append(first)
        for line in others:
            self._break()
            self._line.append(line)

    def finish(self) -> str:
        self._break()
        return "\n".join(self.lines).strip("\n")


def text_of_html(html: str) -> str:
    """The text of an HTML page, a line for each block; quoted blocks begin with ``>``."""
    reader = _Reader()
    reader.feed(_STRAY.sub("&lt;", _without_declarations(html)))
    reader.close()
    return reader.finish()


def _without_declarations(html: str) -> str:
    """The page without comments and declarations; the parser takes quadratic time for bad ones."""
    kept: list[str] = []
    at = 0
    while found := _DECLARATION.search(html, at):
        kept.append(html[at : found.start()])
        end = "-->" if found[0] == "<!--" else ">"
        at = html.find(end, found.end())
        if at < 0:
            return "".join(kept)
        at += len(end)
    return "".join([*kept, html[at:]])
