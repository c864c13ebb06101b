"""Documents of every shape, each with the rows that it must give."""

from pathlib import Path
from typing import NamedTuple

import pytest

from duban.importer.formats.text import read_text
from duban.importer.shapes.found import Found
from duban.importer.shapes.reading import shape

CASES = Path(__file__).parent / "cases.txt"


class Case(NamedTuple):
    sentence: str
    document: str
    rows: tuple[str, ...]


def cases() -> list[Case]:
    parts = CASES.read_text(encoding="utf-8").split("=== ")[1:]
    found = []
    for part in parts:
        heading, _, rest = part.partition("\n")
        document, _, rows = rest.partition("---\n")
        found.append(Case(heading, document, tuple(rows.strip().split("\n"))))
    return found


def shown(row: Found) -> str:
    lists = " ⏎ ".join(each.text for each in row.lists)
    parts = [row.number, row.title, row.section, lists]
    return " | ".join([*parts, row.due] if row.due else parts).strip()


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.sentence)
def test_rows(case: Case) -> None:
    found = shape(read_text(case.document.encode()))
    assert tuple(map(shown, found.rows)) == case.rows
