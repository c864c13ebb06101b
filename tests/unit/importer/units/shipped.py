"""The shipped plans as the compiler's examination: lines, expected units, documents."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from models.document import Block, Document, Paragraph, Place
from models.draft import Part

MATRICES = Path(__file__).parents[4] / "matrices"
PLANS = ("haidong-2023", "ningjin-2022", "sichuan-2022", "yubei-2023", "zhongshan-2023")


class Row(NamedTuple):
    plan: str
    number: str
    cells: tuple[tuple[str, Part], ...]
    line: int
    units: list[str]
    lead: list[str]


def rows(plan: str) -> Iterator[Row]:
    content = yaml.safe_load((MATRICES / plan / "plan.yaml").read_text("utf-8"))
    for duty in content["duties"]:
        source = duty["source"]
        texts = source["text"].split(" | ")
        cells = tuple(zip(texts, (Part.LEAD, Part.RESPONSIBLE)[-len(texts) :], strict=True))
        yield Row(
            plan, str(duty["number"]), cells, source["line"], duty["units"], duty.get("lead") or []
        )


def jurisdiction(plan: str) -> str:
    content = yaml.safe_load((MATRICES / plan / "plan.yaml").read_text("utf-8"))
    return str(content["jurisdiction"])


def document(plan: str) -> Document:
    return as_document((MATRICES / plan / "document.txt").read_text("utf-8"))


def as_document(text: str) -> Document:
    lines = text.split("\n")
    blocks: list[Block] = []
    for number, line in enumerate(lines, 1):
        parts = line.split("\t") if "\t" in line else line.strip("|").split(" | ")
        blocks += [Paragraph(part.strip(), Place(number)) for part in parts if part.strip()]
    return Document("text", tuple(blocks), tuple(lines))
