"""The head of a document: the shipped ones, and invented ones of other levels and layouts."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.importer.head import head, head_doubts
from models.document import Cell, Place, Table
from models.draft import Head
from models.matrix import Status
from tests.unit.importer.shipped_plans import PLANS, document_of, lines_of, shipped

STATE_COUNCIL = """国务院办公厅关于印发深化营商环境改革
重点任务分工方案的通知
国办发〔2024〕12号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
《深化营商环境改革重点任务分工方案》已经国务院同意，现印发给你们，请认真贯彻落实。
国务院办公厅
2024年5月6日
（此件公开发布）
深化营商环境改革重点任务分工方案
为深入贯彻党中央决策部署，制定本方案。"""

PROVINCE = """示例省人民政府办公厅文件
示政办发[2023]7号
示例省人民政府办公厅关于印发
示例省水污染防治行动计划（2023—2025年）的通知
各市、县人民政府，省政府各委、办、厅、局：
现将《示例省水污染防治行动计划（2023—2025年）》印发给你们。
示例省人民政府办公厅
二〇二三年三月九日
示例省水污染防治行动计划
（2023—2025年）
一、总体要求
省生态环境厅要加强统筹协调，各地每年12月底前向省生态环境厅报送进展。
示例省人民政府办公厅秘书处　　2023年3月10日印发"""

CITY_POINTS = """示例市2024年政务公开工作要点
为深入贯彻落实国家关于政务公开的部署，结合我市实际，制定本要点。
一、加强主动公开
（一）2024年6月底前更新目录。
示例市政务公开领导小组办公室
2024年4月2日"""

DISTRICT_DRAFT = """甲市乙区安全生产治本攻坚三年行动方案（2024-2026年）
（征求意见稿）
各镇人民政府、各街道办事处，区政府各部门：
为切实加强安全生产工作，制定本方案。
由区安委会办公室负责统筹协调。"""

HEADS = (Path(__file__).parent / "heads.txt").read_text("utf-8")
"""Invented heads, after ``--`` the fields that they have; parted by ``====``."""

INVENTED = [
    (
        STATE_COUNCIL,
        Head(
            "深化营商环境改革重点任务分工方案",
            "国办发〔2024〕12号",
            "国务院办公厅",
            date(2024, 5, 6),
            None,
            False,
            "全国",
            None,
            ("各省、自治区、直辖市人民政府", "国务院各部委、各直属机构"),
        ),
    ),
    (
        PROVINCE,
        Head(
            "示例省水污染防治行动计划（2023—2025年）",
            "示政办发〔2023〕7号",
            "示例省人民政府办公厅",
            date(2023, 3, 9),
            (date(2023, 1, 1), date(2025, 12, 31)),
            False,
            "示例省",
            "省生态环境厅",
            ("各市、县人民政府", "省政府各委、办、厅、局"),
        ),
    ),
    (
        CITY_POINTS,
        Head(
            "示例市2024年政务公开工作要点",
            None,
            "示例市政务公开领导小组办公室",
            date(2024, 4, 2),
            (date(2024, 1, 1), date(2024, 12, 31)),
            False,
            "示例市",
            None,
            (),
        ),
    ),
    (
        DISTRICT_DRAFT,
        Head(
            "甲市乙区安全生产治本攻坚三年行动方案（2024-2026年）",
            None,
            None,
            None,
            (date(2024, 1, 1), date(2026, 12, 31)),
            True,
            "乙区",
            "区安委会办公室",
            ("各镇人民政府", "各街道办事处", "区政府各部门"),
        ),
    ),
]


@pytest.mark.parametrize(("text", "expected"), INVENTED)
def test_an_invented_head_is_read_field_by_field(text: str, expected: Head) -> None:
    assert head(document_of(text.split("\n")))._asdict() == expected._asdict()


def _said(found: Head) -> dict[str, str]:
    """The fields that a head has, as ``heads.txt`` writes them."""
    period = found.period and f"{found.period[0].year}-{found.period[1].year}"
    said = {
        "title": found.title,
        "number": found.document_number,
        "issuer": found.issuer,
        "issued": found.issued_on and str(found.issued_on),
        "period": period,
        "draft": "yes" if found.is_draft else "",
        "place": found.jurisdiction,
        "to": " | ".join(found.addressees),
    }
    return {key: value for key, value in said.items() if value}


@pytest.mark.parametrize("written", HEADS.split("\n====\n"))
def test_heads_of_every_level_and_layout(written: str) -> None:
    text, expected = written.rstrip("\n").split("\n--\n")
    fields = dict(line.split(": ", 1) for line in expected.split("\n"))
    assert _said(head(document_of(text.split("\n")))) == fields


def test_what_a_site_says_in_a_table_above_is_read() -> None:
    texts = (
        "发文机关",
        "示例市人民政府",
        "成文日期",
        "2024-03-05",
        "发文字号",
        "示政发〔2024〕2号",
    )
    cells = tuple(Cell(text, Place(1, table=1, row=1)) for text in texts)
    rest = document_of(["", "关于印发示例市养老服务工作方案的通知", "现印发给你们。"])
    document = rest._replace(blocks=(Table((cells,), Place(1, table=1)), *rest.blocks))
    assert _said(head(document)) == {
        "title": "示例市养老服务工作方案",
        "number": "示政发〔2024〕2号",
        "issuer": "示例市人民政府",
        "issued": "2024-03-05",
        "place": "示例市",
    }


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("1\t推进改造\t2027年底前", 2027),
        ("用三年左右时间完成改造。", 2026),
        ("根据《示例规划（2021—2030年）》", 2024),
    ],
)
def test_the_period_is_proposed_from_the_year_of_issue_to_the_last_year_named(
    line: str, last: int
) -> None:
    lines = ["示例市养老服务工作方案", "示例市人民政府", "2024年3月5日", line]
    document = document_of(lines[:3])._replace(lines=tuple(lines))
    asked = {doubt.code: doubt.suggestion for doubt in head_doubts(document, head(document))}
    assert asked["head-period"] == f"2024-01-01至{last}-12-31。"


@pytest.mark.parametrize("plan", PLANS)
def test_the_head_of_a_shipped_plan(plan: str) -> None:
    matrix = shipped(plan)
    found = head(document_of(lines_of(plan)))
    assert found.title == matrix.title
    assert found.document_number == matrix.document_number
    assert found.issued_on == matrix.issued_on
    assert found.jurisdiction == matrix.jurisdiction
    assert found.coordinator == matrix.coordinator
    assert found.addressees == matrix.addressees
    assert found.is_draft == (matrix.status is Status.DRAFT)
    assert found.issuer in (matrix.issuer, None)
    if found.period:
        assert found.period == (matrix.period.first, matrix.period.last)


def test_a_place_that_is_only_cited_is_proposed_unless_somebody_states_one() -> None:
    text = "关于科技创新的意见\n根据《中共丁市委、丁市人民政府关于发展的决定》提出。\n一、目标"
    document = document_of(text.split("\n"))
    found = head(document)
    asked = {doubt.code: doubt.suggestion for doubt in head_doubts(document, found)}
    assert (found.jurisdiction, asked["head-jurisdiction"]) == ("丁市", "丁市。")
    stated = {doubt.code for doubt in head_doubts(document, found, "丁市")}
    assert "head-jurisdiction" not in stated


@pytest.mark.parametrize("mark", ["附件", "附件1", "附件 2", "附件一"])
def test_the_mark_of_an_annex_is_no_part_of_its_title(mark: str) -> None:
    text = f"{mark}\n示例市大气污染防治2021年行动计划\n一、总体要求"
    assert head(document_of(text.split("\n"))).title == "示例市大气污染防治2021年行动计划"


def test_what_the_head_does_not_say_is_asked_with_a_proposal() -> None:
    document = document_of(lines_of("haidong-2023"))
    asked = {doubt.code: doubt.suggestion for doubt in head_doubts(document, head(document))}
    assert asked == {
        "head-period": "2023-01-01至2024-12-31。",
        "head-coordinator": "市政府残疾人工作委员会办公室。",
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("示残工委〔2022〕4号", "示残工委〔2022〕4号"),
        ("示政办[2022]4号", "示政办〔2022〕4号"),
        ("示政办【2022】4号", "示政办〔2022〕4号"),
        ("示政办（2022）第4号", "示政办〔2022〕第4号"),
        ("第12号", "第12号"),
        ("文号：示府办函〔2023〕19号", "示府办函〔2023〕19号"),
        ("根据《某某意见》（国发〔2022〕3号）", None),
    ],
)
def test_a_document_number_in_its_forms(line: str, expected: str | None) -> None:
    lines = [line, "示例市养老服务工作方案", "为做好养老服务，制定本方案。"]
    assert head(document_of(lines)).document_number == expected


LINES = st.lists(st.sampled_from(PROVINCE.split("\n")), max_size=8).map("\n".join)


def test_the_coordinator_may_be_named_in_a_table() -> None:
    lines = ["示例市养老服务工作方案", "一、总体要求", "1\t每年年底向市民政局报送进展"]
    document = document_of(lines[:2])._replace(lines=tuple(lines))
    assert head(document).coordinator == "市民政局"


@given(st.text(max_size=200) | LINES)
def test_nothing_raises(text: str) -> None:
    document = document_of(text.split("\n"))
    head_doubts(document, head(document))
