"""Quantities: invented sentences, the shipped plans, and hostile text."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.importer.dates.phrase import Setting
from duban.importer.quantities.reading import quantities
from models.draft import Quantity
from models.matrix import Comparison, Target
from tests.unit.importer.shipped_plans import PLANS, setting_of, shipped

SETTING = Setting(date(2023, 3, 7), (date(2023, 1, 1), date(2025, 12, 31)))
HERE = Path(__file__).parent
TARGETS = (HERE / "targets.txt").read_text("utf-8")
"""Invented sentences with the quantities they set: ``value unit cmp by per``, - for nothing."""
NOTHING = (HERE / "nothing.txt").read_text("utf-8")
"""Phrases with numbers that set no target."""
FRAGMENTS = """
1 2 10 500 三 两 一 百 万 % 以上 至少 不超过 每年 个 名 家 次 人 户 批 。 ， 、 ； ： （ ） “ ”
《 》 〔 〕 编制 的 企业 到 2025年 百分百 百分之 分之 翻 番 左右 - — ～ . , / 年 月 日 底 前
全部纳入 家庭动态清零
"""
WORDS = st.sampled_from(FRAGMENTS.split())


def _plain(value: Decimal | tuple[Decimal, Decimal]) -> str:
    parts = value if isinstance(value, tuple) else (value,)
    return "-".join(f"{part.normalize():f}" for part in parts)


def _row(found: Quantity | Target) -> str:
    return f"{_plain(found.value)} {found.unit} {found.cmp} {found.by or '-'} {found.per or '-'}"


@pytest.mark.parametrize("row", TARGETS.splitlines())
def test_a_target_is_read_with_value_unit_comparison_date_and_per(row: str) -> None:
    text, expected = row.split(" | ")
    assert "; ".join(_row(found) for found in quantities(text, SETTING)) == expected


@pytest.mark.parametrize("text", NOTHING.splitlines())
def test_a_number_that_sets_no_target_is_left_alone(text: str) -> None:
    assert quantities(text, SETTING) == ()


@pytest.mark.parametrize(
    ("text", "words", "metric"),
    [
        ("加强管理，至少安排1名专职人员，确保到位。", "至少安排1名专职人员", "专职人员"),
        ("到2024年底，建有1所康复机构，落实政策。", "到2024年底，建有1所康复机构", "康复机构"),
        ("新建充电桩100个、换电站5座", "换电站5座", "换电站"),
        ("网上可办率达到98％以上（含98％）。", "网上可办率达到98％以上（含98％）", "网上可办率"),
    ],
)
def test_the_words_are_the_shortest_clause_and_the_metric_is_what_is_counted(
    text: str, words: str, metric: str
) -> None:
    found = quantities(text, SETTING)[-1]
    assert (found.text, metric in found.metric) == (words, True)
    assert text[found.begin : found.end] == words


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("规模以上工业亏损面控制在3%以内", "规模以上工业亏损面"),
        ("至少开展2次应急演练", "开展应急演练"),
        ("生活污水处理率提高到95%", "生活污水处理率"),
        ("森林覆盖率稳定在45%", "森林覆盖率"),
        ("PM2.5浓度降至30微克/立方米", "PM2.5浓度"),
        ("“三品一标”农产品达到20个", "“三品一标”农产品"),
        ("新增15个“一件事一次办”事项", "新增“一件事一次办”事项"),
    ],
)
def test_the_metric_keeps_names_and_leaves_out_bounds(text: str, metric: str) -> None:
    assert [found.metric for found in quantities(text, SETTING)] == [metric]


def test_the_shipped_plans_are_read_as_they_were_by_hand() -> None:
    hits = extra = missed = 0
    for plan in PLANS:
        matrix = shipped(plan)
        for duty in matrix.duties:
            text = "".join(duty.clauses) or duty.title
            targets = [target for target in duty.targets if _stands_in(target, text)]
            found = [_row(quantity) for quantity in quantities(text, setting_of(matrix))]
            for target in targets:
                if _row(target) in found:
                    found.remove(_row(target))
                    hits += 1
                else:
                    missed += 1
            extra += len(found)
    assert hits > 40
    assert 2 * hits / (2 * hits + extra + missed) >= 0.95


def _stands_in(target: Target, text: str) -> bool:
    return target.text in text


@given(st.lists(WORDS, max_size=30).map("".join) | st.text(max_size=60))
def test_nothing_raises_and_every_span_leads_to_its_words(text: str) -> None:
    for found in quantities(text, SETTING):
        assert text[found.begin : found.end] == found.text
        assert found.text
        assert isinstance(found.cmp, Comparison)
        if isinstance(found.value, tuple):
            assert found.value[0] < found.value[1]


@given(st.sampled_from([row.split(" | ")[0] for row in TARGETS.splitlines()]))
def test_full_width_says_the_same_as_half_width(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert [_row(found) for found in quantities(wide, SETTING)] == [
        _row(found) for found in quantities(text, SETTING)
    ]


def test_a_long_line_is_read_in_a_moment() -> None:
    assert len(quantities("每年新建养老服务中心20个，" * 400, SETTING)) == 400
