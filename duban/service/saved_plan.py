"""A plan of changes kept in a file, to be read by a person and applied as read, or not at all."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from duban.errors import WrongUsage
from duban.service.apply import Difference


class _SavedDifference(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    plan: str
    ledger_mark: str
    matrix_mark: str


class _SavedPlan(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    format: Literal["duban-plan-1"]
    plans: tuple[_SavedDifference, ...]


def difference_as_json(difference: Difference) -> dict[str, Any]:
    """One plan's difference for programs, with the marks of the state it was worked out from."""
    return {
        "plan": difference.plan,
        "ledger_mark": difference.ledger_mark,
        "matrix_mark": difference.matrix_mark,
        "changes": [
            {
                "kind": change.kind.value,
                "obligation": change.obligation.id,
                "unit": change.obligation.unit,
                "title": change.obligation.title,
                "due_on": change.obligation.due_on,
                "fields": change.fields,
            }
            for change in difference.changes
        ],
        "asks_again": difference.asks_again,
    }


def save(path: Path, differences: Iterable[Difference], made_at: datetime) -> None:
    """Write a saved plan, to be read back by :func:`marks_of`.

    Raises:
        WrongUsage: the file cannot be written.
    """
    content = {
        "format": "duban-plan-1",
        "made_at": made_at.isoformat(timespec="seconds"),
        "plans": [difference_as_json(difference) for difference in differences],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise WrongUsage(f"{path} cannot be written: {error.strerror}") from None


def marks_of(path: Path) -> Mapping[str, tuple[str, str]]:
    """The marks of ledger and matrix that each plan of a saved file was made with.

    Raises:
        WrongUsage: the file cannot be read or is no saved plan.
    """
    try:
        found = _SavedPlan.model_validate_json(path.read_bytes())
    except OSError as error:
        raise WrongUsage(f"{path} cannot be read: {error.strerror}") from None
    except ValidationError:
        raise WrongUsage(f"{path} is no saved plan", "`duban plan --out FILE` makes one") from None
    return {item.plan: (item.ledger_mark, item.matrix_mark) for item in found.plans}
