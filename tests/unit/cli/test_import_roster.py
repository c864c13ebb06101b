import json
import shutil
from pathlib import Path

import docx
import pytest

from duban.loader.check import examine
from models.problem import Severity
from tests.unit.cli.commands import MATRICES, Office

ROWS = [
    ("序号", "工作单位", "姓名", "职务", "联系电话", "电子邮箱"),
    ("1", "市财政局", "张某", "预算科科长", "0000-0000101", "zhang@finance.example"),
    ("", "", "李某", "副局长", "0000-0000102", "li@finance.example"),
    ("2", "市人力资源社会保障局", "王某", "就业科科员", "0000-0000103", "wang@labour.example"),
    ("3", "市林业局", "赵某", "科员", "0000-0000104", "zhao@forest.example"),
]
SECRETS = ("张某", "李某", "0000-00001", "zhang@", "li@")


@pytest.fixture
def office(office: Office) -> Office:
    """An office of its own with 海东's plan, and a list in Word with merged cells."""
    office.matrices = office.folder / "matrices"
    office.matrices.mkdir()
    shutil.copytree(MATRICES / "haidong-2023", office.matrices / "haidong-2023")
    for name in ("policies", "workdays"):
        shutil.copytree(MATRICES / name, office.matrices / name)
    shutil.copy(MATRICES / "units.yaml", office.matrices)
    document = docx.Document()
    document.add_heading("海东市联系人员名册", 1)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for at, row in enumerate(ROWS):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for column in (0, 1):
        text = table.cell(1, column).text
        table.cell(1, column).merge(table.cell(2, column)).text = text
    document.add_paragraph("备注：请如实填写。")
    document.save(str(office.folder / "list.docx"))
    return office


def run(office: Office, *options: str) -> tuple[int, str]:
    path = str(office.folder / "list.docx")
    done = office.run("import-roster", path, "--since", "2023-09-01", *options)
    return done.code, done.output


def roster(office: Office) -> Path:
    return office.matrices / "haidong-2023" / "roster.yaml"


def test_changes_against_the_roster_are_shown_and_nothing_is_written(office: Office) -> None:
    before = roster(office).read_bytes()
    code, said = run(office, "--plan", "haidong-2023")
    assert code == 4
    assert "市财政局 联络员：liaison@finance.haidong.example（至 2023-08-31）→ 张某 zhang@" in said
    assert "市财政局 分管领导" in said
    assert "市林业局" in said
    assert "0000-0000101" not in said
    assert roster(office).read_bytes() == before


def test_written_it_is_a_roster_without_errors(office: Office) -> None:
    assert run(office, "--plan", "haidong-2023", "--write")[0] == 0
    found = examine([office.matrices]).problems
    assert [str(each) for each in found if each.severity is Severity.ERROR] == []
    assert "0000-0000101" in roster(office).read_text("utf-8")
    assert run(office, "--plan", "haidong-2023")[0] == 0


def test_a_new_file_is_written_at_once(office: Office) -> None:
    path = office.folder / "haidong-2023" / "roster.yaml"
    code, _ = run(office, "--plan", "haidong-2023", "-o", str(path))
    assert code == 0
    text = path.read_text("utf-8")
    assert "plan: haidong-2023\n" in text
    assert "liaison: {address: zhang@finance.example, name: 张某, phone:" in text


def test_a_new_roster_of_a_plan_is_shown_line_by_line_first(office: Office) -> None:
    roster(office).unlink()
    code, said = run(office, "--plan", "haidong-2023")
    assert code == 4
    assert "+ 市财政局 联络员：张某 zhang@finance.example（自 2023-09-01）" in said
    assert not roster(office).exists()


def test_what_is_written_over_is_kept(office: Office) -> None:
    before = roster(office).read_bytes()
    assert run(office, "--plan", "haidong-2023", "--write")[0] == 0
    assert roster(office).with_name("roster.yaml.bak").read_bytes() == before


def test_json_keeps_persons_to_itself(office: Office) -> None:
    code, said = run(office, "--plan", "haidong-2023", "--json")
    shown = json.loads(said)
    assert code == 4
    assert not any(secret in said for secret in SECRETS)
    assert [each["kind"] for each in shown["changes"]] == ["succeeded"] * 3
    assert [each["code"] for each in shown["questions"]] == ["unit"]


def test_without_a_plan_or_a_file_it_only_says_what_it_read(office: Office) -> None:
    code, said = run(office)
    assert code == 0
    assert "没有写入文件" in said


def test_what_is_no_list_of_contacts_and_what_is_no_plan_is_refused(office: Office) -> None:
    (office.folder / "other.txt").write_text("一、没有表格。", encoding="utf-8")
    done = office.run("import-roster", str(office.folder / "other.txt"))
    assert (done.code, "no table" in done.errors) == (1, True)
    done = office.run("import-roster", str(office.folder / "list.docx"), "--plan", "haidong-2022")
    assert (done.code, "haidong-2023" in done.errors) == (2, True)
