import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.importer.units.context import Context
from duban.importer.units.document import context_of
from duban.importer.units.line import compile_line, joined
from models.document import Place
from models.draft import How, Part, ResponsibilityLine
from models.units import Jurisdiction, Unit
from tests.unit.importer.units import shipped

HERE = Place(7)


def _cells(cells: Iterable[tuple[str, Part]], context: Context) -> ResponsibilityLine:
    """The cells of a row compiled one by one; only the first may be led by its first unit."""
    lines: list[ResponsibilityLine] = []
    for text, part in cells:
        if text.strip():
            lines.append(compile_line(text, HERE, context, part, lines))
            context = context._replace(first_is_lead=False)
    return joined(lines, " | ")


MARKS = {Part.LEAD: "*", Part.SUPPORTING: "~", Part.RESPONSIBLE: ""}


def table() -> list[tuple[str, str, str, str]]:
    """Two tables: level, line, units expected (* lead, ~ supporting, ? doubtful, + open)."""
    rows = []
    tables = (Path(__file__).with_name(name) for name in ("lines.txt", "variants.txt"))
    for line in "\n".join(table.read_text("utf-8") for table in tables).splitlines():
        if line and not line.startswith("#"):
            level, text, expected, sentence = line.split("\t")
            rows.append((level, text.replace("\\n", "\n").replace("\\t", "\t"), expected, sentence))
    return rows


def as_written(line: ResponsibilityLine) -> str:
    units = [f"{u.name}{MARKS[u.part]}{'?' * u.is_doubtful}" for u in line.units]
    return " ".join([*units, *(["+"] if line.is_open_ended else [])])


@pytest.mark.parametrize(("level", "text", "expected"), [row[:3] for row in table()],
    ids=[row[3] for row in table()])  # fmt: skip
def test_a_line_compiles_to_these_units(level: str, text: str, expected: str) -> None:
    line = compile_line(text, HERE, Context(level=level))
    assert as_written(line) == expected
    assert_places_and_doubts(line)


def assert_places_and_doubts(line: ResponsibilityLine) -> None:
    asked = {doubt.about for doubt in line.doubts}
    for unit in line.units:
        assert line.text[unit.begin : unit.end] == unit.written
        assert not unit.is_doubtful or unit.written in asked
    assert all(doubt.place == HERE and doubt.message for doubt in line.doubts)


NAMES = st.sampled_from(
    """
    市教育局 市委组织部 市残联 各镇街 市工业和信息化局 市人力资源社会保障局 省市场监管局 县委编办
    杭州市人民政府 国家税务总局滨江市税务局 各县（市、区）人民政府 区退役军人事务局 团市委 滨江海关
    中国农业银行 省教育厅 市发展改革委 市总工会 县人民法院 各乡镇人民政府 国家发展改革委 教育部
    区委宣传部 市妇联
    """.split()  # noqa: SIM905
)
NAME_LISTS = st.lists(NAMES, min_size=1, max_size=8, unique=True)
SEPARATORS = st.sampled_from(["、", "，", "；", ",", ";", " ", "\n", "\t", "/"])
PIECES = st.sampled_from(
    [
        *"、，；。：（）〔〕【】()[] \n\t/和及与市省县区委局厅办等部各",
        *("市教育局", "残联", "编办", "牵头", "会同", "负责", "联合", "责任单位：", "各镇街"),
        *("人民政府", "国家税务总局", "教育", "部门", "按职责分工负责", "以下各项", "杭州市"),
        *("（国资委）", "2023年"),
    ]
)
HOSTILE = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@settings(max_examples=400, deadline=None)
@given(HOSTILE, st.sampled_from(["", "国", "省", "市", "县"]))
def test_any_text_compiles_and_every_place_points_at_what_is_written(text: str, level: str) -> None:
    line = compile_line(text, HERE, Context(level=level))
    assert_places_and_doubts(line)
    assert len({unit.name for unit in line.units}) == len(line.units)
    begins = [unit.begin for unit in line.units]
    assert begins == sorted(begins)


