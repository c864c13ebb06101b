from pathlib import Path

import pytest

from duban.importer.units.context import Context, Halls, RuleKind
from duban.importer.units.document import context_of, rules_of
from duban.importer.units.line import compile_line
from models.document import Place
from models.draft import How, Part
from tests.unit.importer.units import shipped

HERE = Place(3)


def table() -> list[tuple[str, list[str], list[str], str]]:
    """``rules.txt``: sentence of a document, kinds of rules, units added, what it shows."""
    rows = []
    for line in Path(__file__).with_name("rules.txt").read_text("utf-8").splitlines():
        text, kinds, units, sentence = line.split("\t")
        rows.append((text, kinds.replace("-", " -").split(" ") if kinds == "-" else kinds.split(),
                     units.split(), sentence))  # fmt: skip
    return rows


@pytest.mark.parametrize(("text", "kinds", "units"), [row[:3] for row in table()],
    ids=[row[3] for row in table()])  # fmt: skip
def test_a_sentence_makes_these_rules(text: str, kinds: list[str], units: list[str]) -> None:
    rules = rules_of([(text, HERE)], Context(level="市"))
    expected = [] if "-" in kinds else kinds
    assert sorted(rule.kind.value for rule in rules) == sorted(expected)
    assert [unit for rule in rules for unit in rule.units] == units
    assert all(rule.place == HERE and rule.text in text for rule in rules)


def test_the_rule_of_the_first_holds_for_every_line_of_the_document() -> None:
    document = shipped.as_document(
        "一、加强监管。（市住建局、市城管局）\n注：列第一位的为牵头单位。\n二、加强服务。（市民政局、市残联）"
    )
    context = context_of(document, "滨江市")
    line = compile_line("（市民政局、市残联）", HERE, context)
    assert [unit.part for unit in line.units] == [Part.LEAD, Part.RESPONSIBLE]
    assert line.lead_is_declared
    assert [rule.place.line for rule in context.rules] == [2]


def test_a_lead_by_a_verb_outweighs_the_rule_of_the_first() -> None:
    line = compile_line("市民政局、市残联牵头", HERE, Context(level="市", first_is_lead=True))
    assert all(unit.part is Part.LEAD for unit in line.units)
    line = compile_line("市民政局，市残联牵头", HERE, Context(level="市", first_is_lead=True))
    assert [unit.part for unit in line.units] == [Part.RESPONSIBLE, Part.LEAD]


def test_a_bare_name_that_the_document_writes_in_full_elsewhere_is_no_question() -> None:
    document = shipped.as_document("一、甲。（县教育局、县残联）\n二、乙。（县残联、县民政局）")
    context = context_of(document, "东山县")
    line = compile_line("教育局、县残联", HERE, context)
    assert [(unit.name, unit.how, unit.is_doubtful) for unit in line.units] == [
        ("县教育局", How.PREFIX_INHERITED, False), ("县残联", How.WRITTEN, False),
    ]  # fmt: skip


def test_a_document_that_writes_no_prefix_at_all_keeps_its_names() -> None:
    document = shipped.as_document("一、甲。（教育局、财政局负责）\n二、乙。（民政局、残联负责）")
    context = context_of(document, "东山县")
    assert context.is_unprefixed
    line = compile_line("教育局、残联", HERE, context)
    assert [(unit.name, unit.is_doubtful) for unit in line.units] == [
        ("教育局", False), ("残联", False),
    ]  # fmt: skip


def test_a_province_shows_how_it_writes_its_halls() -> None:
    bare = "一、甲。（教育厅、省残联、省妇联）\n二、乙。（民政厅、省国资委、省总工会）"
    full = "一、甲。（省教育厅、财政厅、残联）\n二、乙。（省民政厅、国资委）"
    assert context_of(shipped.as_document(bare), "岭南省").halls is Halls.BARE
    assert context_of(shipped.as_document(full), "岭南省").halls is Halls.PREFIXED


def test_a_name_is_held_against_the_names_of_the_same_document() -> None:
    text = "一、甲。（市葡萄产业服务中心）\n二、乙。（市葡萄产业服务中心、市财政局）"
    context = context_of(shipped.as_document(text), "滨江市")
    line = compile_line("市葡萄产业服各中心、市财政局", HERE, context)
    assert line.units[0].name == "市葡萄产业服务中心"
    assert line.units[0].how is How.CORRECTED
    assert [doubt.code for doubt in line.doubts] == ["misspelt"]


def test_the_rules_of_the_shipped_plans() -> None:
    found = {
        plan: [
            (rule.kind, rule.units, rule.place.line)
            for rule in context_of(shipped.document(plan), shipped.jurisdiction(plan)).rules
        ]
        for plan in shipped.PLANS
    }
    every = (RuleKind.EVERY_ROW, ("各乡镇（街道、区）政府",), 8)
    assert found["ningjin-2022"] == [every]
    assert found["sichuan-2022"] == [(RuleKind.SAME_BELOW, (), 22)]
    assert [found[plan] for plan in ("haidong-2023", "yubei-2023", "zhongshan-2023")] == [
        [],
        [],
        [],
    ]
