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


def test_measures_without_a_list_beside_others_with_one_are_asked_about() -> None:
    document = """一、主要任务
（一）办好甲。（市教育局、市财政局）
（二）办好乙。（市民政局）
（三）给予补贴，2027年3月底前完成。
（四）开展检查。
"""
    found = shape(read_text(document.encode()))
    asked = [doubt.place.line for doubt in found.doubts if doubt.place]
    assert [row.number for row in found.rows] == ["1.1", "1.2"]
    assert asked == [4, 5]