@settings(max_examples=150, deadline=None)
@given(NAME_LISTS, SEPARATORS)
def test_full_names_stay_whatever_parts_them(names: list[str], separator: str) -> None:
    line = compile_line(separator.join(names), HERE, Context(level="市"))
    assert [unit.name for unit in line.units] == names


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_compiling_the_full_names_again_changes_nothing(text: str) -> None:
    context = Context(level="市")
    names = [unit.name for unit in compile_line(text, HERE, context).units]
    clean = [name for name in names if re.fullmatch(r"[市县区][\u4e00-\u9fff]{2,12}[局办联]", name)]
    stable = [unit.name for unit in compile_line("、".join(clean), HERE, context).units]
    again = compile_line("、".join(stable), HERE, context)
    assert [unit.name for unit in again.units] == stable


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(list("（）()〔〕[]【】、市教育局")), max_size=20).map("".join))
def test_brackets_are_balanced_or_asked_about(text: str) -> None:
    opened, lonely = 0, False
    for sign in text:
        opened += (sign in "（(〔[【") - (sign in "）)〕]】")
        lonely, opened = lonely or opened < 0, max(opened, 0)
    asked = any(doubt.code == "unbalanced-bracket" for doubt in compile_line(text, HERE).doubts)
    assert asked == (lonely or opened > 0)


def test_the_lines_of_the_shipped_plans_are_compiled_as_by_hand() -> None:
    """The figure to reach is a unit F1 of 0.995; leads and places are all right."""
    right, read, expected = 0, 0, 0
    for plan in shipped.PLANS:
        context = context_of(shipped.document(plan), shipped.jurisdiction(plan))
        for row in shipped.rows(plan):
            line = _cells(row.cells, context)
            names = [unit.name for unit in line.units]
            right += len(set(names) & set(row.units))
            read, expected = read + len(names), expected + len(row.units)
            leads = [unit.name for unit in line.units if unit.part is Part.LEAD]
            assert leads == row.lead, (plan, row.number)
            assert all(line.text[unit.begin : unit.end] == unit.written for unit in line.units)
    assert expected > 450
    assert 2 * right / (read + expected) >= 0.995


def test_a_registry_settles_names_and_tells_aliases() -> None:
    registry = Jurisdiction(
        name="滨江市",
        units=(Unit(name="市委编办"), Unit(name="市人力资源社会保障局", aliases=("市人社局",))),
    )
    context = Context(level="市", registry=registry)
    line = compile_line("市人社局、编办", HERE, context)
    assert [(u.name, u.how, u.is_doubtful) for u in line.units] == [
        ("市人社局", How.ALIAS, False), ("市委编办", How.PREFIX_INHERITED, False),
    ]  # fmt: skip
    assert line.units[0].because == "名录中为“市人力资源社会保障局”"


@pytest.mark.parametrize(("text", "codes"), [
    ("市财政局局长负责，市审计局参与", ["through-head"]),
    ("分管副市长牵头，市发展改革委配合", ["person"]),
    ("张三、市教育局", ["not-understood"]),
    ("市教育局、张三负责", ["not-understood"]),
    ("×××、市教育局", ["person"]),
    ("责任单位：市教育局；完成时限：2024年底；市财政局", ["not-understood"]),
    ("市委、市政府督查室", ["joint-office"]),
    ("市委、市政府办公室", ["shared-noun"]),
    ("各县区教育局、财政局", ["prefix-of-group"]),
    ("市教教局", ["unknown-stem"]),
    ("市财政局（资金保障）、市教育局持续推进，2024年底前完成", []),
])  # fmt: skip
def test_what_is_asked_about_a_line(text: str, codes: list[str]) -> None:
    line = compile_line(text, HERE, Context(level="市"))
    assert [each.code for each in line.doubts] == codes


def test_a_unit_named_through_its_head_says_so() -> None:
    (unit,) = compile_line("财政局局长", HERE, Context(level="市")).units
    assert (unit.name, unit.written, unit.how) == ("市财政局", "财政局局长", How.THROUGH_HEAD)
    assert unit.because == "按文件层级补“市”；原文写的是“局长”"


@pytest.mark.parametrize(("text", "leads"), [
    ("分管副市长、市教育局、市财政局", []),
    ("市教育局局长、市财政局", ["市教育局"]),
    ("2024年底前，市教育局、市财政局", ["市教育局"]),
])  # fmt: skip
def test_only_the_very_first_of_a_list_can_be_its_lead(text: str, leads: list[str]) -> None:
    line = compile_line(text, HERE, Context(level="市", first_is_lead=True))
    assert [unit.name for unit in line.units if unit.part is Part.LEAD] == leads


