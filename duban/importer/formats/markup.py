"""HTML elements turned into paragraphs and grids."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from duban.importer.formats import limits
from duban.importer.formats.assembly import Assembly
from duban.importer.formats.grid import Slot, Spanned, laid_out
from duban.importer.formats.refusal import FormatRefused

DROPPED = {
    *("script", "style", "noscript", "template", "svg", "nav", "footer", "select", "option"),
    *("button", "input", "textarea", "iframe", "object", "head", "title", "audio", "video"),
}
INLINE = {
    *("a", "abbr", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins"),
    *("kbd", "label", "mark", "q", "ruby", "s", "small", "span", "strike", "strong", "sub"),
    *("sup", "tt", "u", "var", "o:p", "st1:chsdate", "wbr"),
}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’]"
SOURCE_BREAK = re.compile(rf"(?<={CJK})[ \t]*[\r\n]\s*(?={CJK})")
WHITE = re.compile(r"[ \t\r\n\f\v]+")
AROUND_BREAK = re.compile(r"[ \xa0]*\n[ \xa0\u3000]*")
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\xad]")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SPAN = re.compile(r"\s*(\d{1,6})")
NESTED = "单元格内嵌套的表格，已按所在单元格的文字读取"
OWN_ROWS = etree.XPath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
OWN_CELLS = etree.XPath("./td | ./th")
NESTED_TABLES = etree.XPath(".//table")
TABLES_ABOVE = etree.XPath("count(ancestor-or-self::table)")


class Flow(NamedTuple):
    """A paragraph as it stands in a flow of elements, or a table in its place."""

    text: str
    level: int | None = None
    table: etree._Element | None = None


def add_blocks(assembly: Assembly, root: etree._Element) -> None:
    """Add the paragraphs and tables below an element in reading order."""
    check_nesting(root)
    for piece in _flow(root):
        if piece.table is None:
            assembly.paragraph(piece.text, piece.level)
            continue
        if NESTED_TABLES(piece.table):
            assembly.note(NESTED)
        assembly.table(grid_of(piece.table))


def check_nesting(root: etree._Element) -> None:
    """Refuse elements and tables that stand too deep in one another."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.DEPTH:
            raise _too_deep("elements", limits.DEPTH)
    tables = [table for table in root.iter("table") if len(NESTED_TABLES(table)) == 0]
    if any(_data_tables_above(table) > limits.NESTING for table in tables):
        raise _too_deep("tables", limits.NESTING)


def grid_of(table: etree._Element) -> list[list[Slot]]:
    """Return the cells of a table, those of tables in its cells as their text."""
    return laid_out([[_spanned(cell) for cell in OWN_CELLS(row)] for row in OWN_ROWS(table)])


def text_of(element: etree._Element) -> str:
    """Return the text below an element, its paragraphs on lines of their own."""
    return "\n".join(
        "\n".join(" ".join(slot.text for slot in row if slot.text) for row in grid_of(piece.table))
        if piece.table is not None
        else piece.text
        for piece in _flow(element)
    )


def is_layout(table: etree._Element) -> bool:
    """Tell whether a table only frames its content: no row has two cells with anything in them."""
    return all(sum(_has_text(cell) for cell in OWN_CELLS(row)) <= 1 for row in OWN_ROWS(table))


def _has_text(cell: etree._Element) -> bool:
    return any(text.strip() for text in cell.itertext())


def _data_tables_above(table: etree._Element) -> int:
    above = [table, *table.iterancestors("table")]
    if len(above) > limits.NESTING * 4:
        return len(above)
    return sum(not is_layout(one) for one in above)


def _too_deep(what: str, limit: int) -> FormatRefused:
    return FormatRefused(
        "nested-too-deep",
        f"{what} stand in {what} more than {limit} deep",
        "copy the text into a new document and import that",
    )


def _spanned(cell: etree._Element) -> Spanned:
    text = "" if _is_hidden(cell) else text_of(cell)
    return Spanned(text, _span(cell, "rowspan"), max(_span(cell, "colspan"), 1))


def _span(cell: etree._Element, name: str) -> int:
    written = SPAN.match(cell.get(name, ""))
    return int(written[1]) if written else 1


def _is_hidden(element: etree._Element) -> bool:
    return "hidden" in element.attrib or bool(HIDDEN.search(element.get("style", "")))


def _flow(root: etree._Element) -> Iterator[Flow]:
    """Walk without recursion: a file may nest as deep as it likes."""
    pending: list[str] = []
    level: int | None = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        is_block = tag not in INLINE and tag != "br"
        if is_block and (pieces := _paragraph(pending, level)):
            yield pieces
        if event == "start":
            level = HEADINGS.get(tag, level)
            if element is not root and (tag in DROPPED or _is_hidden(element) or _is_mark(element)):
                walk.skip_subtree()
            elif element is not root and tag == "table" and not is_layout(element):
                yield Flow("", table=element)
                walk.skip_subtree()
            else:
                pending += [_lead(element), _white(element.text)]
        else:
            level = None if tag in HEADINGS else level
            pending.append(_white(element.tail) if element is not root else "")
    if last := _paragraph(pending, level):
        yield last


def _paragraph(pending: list[str], level: int | None) -> Flow | None:
    """Empty what was gathered; None if it is blank."""
    text = INVISIBLE.sub("", "".join(pending)).replace("\xa0", " ")
    pending.clear()
    text = AROUND_BREAK.sub("\n", re.sub(" {2,}", " ", text)).strip()
    return Flow(text, level) if text else None


def _white(text: str | None) -> str:
    return WHITE.sub(" ", SOURCE_BREAK.sub("", text)) if text else ""


def _is_mark(element: etree._Element) -> bool:
    """Tell whether an element is the mark of a footnote, in the text or before the note."""
    return "footnote-ref-" in (element.get("id", "") + element.get("href", ""))


def _lead(element: etree._Element) -> str:
    """Return what the element shows before its text: a break, or the number of a list."""
    if element.tag == "br":
        return "\n"
    parent = element.getparent()
    if element.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    number = SPAN.match(parent.get("start", "1"))
    before = sum(1 for _ in element.itersiblings("li", preceding=True))
    position = (int(number[1]) if number else 1) + before
    return f"注{position}：" if element.get("id", "").startswith("footnote-") else f"{position}."
