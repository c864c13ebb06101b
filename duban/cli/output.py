"""How commands print: JSON, tables that line up Chinese, diagnostics."""

import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from unicodedata import category

from rich.cells import cell_len

_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def print_json(value: Any) -> None:
    """Print JSON with Chinese as it is; dates as ISO text, decimals as numbers."""
    write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def show(value: Any, lines: Iterable[str], as_json: bool) -> None:
    """Print the value as JSON, or else the lines."""
    if as_json:
        print_json(value)
        return
    for line in lines:
        write(line)


def tell(text: str) -> None:
    """One line on stderr for whoever watches, or for the system's journal."""
    print(f"duban: {text}", file=sys.stderr, flush=True)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table without lines, each column as wide as its widest cell; 单 counts two."""
    cells = [[_cell(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        )
        write("  ".join(padded).rstrip())


def printable(text: str) -> str:
    """The text with what could steer a terminal or forge a line escaped; 　 and its like stay."""
    if text.isprintable():
        return text
    return "".join(ascii(char)[1:-1] if category(char) in _STEERING else char for char in text)


def write(text: str) -> None:
    """Print to the standard output; what its encoding lacks is escaped, never an error."""
    encoding = sys.stdout.encoding or "utf-8"
    lines = "\n".join(printable(line) for line in text.split("\n"))
    print(lines.encode(encoding, "backslashreplace").decode(encoding))


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)
