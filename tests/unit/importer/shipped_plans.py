"""The shipped plans as the importer's grammar is held against them."""

from functools import cache
from pathlib import Path

import yaml

from duban.importer.dates.phrase import Setting
from models.document import Document, Paragraph, Place
from models.matrix import Matrix

MATRICES = Path(__file__).parents[3] / "matrices"
PLANS = sorted(path.parent.name for path in MATRICES.glob("*/plan.yaml"))


@cache
def shipped(plan: str) -> Matrix:
    """A shipped plan as made by hand."""
    text = (MATRICES / plan / "plan.yaml").read_text("utf-8")
    return Matrix.model_validate(yaml.load(text, yaml.BaseLoader))


def setting_of(matrix: Matrix) -> Setting:
    """What the plan says of its own dates."""
    return Setting(matrix.issued_on, (matrix.period.first, matrix.period.last))


def lines_of(plan: str) -> list[str]:
    """The lines of a plan's document."""
    return (MATRICES / plan / "document.txt").read_text("utf-8").split("\n")


def document_of(lines: list[str]) -> Document:
    """Lines as a document of plain text: each that is not blank a paragraph."""
    blocks = [
        Paragraph(line, Place(number, number))
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    return Document("text", tuple(blocks), tuple(lines))
