"""The invented documents: their answers written by hand, their form in other formats."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from duban.cli.import_ import Imported, imported
from duban.cli.show import understood
from duban.importer.as_json import questions_json, shown_plan
from duban.importer.formats.text import read_text
from duban.importer.shapes.flattened import with_tables
from models.document import Paragraph, Table
from models.units import Registry
from tests.unit.importer.formats import builders

FOLDER = Path(__file__).parent / "import"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
TODAY = date(2026, 1, 5)


def expected(name: str) -> dict[str, Any]:
    """The hand-made answer in the shape that ``score`` compares."""
    answer = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    rows = [_row(row) for row in answer["rows"]]
    return {**answer, "duties": rows, "obligations": []}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    lead = row.get("lead", [])
    proposed = [] if lead else row["units"][:1]
    return {"funding": [], "targets": [], **row, "lead": lead, "lead_proposed": proposed}


def made(file: Path, registry: Registry | None = None, plan: str = "imported") -> Imported:
    """A file imported on a fixed day."""
    return imported(file, registry, plan, "", TODAY)


def got(file: Path, registry: Registry | None = None, plan: str = "imported") -> dict[str, Any]:
    """What ``duban import --json`` prints of a file."""
    return printed(made(file, registry, plan))


def printed(read: Imported) -> dict[str, Any]:
    """An import as ``duban import --json`` prints it."""
    shown = understood(shown_plan(read.matrix, read.place, read.draft.groups))
    plain: dict[str, Any] = as_plain({**shown, "questions": questions_json(read.asked)})
    return plain


def as_plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, dict):
        return {key: as_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(each) for each in value]
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def due_dates(read: Imported) -> list[tuple[str, str]]:
    """Row numbers and days of everything dated, sorted."""
    plan = shown_plan(read.matrix, read.place)
    rows = {f"{plan.id}/{spec.key}": ",".join(spec.duties) for spec in read.matrix.obligations}
    return sorted(
        (rows["/".join(item["id"].split("/")[:2])], str(item["due_on"]))
        for item in understood(plan)["obligations"]
        if item["due_on"]
    )


def in_format(name: str, suffix: str) -> bytes | None:
    """An invented document as a file of another format; None where it cannot be made here."""
    paragraphs, rows = _parts(name)
    merged = (0, 1, 2) if rows and len(rows[0]) > 6 else ()
    match suffix:
        case "docx":
            return builders.to_docx(rows, paragraphs, merged)
        case "xlsx":
            return builders.to_xlsx(rows, paragraphs, merged)
        case "html":
            return builders.to_html(rows, paragraphs, merged)
        case _:
            return builders.to_pdf(builders.to_html(rows, paragraphs, merged))


def _parts(name: str) -> tuple[list[str], list[list[str]]]:
    """The paragraphs before the table, and its rows, blank cells of merged columns filled."""
    document = read_text((FOLDER / f"{name}.txt").read_bytes())
    paragraphs: list[str] = []
    rows: list[list[str]] = []
    for block in with_tables(document):
        if isinstance(block, Table):
            rows += [[cell.text for cell in row] for row in block.rows]
        elif isinstance(block, Paragraph) and not rows:
            paragraphs.append(block.text)
    if rows and len(rows[0]) > 6:
        rows = _filled(rows)
    return paragraphs, rows


def _filled(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    filled = [list(rows[0])]
    for row in rows[1:]:
        is_task = any(row[3:])
        filled.append(
            [
                above if at < 3 and not cell and (row[0] == "" or at == 1) and is_task else cell
                for at, (cell, above) in enumerate(zip(row, filled[-1], strict=True))
            ]
        )
    return filled
