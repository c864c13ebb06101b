"""What invented units write: the same every time, for every row, without a gap left open."""

import re

import pytest
import yaml

from duban.demo.wording import Wording, filled
from models.answer import Passage
from models.office import Plan
from tests.builders import shipped

TOWNS = ("镇", "街道")
FILLED = [
    ("走访{镇}内{3-3}户", "古镇镇", "走访镇内3户"),
    ("全{镇}补贴{1.5-1.5}万元", "东区街道", "全街道补贴1.5万元"),
    ("发放{1.0-1.0}万元", "市财政局", "发放1万元"),
    ("没有数字", "市财政局", "没有数字"),
]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return shipped().plans["zhongshan-2023"]


@pytest.fixture(scope="module")
def units(plan: Plan) -> list[str]:
    return plan.members(tuple(unit for duty in plan.matrix.duties for unit in duty.units))


@pytest.fixture(scope="module")
def wording(plan: Plan, units: list[str]) -> Wording:
    return Wording(plan.matrix.duties, [unit for unit in units if unit.endswith(TOWNS)])


@pytest.mark.parametrize(("text", "unit", "expected"), FILLED)
def test_a_sentence_is_filled_in(text: str, unit: str, expected: str) -> None:
    assert filled(text, unit, "seed") == expected


def test_a_number_stays_within_its_range_and_the_same() -> None:
    numbers = {int(filled("{7-9}", "甲局", str(seed))) for seed in range(100)}
    assert numbers == {7, 8, 9}
    assert filled("{30-90}", "甲局", "a") == filled("{30-90}", "甲局", "a")


@pytest.mark.parametrize("summary", ["midterm", "final"])
def test_each_row_is_written_about_by_its_units_and_some_towns(
    wording: Wording, plan: Plan, units: list[str], summary: str
) -> None:
    found: dict[str, list[tuple[str, Passage]]] = {}
    for unit in units:
        for passage in wording.passages(unit, summary):
            found.setdefault(passage.number, []).append((unit, passage))
    for duty in plan.matrix.duties:
        wrote = {unit for unit, _ in found[duty.number]}
        assert wrote <= set(plan.members(duty.units))
        assert sum(unit.endswith(TOWNS) for unit in wrote) >= 4
        texts = [passage.text for _, passage in found[duty.number]]
        assert not [text for text in texts if re.search(r"[{}]", text)]
        assert len(set(texts)) >= len(texts) - 1
    silent = {"市残联", "市退役军人事务局"}  # it collects them; its rows are another's by then
    assert {unit for unit in units if not wording.passages(unit, summary)} <= silent


def test_a_figure_is_one_that_the_row_asks_for(wording: Wording, plan: Plan) -> None:
    asked = {(duty.number, target.metric) for duty in plan.matrix.duties for target in duty.targets}
    passages = wording.passages("市教育体育局", "midterm")
    told = {(part.number, figure.metric) for part in passages for figure in part.figures}
    assert ("5", "残疾人高校毕业生建档立卡率") in told
    assert told <= asked


def test_other_occasions_have_words_too(wording: Wording) -> None:
    for kind in ("acknowledged", "report", "evaluation", "publicity", "returned", "accepted"):
        assert wording.sentence(kind, "甲局", "seed")
    assert any(wording.remark(f"{number}局", "midterm") for number in range(40))


def test_the_file_is_plain_yaml_without_anybody_by_name() -> None:
    assert not re.search(r"1\d{10}|[@＠]", yaml.dump(_texts(), allow_unicode=True))


def _texts() -> object:
    return Wording((), ())._texts
