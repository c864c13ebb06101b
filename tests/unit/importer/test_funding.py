"""Funding channels, from cells and from prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.importer.funding import funding, funding_in_prose
from tests.unit.importer.shipped_plans import lines_of, shipped

CELLS = [
    ("残疾人就业保障金 就业补助资金", ("残疾人就业保障金", "就业补助资金")),
    (
        "人力资源社会保障部 门相关资金 残疾人就业保障金",
        ("人力资源社会保障部门相关资金", "残疾人就业保障金"),
    ),
    ("就业补助资金、失业保险基金", ("就业补助资金", "失业保险基金")),
    ("就业补助资金；省级财政资金，企业自筹", ("就业补助资金", "省级财政资金", "企业自筹")),
    ("中央财政\n补助资金", ("中央财政", "补助资金")),
    ("彩票公益\n金", ("彩票公益金",)),
    ("中央补助资金（含省、市配套）\n市级预算", ("中央补助资金（含省、市配套）", "市级预算")),
    ("部门预算/专项债券", ("部门预算", "专项债券")),
    ("水利发展资金、水利发展资金", ("水利发展资金",)),
    ("", ()),
    ("—", ()),
    ("/", ()),
    ("无", ()),
    ("  ", ()),
    ("不涉及", ()),
]

PROSE = [
    ("所需资金从残疾人就业保障金中列支。", ("残疾人就业保障金",)),
    ("所需经费由同级财政预算安排，并按规定使用。", ("同级财政预算",)),
    ("补贴从失业保险基金、就业补助资金中列支。", ("失业保险基金", "就业补助资金")),
    ("工作经费列入本级财政预算。", ("本级财政预算",)),
    ("从国有企业中选取一批业务范围较广的企业。", ()),
    ("加强资金监管，防止交叉使用。", ()),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS)
def test_a_cell_gives_its_channels(cell: str, expected: tuple[str, ...]) -> None:
    assert funding(cell) == expected


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_prose_names_the_fund_that_pays(text: str, expected: tuple[str, ...]) -> None:
    assert funding_in_prose(text) == expected


def test_the_cells_of_a_shipped_annex() -> None:
    lines = lines_of("haidong-2023")
    rows = [duty for duty in shipped("haidong-2023").duties if duty.number.startswith("A")]
    cells = [lines[duty.source.line - 1].removesuffix("|").split("|")[-1] for duty in rows]
    assert [funding(cell) for cell in cells] == [duty.funding for duty in rows]


@given(st.text(max_size=60) | st.text(alphabet="资金 、，；()（）\n补助财政金/", max_size=40))
def test_nothing_raises_and_no_channel_is_empty(text: str) -> None:
    assert all(funding(text))
    assert all(channel in text for channel in funding_in_prose(text))
