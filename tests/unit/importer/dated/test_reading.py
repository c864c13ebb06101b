"""Dated duties: invented passages, the five shipped plans, links between reports."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from duban.importer.dated.passage import Passage, Scope
from duban.importer.dated.reading import completion, dated
from duban.importer.dates.cells import read_cell
from duban.importer.dates.phrase import Setting
from models.document import Place
from models.draft import DatedDuty
from models.due import DueRule
from models.matrix import Matrix, ObligationKind
from models.strict import Identifier
from tests.unit.importer.shipped_plans import PLANS, lines_of, setting_of, shipped

HERE = Place(1)
CASES = (Path(__file__).parent / "cases.txt").read_text("utf-8")
"""Invented passages, each followed by its duties: kind | who | to | due | external."""
CITY = (
    "市发展改革委",
    "市财政局",
    "市生态环境局",
    "市民政局",
    "市应急管理局",
    "各县（市、区）人民政府",
)
SETTING = Setting(date(2023, 3, 7), (date(2023, 1, 1), date(2025, 12, 31)))
SCOPE = Scope(SETTING, "示例市", CITY)
RULE: TypeAdapter[DueRule] = TypeAdapter(DueRule)
KEY: TypeAdapter[str] = TypeAdapter(Identifier)


def _cases() -> list[tuple[str, list[str]]]:
    cases: list[tuple[str, list[str]]] = []
    for line in CASES.splitlines():
        if " | " in line:
            cases[-1][1].append(line)
        else:
            cases.append((line, []))
    return cases


def _row(duty: DatedDuty) -> str:
    order = ("rule", "on", "month_day", "year", "month", "number")
    due = " ".join(str(duty.due[key]) for key in order if key in duty.due) if duty.due else "-"
    external = "yes" if duty.external else "no"
    return f"{duty.kind} | {'、'.join(duty.who) or '-'} | {duty.to or '-'} | {due} | {external}"


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_a_passage_gives_the_duties_that_it_asks_for(text: str, expected: list[str]) -> None:
    assert [_row(duty) for duty in dated([Passage(text, HERE)], SCOPE).duties] == expected


def test_in_a_row_its_units_owe_what_has_no_subject_but_papers_not_by_lower_governments() -> None:
    units = ("市民政局", "市财政局", "各县（市、区）人民政府")
    text = "2024年6月底前出台养老服务条例。2024年9月底前完成机构排查。"
    found = dated([Passage(text, HERE, "3", units)], SCOPE).duties
    assert [(duty.who, duty.duties) for duty in found] == [
        (units[:2], ("3",)),
        (units, ("3",)),
    ]


TITLES = [
    ("a date alone takes the clause before", "推进甲，2023年底前完成。", "推进甲，2023年底前完成"),
    ("or the sentence before", "推进改造。2023年底前完成。", "完成推进改造"),
    ("or the clause after", "2.2023年底前，建成平台。", "建成平台"),
    ("an item's number is no part", "2.平台年内开工。", "平台年内开工"),
    ("a paper of a name", "出台《甲规划》。", "甲规划"),
    ("a paper about another", "制定《甲规划》实施方案。", "《甲规划》实施方案"),
]


@pytest.mark.parametrize(("text", "title"), [each[1:] for each in TITLES])
def test_what_is_asked_for_is_its_title(text: str, title: str) -> None:
    found = dated([Passage(text, HERE, "3", ("市民政局",))], SCOPE).duties
    assert [duty.title for duty in found] == [title]


def test_a_quantity_by_a_date_is_a_target_and_no_dated_duty() -> None:
    passage = Passage("2024年底前建成养老服务中心20个。", HERE, "1", ("市民政局",))
    assert dated([passage], SCOPE).duties == ()


def test_two_stated_days_are_two_reports_with_their_own_titles() -> None:
    text = "各有关部门要分别于2023年12月15日前、2024年10月20日前向市民政局报送中期、终期工作总结。"
    found = dated([Passage(text, HERE)], SCOPE).duties
    assert [(duty.key, duty.title, duty.besides) for duty in found] == [
        ("midterm-report", "报送中期工作总结", ("市民政局",)),
        ("final-report", "报送终期工作总结", ("市民政局",)),
    ]


def test_a_report_feeds_what_its_receiver_has_to_report() -> None:
    text = (
        "各责任单位每年11月底前向市民政局报送进展情况，市民政局每年12月底前向市政府报告落实情况。"
    )
    first, second = dated([Passage(text, HERE)], SCOPE).duties
    assert (first.feeds, second.feeds) == (second.key, None)


def test_what_the_text_leaves_open_is_asked() -> None:
    text = "充分利用就业援助月等重要时间节点加强宣传。市民政局每季度召开一次联席会议。"
    codes = [doubt.code for doubt in dated([Passage(text, HERE)], SCOPE).doubts]
    assert codes == ["day-unknown", "who-unknown", "rhythm-without-day"]


@pytest.mark.parametrize(
    ("when", "expected", "codes"),
    [
        ("2024年6月底前", ["month-end 2024 6"], []),
        (
            "2023年12月底前取得阶段性成效，2024年12月底前全面完成",
            ["month-end 2023 12", "month-end 2024 12"],
            [],
        ),
        ("换届前", ["-"], ["date-unknown"]),
        ("项目完工后", ["-"], ["date-unread"]),
        ("长期坚持", [], []),
        ("", [], []),
    ],
)
def test_a_cell_of_completion_dates(when: str, expected: list[str], codes: list[str]) -> None:
    passage = Passage("推进老旧小区改造", HERE, "4", ("市民政局",))
    found = completion(passage, when, read_cell(when, SETTING))
    assert [_row(duty).split(" | ")[3] for duty in found.duties] == expected
    assert all(duty.who == ("市民政局",) and duty.duties == ("4",) for duty in found.duties)
    assert [(doubt.code, doubt.about) for doubt in found.doubts] == [(code, "4") for code in codes]
    assert all(when in doubt.message for doubt in found.doubts)


@pytest.mark.parametrize("plan", PLANS)
def test_the_dated_obligations_of_a_shipped_plan(plan: str) -> None:
    matrix = shipped(plan)
    units = dict.fromkeys(unit for duty in matrix.duties for unit in duty.units)
    scope = Scope(setting_of(matrix), matrix.jurisdiction, (*units, *matrix.addressees))
    found = list(dated([*_rows(matrix), *_body(plan, matrix)], scope).duties)
    for expected in matrix.obligations:
        hit = next((duty for duty in found if _is(duty, expected)), None)
        assert hit, f"{expected.key} is not found"
        found.remove(hit)
    assert found == []


def _is(duty: DatedDuty, expected: object) -> bool:
    """Same kind, owers, receiver and rule; an outside ower may be named with more of its words."""
    from_plan = expected.model_dump(mode="json")  # type: ignore[attr-defined]
    due = {k: v for k, v in (from_plan["due"] or {}).items() if v is not None and k != "decided"}
    who = "、".join(duty.who)
    same_who = list(duty.who) == from_plan["who"]
    if duty.external and from_plan["external"]:
        same_who = who.endswith("、".join(from_plan["who"]))
    return (
        same_who
        and (duty.kind, duty.to, duty.due or {}) == (from_plan["kind"], from_plan["to"], due)
        and duty.external == from_plan["external"]
        and list(duty.besides) == from_plan["besides"]
        and bool(duty.feeds) == bool(from_plan["feeds"])
    )


def _rows(matrix: Matrix) -> list[Passage]:
    return [
        Passage(
            "".join(duty.clauses) or duty.title, Place(duty.source.line), duty.number, duty.units
        )
        for duty in matrix.duties
    ]


def _body(plan: str, matrix: Matrix) -> list[Passage]:
    """The paragraphs outside the rows, broken lines joined."""
    rows = "".join(passage.text for passage in _rows(matrix)).replace(" ", "")
    body: list[Passage] = []
    text, first = "", 0
    for number, line in enumerate(lines_of(plan), 1):
        text, first = text + line.strip(), first if text else number
        if text and (re.search(r"[。：:|)）〕；;]$", text) or len(line) < 30):
            plain = text.replace(" ", "")
            if not text.startswith("|") and not _is_row(plain, rows, matrix):
                body.append(Passage(text, Place(first)))
            text = ""
    return body


def _is_row(text: str, rows: str, matrix: Matrix) -> bool:
    parts = [text[start : start + 25] for start in (30, 45, 60) if len(text) > start + 25]
    starts = [("".join(duty.clauses) or duty.title)[:20] for duty in matrix.duties]
    return any(part in rows for part in parts) or any(start in text for start in starts)


FRAGMENTS = """
各县区 市残联 各有关部门 要 应 于 每年 2024年 10月底前 向 报送 情况 制定 办法 方案 ， 。 、 并
召开 会议 评估 落实 宣传 利用 全国助残日 等节点 企业 公示 向社会 的 未达到 （ ）
《 》 “ ” 完成 建立 制度 备案
"""
WORDS = st.sampled_from(FRAGMENTS.split())


@given(st.lists(WORDS, max_size=30).map("".join) | st.text(max_size=80))
def test_nothing_raises_and_every_quotation_stands_in_the_text(text: str) -> None:
    found = dated([Passage(text, HERE, "1", ("市残联",))], SCOPE)
    keys = [duty.key for duty in found.duties]
    assert len(set(keys)) == len(keys)
    for duty in found.duties:
        assert duty.text in text
        assert duty.title.strip()
        ObligationKind(duty.kind)
        KEY.validate_python(duty.key)
        if duty.due:
            RULE.validate_python(duty.due)
