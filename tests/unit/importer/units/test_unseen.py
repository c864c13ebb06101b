"""Invented documents, answered by hand before the compiler saw them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from duban.importer.units.document import context_of
from duban.importer.units.line import compile_line
from duban.importer.units.lists import find_lists
from models.document import Place
from models.draft import Part
from tests.unit.importer.units import shipped

MARKS = {Part.LEAD: "*", Part.SUPPORTING: "~", Part.RESPONSIBLE: ""}


def documents() -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """``unseen.txt``: jurisdiction, then measures with their units (* lead, ~ supporting)."""
    content = Path(__file__).with_name("unseen.txt").read_text("utf-8")
    for part in content.split("# ")[1:]:
        head, *lines = part.strip().split("\n")
        rows = [(text, units.split()) for text, units in (line.split("\t") for line in lines)]
        yield head.split()[0], rows


@pytest.mark.parametrize(("place", "rows"), list(documents()))
def test_an_unseen_document(place: str, rows: list[tuple[str, list[str]]]) -> None:
    context = context_of(shipped.as_document("\n".join(text for text, _ in rows)), place)
    for text, expected in rows:
        (span,) = find_lists(text)
        line = compile_line(span.text, Place(1), context)
        assert [unit.name + MARKS[unit.part] for unit in line.units] == expected