@pytest.mark.parametrize(("text", "rest"), [
    ("市教育局按职责分工负责", ("按职责分工负责",)),
    ("市教育局；完成时限：2024年6月底", ("2024年6月底",)),
    ("市教育局，2024年底前", ("2024年底前",)),
    ("市教育局（2024年底前完成）、市民政局", ("（2024年底前完成）",)),
    ("市教育局负责，持续推进", ("负责", "持续推进")),
    ("市教育局。以下各项均由各镇街负责", ("以下各项均由各镇街负责",)),
])  # fmt: skip
def test_what_is_no_unit_is_handed_on(text: str, rest: tuple[str, ...]) -> None:
    line = compile_line(text, HERE, Context(level="市"))
    assert line.rest == rest
    assert line.units[0].name == "市教育局"


def test_how_each_unit_was_read_is_said() -> None:
    text = "市委组织部、编办，杭州市、宁波市人民政府，市工信局（国资委）、市市教育局、各镇街"
    line = compile_line(text, HERE, Context(level="市"))
    assert [unit.how.value for unit in line.units] == [
        "written", "prefix-inherited", "shared-noun", "written", "dual-name", "corrected", "group",
    ]  # fmt: skip
    assert line.units[1].because == "沿用“市委组织部”的“市委”"
    assert line.units[2].because == "与后面的单位共用“人民政府”"


def test_cells_of_a_row_make_one_line() -> None:
    cells = (("市残联", Part.LEAD), ("", Part.RESPONSIBLE), ("市财政局 各县区", Part.RESPONSIBLE))
    line = _cells(cells, Context(level="市"))
    assert line.text == "市残联 | 市财政局 各县区"
    assert [(unit.name, unit.part) for unit in line.units] == [
        ("市残联", Part.LEAD), ("市财政局", Part.RESPONSIBLE), ("各县区", Part.RESPONSIBLE),
    ]  # fmt: skip
    assert all(line.text[unit.begin : unit.end] == unit.written for unit in line.units)


@pytest.mark.parametrize(("level", "first", "second", "expected"), [
    ("市", "市教育局", "财政局、人力资源社会保障局", "市财政局 市人力资源社会保障局"),
    ("", "市教育局", "财政局", "市财政局"),
    ("市", "滨江市教育局", "财政局", "滨江市财政局"),
    ("市", "市委组织部", "编办、财政局", "市委编办 市财政局"),
    ("市", "市教育局，各县区", "财政局", "市财政局"),
    ("市", "市教育局、省财政厅", "财政局", "市财政局"),
    ("市", "各县区", "财政局", "市财政局?"),
    ("市", "市教育局", "各县区、残联", "各县区 市残联?"),
    ("省", "省教育厅", "财政厅", "省财政厅"),
    ("国", "中央组织部", "宣传部、教育部", "中央宣传部 教育部"),
])  # fmt: skip
def test_a_cell_takes_over_the_prefix_of_the_cells_before_it(
    level: str, first: str, second: str, expected: str
) -> None:
    context = Context(level=level)
    lead = compile_line(first, HERE, context, Part.LEAD)
    line = compile_line(second, HERE, context, before=[lead])
    assert as_written(line) == expected
    for unit in line.units:
        is_taken = unit.how is How.PREFIX_INHERITED and not unit.is_doubtful
        assert not is_taken or unit.because.startswith(("沿用前一栏“", "沿用“"))


@pytest.mark.parametrize(
    ("cell", "leads"),
    [
        ("市教育局、市民政局按职责分工负责", ["市教育局", "市民政局"]),
        ("市教育局牵头，市民政局按职责分工负责", ["市教育局"]),
    ],
)
def test_a_lead_column_names_leads_whatever_verb_closes_its_cell(
    cell: str, leads: list[str]
) -> None:
    line = _cells([(cell, Part.LEAD)], Context(level="市"))
    assert [unit.name for unit in line.units if unit.part is Part.LEAD] == leads


@pytest.mark.parametrize("text", ["市教育局" + "和市民政局" * 3000, "（" * 3000, "市" * 3000])
def test_a_line_of_absurd_length_ends_in_a_question_not_in_a_fault(text: str) -> None:
    assert compile_line(text, HERE).doubts
