import pytest
import yaml

from duban.importer.registry_block import Missing, block
from models.units import Registry

FOUND = Missing(("市民政局", "市残联"), ("各镇街", "各有关部门"))


def test_a_place_that_is_not_there_is_a_registry_once_its_groups_have_members() -> None:
    text = block(FOUND, "甲水市", is_known=False).replace("members: []", "members: [市残联]")
    registry = Registry.model_validate(yaml.safe_load(f"jurisdictions:\n{text}"))
    place = registry.of("甲水市")
    assert place is not None
    assert [unit.name for unit in place.units] == ["市民政局", "市残联"]
    assert [group.every_unit_in_rows for group in place.groups] == [False, True]


def test_of_a_place_that_is_there_only_the_entries_are_named_and_where_they_belong() -> None:
    lines = block(FOUND, "甲水市", is_known=True).splitlines()
    assert lines[0] == "# 接在“甲水市”的 units: 下面"
    assert lines[3] == "# 接在“甲水市”的 groups: 下面"
    assert not [line for line in lines if line.endswith(("units:", "groups:"))]


@pytest.mark.parametrize("is_known", [True, False])
def test_nothing_missing_is_nothing_to_add(is_known: bool) -> None:
    text = block(Missing((), ()), "甲水市", is_known=is_known)
    assert text == ("" if is_known else "  - name: 甲水市\n    units: []\n")
