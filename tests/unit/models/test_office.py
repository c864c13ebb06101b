"""The units that a plan's rows name, and what its open groups stand for."""

from models.units import Group
from tests.builders import duty, matrix, plan

TOWNS = Group(name="各镇街", members=("甲镇", "乙镇"))
EVERY = Group(name="各有关部门", every_unit_in_rows=True)


def test_units_in_rows_are_named_one_by_one_and_do_not_come_from_groups() -> None:
    rows = (duty("1", units=("乙局", "各镇街")), duty("2", units=("甲局", "乙局", "乙镇")))
    subject = plan(
        matrix(duties=rows), units=("甲局", "乙局", "甲镇", "乙镇"), groups=(TOWNS, EVERY)
    )
    assert subject.units_in_rows == ["乙局", "甲局", "乙镇"]
    assert subject.members(("各有关部门",)) == ["乙局", "甲局", "乙镇"]
    assert subject.members(("各有关部门", "各镇街")) == ["乙局", "甲局", "乙镇", "甲镇"]
