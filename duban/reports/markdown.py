"""A paper as Markdown (CommonMark with tables); what people wrote stays text, never markup."""

import re
from collections.abc import Iterable

from duban.reports.document import HEADINGS, Block, Part, Table

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_LIST = re.compile(r"^([-+=]|\d{1,9}(?=[.)](?:\s|$)))")


def markdown(blocks: Iterable[Block]) -> str:
    """The whole paper, ending in a line break."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def escaped(text: str) -> str:
    """A line of text so that it is read as just that."""
    marked = _MARKUP.sub(r"\\\1", text.strip())
    return _LIST.sub(_guarded, marked)


def _guarded(found: re.Match[str]) -> str:
    """A line that would begin a list or underline a heading: the mark itself is escaped."""
    mark = found.group()
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    text = escaped(block.text)
    if block.part is Part.TITLE:
        return f"# {text}"
    if block.part in HEADINGS:
        return f"{'#' * (HEADINGS[block.part] + 1)} {text}"
    return text


def _table(table: Table) -> str:
    rows = [table.headings, *table.rows]
    shown = [f"| {' | '.join(escaped(cell) or ' ' for cell in row)} |" for row in rows]
    rule = f"|{'---|' * len(table.headings)}"
    return "\n".join([shown[0], rule, *shown[1:]])
