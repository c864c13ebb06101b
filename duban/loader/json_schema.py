"""JSON Schema of the YAML files as people write them, for editors that complete and check."""

from typing import Any

from pydantic import BaseModel

from models.matrix import ROW_NUMBER
from models.policy import Duration, Moment

_SHORT_FORMS: dict[str, dict[str, Any]] = {
    "Contact": {"type": "string", "format": "email"},
    Duration.__name__: {"type": "string", "pattern": r"^\d{1,4} (working )?days?$"},
    Moment.__name__: {
        "type": "string",
        "pattern": r"^[A-Za-z0-9-]+( [+-] \d{1,4} (working )?days?)?$",
    },
}


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of one kind of file (draft 2020-12).

    Where a model takes a short form (``liaison: a@b.example``) the schema has both; text such as
    the row number 2.1, which an editor takes for a number, may stand without quotation marks.
    """
    schema = model.model_json_schema()
    for name, short in _SHORT_FORMS.items():
        if definition := schema.get("$defs", {}).get(name):
            schema["$defs"][name] = {"anyOf": [short, definition]}
    loosened: dict[str, Any] = _loosened(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **loosened}


def _loosened(part: Any) -> Any:
    if isinstance(part, list):
        return [_loosened(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "string" and (
        part.get("pattern") == ROW_NUMBER or {"minLength", "pattern"} & set(part) == {"minLength"}
    ):
        part = {**part, "type": ["string", "number"]}
    # A title made from the key says nothing that the key does not.
    drops_title = isinstance(part.get("title"), str) and "type" in part and "$defs" not in part
    return {
        key: _loosened(value) for key, value in part.items() if not (drops_title and key == "title")
    }
