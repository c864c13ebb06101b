import pytest

from duban.importer.units.names import read_name
from duban.importer.units.spelling import correction


@pytest.mark.parametrize(("text", "written", "known", "expected"), [
    ("省市市场监管局", {}, (), "省市场监管局"),
    ("市教教育局", {}, (), "市教育局"),
    ("县民政局局", {}, (), "县民政局"),
    ("市人力资原社会保障局", {}, (), "市人力资源社会保障局"),
    ("市葡萄产业服各中心", {"市葡萄产业服务中心": 2}, (), "市葡萄产业服务中心"),
    ("市葡萄产业服各中心", {}, ("市葡萄产业服务中心",), "市葡萄产业服务中心"),
    ("市葡萄产业服各中心", {}, (), None),
    ("省农村农业厅", {"省农业农村厅": 1}, (), "省农业农村厅"),
    ("省农村农业厅", {}, (), None),
    ("市文体广电旅游局", {}, (), None),
    ("市市场监管局", {}, (), None),
    ("市教育局", {"市教委": 9}, (), None),
])  # fmt: skip
def test_a_name_that_nobody_knows_is_held_against_known_ones(
    text: str, written: dict[str, int], known: tuple[str, ...], expected: str | None
) -> None:
    assert correction(read_name(text), written, frozenset(known)) == expected
