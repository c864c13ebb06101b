"""Lists of contacts as offices collect them; persons and addresses are made up."""

from models.document import Cell, Document, Paragraph, Place, Table
from models.units import Jurisdiction

PLACE = Jurisdiction.model_validate(
    {
        "name": "甲水市",
        "units": [
            {"name": "市财政局"},
            {"name": "市人力资源社会保障局", "aliases": ["市人社局"]},
            {"name": "市委编办"},
            {"name": "市政府办公室"},
            {"name": "市残联", "full_name": "甲水市残疾人联合会"},
            {"name": "东湖镇"},
        ],
        "groups": [{"name": "各镇街", "members": ["东湖镇"]}],
    }
)


def table(*rows: str, line: int = 1, merged: tuple[tuple[int, int], ...] = ()) -> Table:
    """A table of rows ``甲|乙|丙``; ``merged`` names cells (row, column) that continue another."""
    cells = tuple(
        tuple(
            Cell(
                text.strip().replace("\\n", "\n"),
                Place(line + at, None, None, 1, at + 1, column + 1),
                (at, column) in merged,
            )
            for column, text in enumerate(row.split("|"))
        )
        for at, row in enumerate(rows)
    )
    return Table(cells, Place(line, table=1))


def document(*rows: str, title: str = "", merged: tuple[tuple[int, int], ...] = ()) -> Document:
    """A document with one table, and a title above it."""
    lines = ((title,) if title else ()) + tuple(row.replace("|", "\t") for row in rows)
    begin = 2 if title else 1
    head = (Paragraph(title, Place(1, 1)),) if title else ()
    return Document("docx", (*head, table(*rows, line=begin, merged=merged)), lines)
