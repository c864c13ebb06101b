import pytest

from duban.importer.units.context import Context
from duban.importer.units.names import read_name
from duban.importer.units.spelling import correction
from models.units import Jurisdiction, Unit


def registry(*names: str) -> Jurisdiction:
    return Jurisdiction(name="示例", units=tuple(Unit(name=name) for name in names))


@pytest.mark.parametrize(("level", "text", "written", "expected"), [
    ("省", "省市市场监管局", {}, "省市场监管局"),
    ("市", "省市市场监管局", {}, "市市场监管局"),
    ("市", "市教教育局", {}, "市教育局"),
    ("县", "县民政局局", {}, "县民政局"),
    ("市", "市人力资原社会保障局", {}, "市人力资源社会保障局"),
    ("市", "市葡萄产业服各中心", {"市葡萄产业服务中心": 2}, "市葡萄产业服务中心"),
    ("市", "市葡萄产业服各中心", {}, None),
    ("省", "省农村农业厅", {"省农业农村厅": 1}, "省农业农村厅"),
    ("省", "省农村农业厅", {}, None),
    ("市", "市文体广电旅游局", {}, None),
    ("市", "市市场监管局", {}, None),
    ("市", "市教育局", {"市教委": 9}, None),
    ("省", "江南市葡萄服务中心", {"江北市葡萄服务中心": 3}, None),
])  # fmt: skip
def test_a_name_that_nobody_knows_is_held_against_known_ones(
    level: str, text: str, written: dict[str, int], expected: str | None
) -> None:
    assert correction(read_name(text), Context(level=level, written=written)) == expected


@pytest.mark.parametrize(("text", "names", "expected"), [
    ("市葡萄产业服各中心", ["市葡萄产业服务中心"], "市葡萄产业服务中心"),
    ("市教教育局", ["市教育局"], "市教育局"),
    ("市教教育局", ["市民政局"], None),
    ("市人力资原社会保障局", ["市人力资源和社会保障局"], "市人力资源和社会保障局"),
    ("市人力资原社会保障局", ["市财政局"], None),
    ("省市市场监管局", ["市市场监管局"], "市市场监管局"),
    ("省市市场监管局", ["市市场监管局", "省市场监管局"], "市市场监管局"),
])  # fmt: skip
def test_only_what_the_registry_has_is_proposed_where_there_is_one(
    text: str, names: list[str], expected: str | None
) -> None:
    context = Context(level="市", registry=registry(*names))
    assert correction(read_name(text), context) == expected
