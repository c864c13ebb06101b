import pytest

from duban.importer.units.context import Context, level_of
from models.units import Group, Jurisdiction, Unit


@pytest.mark.parametrize(("name", "level"), [
    ("四川省", "省"), ("广西壮族自治区", "自治区"), ("中山市", "市"), ("北京", "市"),
    ("渝北区", "区"),
    ("宁晋县", "县"), ("恩施土家族苗族自治州", "州"), ("兴安盟", "盟"), ("科左中旗", "旗"),
    ("国务院", "国"), ("某公司", ""), ("", ""),
])  # fmt: skip
def test_the_level_of_a_jurisdiction(name: str, level: str) -> None:
    assert level_of(name) == level


def test_what_is_known_of_a_name() -> None:
    place = Jurisdiction(
        name="滨江市",
        units=(Unit(name="市残联", aliases=("滨江市残联",)),),
        groups=(Group(name="各镇街"),),
    )
    context = Context(jurisdiction="滨江市", registry=place, written={"市教育局": 2})
    assert context.registered("滨江市残联") == "市残联"
    assert context.registered("各镇街") == "各镇街"
    assert context.registered("市教育局") is None
    assert context.knows("市教育局")
    assert not context.knows("市体育局")
    assert context.is_named_in("滨江日报社")
    assert Context().registered("市残联") is None
