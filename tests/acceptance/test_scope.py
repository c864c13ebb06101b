"""Who owes what once the real plans are applied to a ledger."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duban.errors import DraftPlan
from duban.service.apply import apply
from duban.service.workplace import Workplace
from models.matrix import Status
from models.obligation import ItemKind
from models.office import Office
from tests.builders import edited, items, ledger_at, occasion, said, shipped, spoken


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Workplace]:
    """The shipped office beside an empty SQLite ledger."""
    with ledger_at(f"sqlite:///{tmp_path / 'real.db'}", shipped()) as found:
        yield found


def _apply_real(workplace: Workplace, name: str) -> dict[str, list[str]]:
    """Applies a real plan on its issue date; gives the owers by key."""
    content = workplace.office.plans[name]
    apply(workplace, [content], occasion(str(content.matrix.starts_on)))
    owers: dict[str, list[str]] = {}
    for key, row in items(workplace).items():
        owers.setdefault(key.removeprefix(f"{name}/").removesuffix(f"/{row.unit}"), []).append(
            row.unit
        )
    return owers


def test_zhongshan_as_applied(real: Workplace) -> None:
    owers = _apply_real(real, "zhongshan-2023")
    towns = set(real.office.plans["zhongshan-2023"].members(("各镇街",)))
    assert len(towns) == 23
    for key in ("midterm-summary", "final-summary"):
        assert len(owers[key]) == len(set(owers[key])) == 46
        assert "市残联" not in owers[key]
        assert towns <= set(owers[key])
    assert len(owers["assignment"]) == 47
    assert len(said(real, spoken)) == 47


def test_the_real_draft_is_refused(real: Workplace) -> None:
    with pytest.raises(DraftPlan, match="ningjin-2022"):
        _apply_real(real, "ningjin-2022")
    assert items(real) == {}


def test_ningjin_as_it_would_be_applied_once_issued(real: Workplace) -> None:
    content = real.office.plans["ningjin-2022"]
    issued = content.matrix.model_copy(
        update={"status": Status.ISSUED, "issued_on": date(2022, 1, 4)}
    )
    plans = {"ningjin-2022": replace(content, matrix=issued)}
    issued_office: Office = replace(shipped(), plans=plans)
    owers = _apply_real(edited(real, issued_office), "ningjin-2022")
    towns = content.members(("各乡镇（街道、区）政府",))
    reached = {key for key, units in owers.items() if set(towns) <= set(units)}
    assert reached == {"assignment", *(f"duty/2.{number}" for number in range(1, 11))}


def test_standing_duties_stand_in_the_ledger_and_are_not_chased(real: Workplace) -> None:
    _apply_real(real, "zhongshan-2023")
    duties = [row for row in items(real).values() if row.kind == ItemKind.DUTY]
    assert len(duties) > 15 * 23
    assert {row.next_on for row in duties} == {None}
