"""The collated summary for programs: plain values, Chinese as written, earlier words kept."""

from typing import Any

from models.collation import Contribution, Measured, Origin, RowProgress, Summary


def summary_json(found: Summary) -> dict[str, Any]:
    """The shape that docs/reference/json.md describes; dates and numbers are left as they are."""
    return {
        "plan": found.plan,
        "report": found.key,
        "title": found.title,
        "document_number": found.document_number,
        "to": found.to,
        "receiver_stated": found.is_receiver_stated,
        "due_on": found.due_on,
        "from": found.first,
        "as_of": found.as_of,
        "counts": {
            "owed": len(found.owed),
            "reported": len(found.reported),
            "nil": len(found.nil),
            "missing": len(found.missing),
        },
        "owed": found.owed,
        "reported": found.reported,
        "nil": [_origin(one.origin) | {"text": one.text} for one in found.nil],
        "without_words": [_origin(one.origin) for one in found.bare],
        "unfinished": found.unfinished,
        "missing": [
            {"unit": one.unit, "stage": one.stage, "now": one.now} for one in found.missing
        ],
        "rows": [_row(row) for row in found.rows],
        "general": [_contribution(one) for one in found.general],
    }


def _row(row: RowProgress) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "section": row.section,
        "expected": row.expected,
        "passages": [_contribution(one) for one in row.contributions],
        "targets": [_measured(one) for one in row.measured],
        "silent": row.silent,
    }


def _contribution(one: Contribution) -> dict[str, Any]:
    return {
        "text": one.text,
        "figures": [figure._asdict() for figure in one.figures],
        "nil": one.is_nil,
        "completed": one.is_final,
        **_origin(one.origin),
        "earlier": [_contribution(before) for before in one.earlier],
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {"unit": origin.unit, "on": origin.on, "via": origin.via, "entry": origin.entry}


def _measured(one: Measured) -> dict[str, Any]:
    return {
        "metric": one.target.metric,
        "text": one.target.text,
        "unit": one.target.unit,
        "reported": [_origin(origin) | {"value": value} for origin, value in one.values],
        "total": one.total,
    }
