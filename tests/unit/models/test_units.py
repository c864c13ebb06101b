"""One unit under many names, and what groups stand for."""

import pytest

from models.units import Group, Jurisdiction, Unit
from tests.builders import sentences, shipped

PLACE = Jurisdiction(
    name="某市",
    units=(
        Unit(name="市编办", full_name="某市委机构编制委员会办公室", aliases=("编办",)),
        Unit(name="甲镇", aliases=("甲镇人民政府",)),
        Unit(name="乙镇"),
    ),
    groups=(
        Group(name="各镇", aliases=("镇街",), members=("甲镇人民政府", "乙镇")),
        Group(name="各有关部门", every_unit_in_rows=True),
    ),
)

MEMBERS: list[tuple[str, list[str], list[str]]] = [
    ("an alias is the registry's own name", ["编办"], ["市编办"]),
    ("so is the full name", ["某市委机构编制委员会办公室"], ["市编办"]),
    ("a group is its members, aliases resolved", ["各镇"], ["甲镇", "乙镇"]),
    ("a group has aliases too", ["镇街"], ["甲镇", "乙镇"]),
    ("each unit once, where it first stands", ["乙镇", "各镇", "乙镇"], ["乙镇", "甲镇"]),
    ("an open group is what the rows name", ["各有关部门"], ["市编办"]),
    ("an unknown name is left out; the check names it", ["丙镇", "甲镇"], ["甲镇"]),
]


@pytest.mark.parametrize(("names", "units"), sentences(MEMBERS))
def test_the_units_behind_names(names: list[str], units: list[str]) -> None:
    assert PLACE.members(names, in_rows=["编办"]) == units


def test_the_same_name_is_another_group_elsewhere() -> None:
    towns = [place.group("各镇街") for place in shipped().registry.jurisdictions]
    sizes = [len(group.members) for group in towns if group]
    assert sorted(sizes) == [22, 23]  # 渝北 and 中山; the other three have none


@pytest.mark.parametrize("place", shipped().registry.jurisdictions, ids=lambda place: place.name)
def test_every_shipped_name_leads_to_one_unit_or_one_group(place: Jurisdiction) -> None:
    assert len(place.names) == len(set(place.names))
    for group in place.groups:
        assert len(place.members(group.members)) == len(group.members)
