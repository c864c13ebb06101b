"""Rows to models and back."""

import pytest

from duban.planner.obligations import obligations
from duban.service.workplace import Workplace
from duban.store import mapping
from duban.store.database import writing
from duban.store.tables import OBLIGATION
from tests import builders


def test_what_the_plan_asks_for_comes_back_as_it_was(applied: Workplace) -> None:
    rows = builders.items(applied).values()
    wanted = obligations(applied.plan("plan-2024"))
    assert sorted(map(mapping.obligation, rows)) == sorted(wanted)


@pytest.mark.parametrize("column", ["kind", "stage"])
def test_what_a_row_should_not_hold_is_refused_on_its_way_out(
    applied: Workplace, column: str
) -> None:
    with writing(applied.engine) as connection:
        connection.execute(OBLIGATION.update().values({column: "nonsense"}))
    row = builders.items(applied)["plan-2024/summary/甲局"]
    with pytest.raises(ValueError, match="nonsense"):
        mapping.standing(row)
