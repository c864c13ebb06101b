"""``duban plans``: the plans found."""

from typing import Annotated

import typer

from duban.cli.output import print_json, print_table
from duban.loader.office import load_office
from duban.settings import Settings
from models.office import Plan

STATUS = {"draft": "征求意见稿", "issued": "已印发"}


def plans(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the plans."""
    office = load_office(Settings.read().matrices)
    if as_json:
        print_json([_as_json(plan) for plan in office.plans.values()])
        return
    headings = ("编号", "状态", "印发日期", "事项", "义务", "标题")
    print_table(headings, (_row(plan) for plan in office.plans.values()))


def _as_json(plan: Plan) -> dict[str, object]:
    matrix = plan.matrix
    return {
        "id": matrix.id,
        "title": matrix.title,
        "document_number": matrix.document_number,
        "issuer": matrix.issuer,
        "issued_on": matrix.issued_on,
        "period": [matrix.period.first, matrix.period.last],
        "status": matrix.status,
        "jurisdiction": matrix.jurisdiction,
        "coordinator": matrix.coordinator,
        "duties": len(matrix.duties),
        "obligations": len(matrix.obligations),
    }


def _row(plan: Plan) -> tuple[object, ...]:
    matrix = plan.matrix
    return (
        matrix.id,
        STATUS[matrix.status],
        matrix.issued_on or "—",
        len(matrix.duties),
        len(matrix.obligations),
        matrix.title,
    )
