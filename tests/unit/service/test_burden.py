"""What each unit was asked in a period, and by whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duban.service.apply import apply
from duban.service.burden import Asked, burden
from duban.service.workplace import Workplace
from models.matrix import Duty
from models.office import Plan
from models.units import Jurisdiction
from tests import builders

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


def _targets(*days: str | None) -> list[dict[str, Any]]:
    target = {"text": "培训100人", "metric": "培训人数", "value": 100, "unit": "人", "cmp": ">="}
    return [target | ({"by": day} if day else {}) for day in days]


def _duty(**fields: Any) -> Duty:
    return builders.duty(units=("乙局", "甲局"), **fields)


def _plan(name: str = "plan-2024", place: str = builders.PLACE, **fields: Any) -> Plan:
    plain = builders.plan(builders.matrix(id=name, jurisdiction=place, **fields))
    return replace(plain, place=plain.place.model_copy(update={"name": place}))


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    """Two plans of one place and one of another, applied on 2024-01-02."""
    rows = (_duty(targets=_targets(None, "2024-06-30", "2025-06-30")),)
    office = builders.office(
        _plan(duties=rows),
        _plan("second-2024", issuer="某局", minimal_evidence=True),
        _plan("elsewhere-2024", place="别处"),
    )
    with builders.ledger_at(f"sqlite:///{tmp_path / 'ledger.db'}", office) as found:
        apply(found, office.plans.values(), builders.occasion("2024-01-02"))
        yield found


def _asked(plan: str, issuer: str, evidence: int, figures: int) -> Asked:
    return Asked(plan, issuer, 1, 0, 0, 0, 0, 1, evidence, figures, 0, 0)


def test_each_unit_is_told_what_every_plan_asked_of_it(workplace: Workplace) -> None:
    first = next(row for row in burden(workplace, FIRST, LAST) if row.unit == "甲局")
    assert first.asked == (
        _asked("plan-2024", "某市人民政府办公室", evidence=1, figures=2),
        _asked("second-2024", "某局", evidence=0, figures=0),
    )


def test_a_name_of_another_place_is_another_body(workplace: Workplace) -> None:
    rows = burden(workplace, FIRST, LAST)
    named = [(row.jurisdiction, row.unit) for row in rows]
    assert named == [
        (builders.PLACE, "乙局"),
        (builders.PLACE, "甲局"),
        ("别处", "甲局"),
        ("别处", "乙局"),
    ]


def test_units_stand_in_the_order_of_the_document_whatever_they_were_asked(
    workplace: Workplace,
) -> None:
    rows = burden(workplace, FIRST, LAST, "plan-2024")
    assert [row.unit for row in rows] == ["乙局", "甲局"]
    assert [sum(row.asked[0][2:]) for row in rows] == [3, 5]


def test_a_period_in_which_nothing_was_asked_is_empty(workplace: Workplace) -> None:
    assert burden(workplace, date(2020, 1, 1), date(2020, 12, 31)) == []


def test_a_plan_that_has_left_the_matrices_is_still_counted(workplace: Workplace) -> None:
    left = builders.edited(workplace, builders.office(_plan()))
    found = {(row.jurisdiction, row.unit): row for row in burden(left, FIRST, LAST)}
    assert found["second-2024", "甲局"].asked == (_asked("second-2024", "", 1, 0),)


def test_a_unit_that_was_merged_keeps_its_name_and_its_successor_beside_it(
    workplace: Workplace,
) -> None:
    step = {"unit": "甲局", "successor": "丙局", "since": "2024-06-30", "basis": "机构改革"}
    merged = _plan()
    place = Jurisdiction.model_validate(merged.place.model_dump() | {"successions": [step]})
    changed = builders.edited(workplace, builders.office(replace(merged, place=place)))
    shown = {row.unit: row.shown_unit for row in burden(changed, FIRST, LAST, "plan-2024")}
    assert shown == {"乙局": "乙局", "甲局": "甲局（现丙局）"}
