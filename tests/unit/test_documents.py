"""The shipped plans against the notices they were made from, and against a reading by hand."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from models.matrix import LeadBasis, Matrix, Source, Status
from models.office import Plan
from models.policy import Policy
from models.roster import Roster
from models.units import Registry

MATRICES = Path(__file__).parents[2] / "matrices"
PLANS = sorted(path.parent.name for path in MATRICES.glob("*/plan.yaml"))


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def _matrix(plan: str) -> Matrix:
    return Matrix.model_validate(_yaml(MATRICES / plan / "plan.yaml"))


def _roster(plan: str) -> Roster:
    return Roster.model_validate(_yaml(MATRICES / plan / "roster.yaml"))


def _plan(plan: str) -> Plan:
    matrix = _matrix(plan)
    place = Registry.model_validate(_yaml(MATRICES / "units.yaml")).of(matrix.jurisdiction)
    assert place is not None, f"units.yaml has no {matrix.jurisdiction}"
    policy = Policy.model_validate(_yaml(MATRICES / "policies" / f"{matrix.policy}.yaml"))
    return Plan(matrix=matrix, roster=_roster(plan), place=place, policy=policy)


def _lines(plan: str) -> list[str]:
    """The notice line by line, without white space: scans break lines within a word."""
    text = (MATRICES / plan / "document.txt").read_text(encoding="utf-8")
    return ["".join(line.split()) for line in text.split("\n")]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _sources(matrix: Matrix) -> Iterator[tuple[str, Source]]:
    yield from ((f"duty {duty.number}", duty.source) for duty in matrix.duties)
    yield from ((f"obligation {spec.key}", spec.source) for spec in matrix.obligations)
    yield from ((f"implicit {entry.because}", entry.source) for entry in matrix.implicit)


@pytest.mark.parametrize("plan", PLANS)
def test_a_quoted_source_begins_on_the_stated_line(plan: str) -> None:
    lines = _lines(plan)
    astray = []
    for name, source in _sources(_matrix(plan)):
        stated = lines[source.line - 1] if source.line <= len(lines) else ""
        at = "".join(lines[source.line - 1 :]).find(_squeezed(source.text))
        if not 0 <= at < len(stated):
            astray.append(f"{name}, line {source.line}: {source.text}")
    assert astray == []


@pytest.mark.parametrize("plan", PLANS)
def test_clauses_and_targets_stand_in_the_document(plan: str) -> None:
    document = "".join(_lines(plan))
    phrases = [
        (duty.number, phrase)
        for duty in _matrix(plan).duties
        for phrase in (*duty.clauses, duty.measure or "", *(item.text for item in duty.targets))
    ]
    assert [pair for pair in phrases if _squeezed(pair[1]) not in document] == []


@pytest.mark.parametrize("plan", PLANS)
def test_titles_and_addressees_stand_in_the_document(plan: str) -> None:
    document, matrix = "".join(_lines(plan)), _matrix(plan)
    phrases = [*(duty.title for duty in matrix.duties), *matrix.addressees]
    assert [phrase for phrase in phrases if _squeezed(phrase) not in document] == []


@pytest.mark.parametrize("plan", PLANS)
def test_links_hold_on_both_sides(plan: str) -> None:
    links = {duty.number: duty.links for duty in _matrix(plan).duties}
    pairs = {(number, other) for number, others in links.items() for other in others}
    assert pairs == {(other, number) for number, other in pairs}
    assert {other for _, other in pairs} <= links.keys()


class Reading(NamedTuple):
    """One plan as a person reads it; ``number=units`` of each row, its lead counted as a unit."""

    status: Status
    document_number: str | None
    rows: int
    sections: dict[str, str]
    leads: str = ""


READINGS = {
    "yubei-2023": Reading(
        Status.ISSUED,
        "渝北府办发〔2023〕32号",
        rows=15,
        sections={
            "主要措施": "2.1=5 2.2=7 2.3=7 2.4=5 2.5=5 2.6=10 2.7=5 2.8=6 2.9=6 2.10=5",
            "保障措施": "3.1=27 3.2=7 3.3=4 3.4=8 3.5=4",
        },
    ),
    "zhongshan-2023": Reading(
        Status.ISSUED,
        "中府办函〔2023〕19号",
        rows=15,
        sections={
            "任务分解表": "1=5 2=6 3=6 4=2 5=4 6=5 7=10 8=5 9=3 10=6 11=6 12=4 13=5 14=3 15=9",
        },
    ),
    "haidong-2023": Reading(
        Status.ISSUED,
        "东政办〔2023〕70号",
        rows=20,
        sections={
            "主要措施": "2.1=7 2.2=6 2.3=5 2.4=5 2.5=5 2.6=9 2.7=6 2.8=6 2.9=3 2.10=4",
            "重点任务清单": "A1=7 A2=3 A3=4 A4=3 A5=4 A6=3 A7=7 A8=6 A9=4 A10=3",
        },
        leads="A1=市委组织部 A2=市人力资源社会保障局 A3=市人力资源社会保障局 A4=市税务局 A5=市残联 "
        "A6=市人力资源社会保障局 A7=市残联 A8=市残联 A9=市残联 A10=市残联",
    ),
    "ningjin-2022": Reading(
        Status.DRAFT,
        None,
        rows=14,
        sections={
            "主要任务": "2.1=5 2.2=5 2.3=4 2.4=4 2.5=3 2.6=8 2.7=3 2.8=5 2.9=3 2.10=4",
            "保障条件": "3.1=4 3.2=3 3.3=5 3.4=4",
        },
    ),
    "sichuan-2022": Reading(
        Status.ISSUED,
        "川残工委〔2022〕4号",
        rows=31,
        sections={
            "责任分工": "1.1=4 1.2=3 1.3=3 2.1=5 2.2=2 2.3=1 3.1=6 4.1=2 4.2=2 4.3=1 5.1=3 5.2=2 "
            "6.1=9 6.2=3 6.3=4 7.1=3 7.2=3 7.3=6 7.4=3 8.1=5 8.2=3 9.1=2 10.1=4 10.2=3 10.3=3 "
            "11.1=4 12.1=5 13.1=3 14.1=7 15.1=5 16.1=3",
        },
    ),
}


def _pairs(table: str) -> list[tuple[str, str]]:
    return [(left, right) for left, _, right in (item.partition("=") for item in table.split())]


def test_every_shipped_plan_was_read_by_hand() -> None:
    assert sorted(READINGS) == PLANS


@pytest.mark.parametrize("plan", READINGS)
def test_a_plan_reads_as_a_person_reads_it(plan: str) -> None:
    matrix, reading = _matrix(plan), READINGS[plan]
    assert (matrix.id, matrix.status) == (plan, reading.status)
    assert matrix.document_number == reading.document_number
    assert len(matrix.duties) == reading.rows
    rows = [(duty.section, duty.number, str(len(duty.units))) for duty in matrix.duties]
    assert rows == [
        (section, *pair) for section, table in reading.sections.items() for pair in _pairs(table)
    ]
    leads = [(duty.number, lead) for duty in matrix.duties for lead in duty.lead]
    assert leads == _pairs(reading.leads)
    assert all(duty.lead_basis is LeadBasis.DECLARED for duty in matrix.duties if duty.lead)
    assert all(set(duty.lead) <= set(duty.units) for duty in matrix.duties)


MENDED = [
    # 市 carries on over the comma, the group has none.
    "zhongshan-2023 2 市国资委 市人力资源社会保障局 市残联 市烟草专卖局 市邮政管理局 各镇街",
    # 编办 after 市委组织部 is 市委编办.
    "zhongshan-2023 1 市委组织部 市委编办 市人力资源社会保障局 市残联 各镇街",
    # Three kinds of separators in one cell, and a bank.
    "haidong-2023 A7 市残联 市财政局 市妇联 市农业农村局 市乡村振兴局 中国农业银行 各县区人民政府",
    # 教育局 has lost its 县.
    "ningjin-2022 2.4 县残联 县农业农村局 县人力资源社会保障局 县教育局",
    # 省市市场监管局 is a slip of the pen.
    "sichuan-2022 8.2 人力资源社会保障厅 省市场监管局 省残联",
    # （按职责分工负责，下同） is no unit.
    "sichuan-2022 1.1 省委组织部 省委编办 人力资源社会保障厅 省残联",
    # The group stays a group.
    "sichuan-2022 16.1 省政府残疾人工作委员会 省残联 省级有关部门（单位）",
]


@pytest.mark.parametrize("row", MENDED)
def test_the_difficult_lists_are_read_in_full(row: str) -> None:
    plan, number, *units = row.split()
    assert [duty.units for duty in _matrix(plan).duties if duty.number == number] == [tuple(units)]


def test_the_open_list_of_ningjin_is_marked() -> None:
    """「教育局等」 is the only list in the draft that ends in 等."""
    marked = [duty.number for duty in _matrix("ningjin-2022").duties if duty.open_ended]
    assert marked == ["2.4"]


@pytest.mark.parametrize("due_on", ["2023-12-15", "2024-10-20"])
def test_zhongshan_has_46_owers_of_each_summary(due_on: str) -> None:
    """24 units in the rows, less 市残联 which receives, plus 23 towns."""
    plan = _plan("zhongshan-2023")
    (spec,) = [
        spec
        for spec in plan.matrix.obligations
        if spec.due and spec.due.rule == "stated-day" and spec.due.on.isoformat() == due_on
    ]
    owers = set(plan.members(spec.who)) - set(plan.members(spec.besides))
    assert len(owers) == 46
    assert "市残联" not in owers
    assert len(plan.place.members(["各镇街"])) == 23


def test_every_responsible_department_of_sichuan_reports() -> None:
    """29 units in the rows besides the committee, which receives, and the open group."""
    plan = _plan("sichuan-2022")
    (spec,) = [spec for spec in plan.matrix.obligations if spec.key == "unit-report"]
    owers = set(plan.members(spec.who)) - set(plan.members(spec.besides))
    assert owers == set(plan.units_in_rows) - {"省政府残疾人工作委员会"}
    assert len(owers) == 28
    assert len(plan.place.members(["各市（州）"])) == 21


TELEPHONE = re.compile(r"(?<!\d)(1\d{10}|\d{7,8})(?!\d)")
SHOWN_NUMBER = re.compile(r"（示例号码）0000-\d{7}")
MASKED = "联系人:×××,联系电话:××××××××"


@pytest.mark.parametrize(
    "path",
    [*MATRICES.glob("**/*.yaml"), *MATRICES.glob("**/*.txt")],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_no_personal_data_is_kept(path: Path) -> None:
    text = SHOWN_NUMBER.sub("", path.read_text(encoding="utf-8"))
    assert TELEPHONE.findall(text) == []
    assert re.findall(r"联系人[:：](?!×)[^,，]*", text) == []
    addresses = re.findall(r"[\w.%+-]+@[\w.-]+", text)
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_the_contact_of_zhongshan_is_masked() -> None:
    assert MASKED in "".join(_lines("zhongshan-2023"))


@pytest.mark.parametrize("plan", PLANS)
def test_every_address_of_a_roster_is_fictitious(plan: str) -> None:
    roster = _roster(plan)
    assert [address for address in roster.addresses if not address.endswith(".example")] == []
