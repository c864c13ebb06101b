import json
from pathlib import Path

import pytest

from tests.unit.cli.commands import MATRICES, Office

DOCUMENT = (MATRICES / "yubei-2023" / "document.txt").read_text(encoding="utf-8")


@pytest.fixture
def plan(office: Office) -> Path:
    """A plan imported once; the document lies beside its folder."""
    file = office.folder / "notice.txt"
    file.write_text(DOCUMENT, encoding="utf-8")
    path = office.folder / "yubei-2023" / "plan.yaml"
    assert office.run("import", str(file), "-o", str(path)).code == 0
    return path


def run(office: Office, plan: Path, *options: str, document: str = DOCUMENT) -> tuple[int, str]:
    file = office.folder / "notice.txt"
    file.write_text(document, encoding="utf-8")
    done = office.run("import", str(file), "-o", str(plan), *options)
    return done.code, done.output


def test_importing_the_same_document_again_changes_nothing(office: Office, plan: Path) -> None:
    before = plan.read_bytes()
    assert run(office, plan)[0] == 0
    assert plan.read_bytes() == before
    assert (plan.parent / "import.lock").is_file()


def test_what_changed_is_shown_first_and_written_only_on_demand(office: Office, plan: Path) -> None:
    title = next(line for line in plan.read_text("utf-8").split("\n") if "    title: " in line)
    words = title.partition("title: ")[2]
    changed = DOCUMENT.replace(words, f"{words}提升")
    note = "  # 办公室核对过\n"
    edited = plan.read_text("utf-8").replace("duties:\n", f"duties:\n{note}")
    plan.write_text(edited, encoding="utf-8")
    code, said = run(office, plan, document=changed)
    assert code == 4
    assert "提升" in said
    assert "--write" in said
    assert plan.read_text("utf-8") == edited
    code, _ = run(office, plan, "--write", document=changed)
    assert code == 0
    assert "提升" in plan.read_text("utf-8")
    assert note in plan.read_text("utf-8")
    assert "提升" in (plan.parent / "document.txt").read_text("utf-8")
    assert plan.with_name("plan.yaml.bak").read_text("utf-8") == edited
    assert plan.with_name("document.txt.bak").read_text("utf-8").rstrip() == DOCUMENT.rstrip()
    assert run(office, plan, document=changed)[0] == 0


def test_units_new_in_the_document_are_printed_for_the_registry(office: Office, plan: Path) -> None:
    changed = DOCUMENT.replace("区残联及各镇街）", "区残联、区航空局及各镇街）", 1)
    code, said = run(office, plan, document=changed)
    assert code == 4
    assert "{name: 区航空局}" in said
    assert said.index("区航空局}") < said.index("责任单位：增 区航空局")


def test_json_lists_the_changes(office: Office, plan: Path) -> None:
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("status: issued", "status: draft"), encoding="utf-8")
    (plan.parent / "import.lock").unlink()
    code, said = run(office, plan, "--json")
    shown = json.loads(said)
    assert code == 0
    assert [(each["kind"], each["field"]) for each in shown["changes"]] == [("kept", "status")]
    assert shown["written"] is False


def test_a_plan_that_is_no_text_is_named(office: Office, plan: Path) -> None:
    plan.write_bytes(b"\xff\xfe")
    file = office.folder / "notice.txt"
    done = office.run("import", str(file), "-o", str(plan))
    assert (done.code, "not UTF-8" in done.errors) == (1, True)


def test_the_page_to_confirm_on_is_written(office: Office) -> None:
    file = office.folder / "notice.txt"
    file.write_text(DOCUMENT, encoding="utf-8")
    page = office.folder / "review.html"
    assert office.run("import", str(file), "--review", str(page)).code == 0
    assert "事项一览" in page.read_text("utf-8")


def test_the_page_of_a_plan_that_is_there_speaks_of_its_lines_and_answers(
    office: Office, plan: Path
) -> None:
    text = plan.read_text("utf-8").replace("    answer:\n", "    answer: 由办公室定\n", 1)
    plan.write_text(text + "  - about: plan\n    question: 我们自己的问题？\n", encoding="utf-8")
    page = office.folder / "review.html"
    assert run(office, plan, "--review", str(page))[0] == 0
    shown = page.read_text("utf-8")
    for said in ("<b>已定</b> 由办公室定", "我们自己的问题？", str(plan)):
        assert said in shown
    line = text.split("\n").index("    answer: 由办公室定") + 1
    assert f"方案文件第 {line} 行" in shown


WRONG = [
    ("standard input has no name", ["-"], "standard input"),
    ("a file that is not there", ["absent.docx"], "is not there"),
    ("a folder", ["."], "is a folder"),
    ("an output that is no YAML", ["notice.txt", "-o", "plan.txt"], "does not end in .yaml"),
    ("an output that is a folder", ["notice.txt", "-o", "made"], "is a folder"),
    ("a page that would overwrite a plan", ["notice.txt", "--review", "plan.yaml"], ".html"),
    ("a folder that is no id", ["notice.txt", "-o", "方案/plan.yaml"], '"方案" is no id'),
    ("an id that is none", ["notice.txt", "--id", "Plan 1"], '"Plan 1" is no id'),
]


@pytest.mark.parametrize(
    ("words", "expected"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_what_cannot_be_done_is_said_with_its_remedy(
    office: Office, words: list[str], expected: str
) -> None:
    (office.folder / "notice.txt").write_text(DOCUMENT, encoding="utf-8")
    (office.folder / "made").mkdir()
    paths = [str(office.folder / each) if "." in each or each == "made" else each for each in words]
    done = office.run("import", *paths)
    assert done.code == 2
    assert expected in done.errors
    assert "(" in done.errors


def test_persons_in_a_clause_reach_neither_the_plan_nor_the_page(office: Office) -> None:
    clause = "开展摸底调查，联系人：张三，电话：0000-12345678。"
    text = DOCUMENT.replace("二、主要措施", f"二、主要措施\n{clause}", 1)
    file = office.folder / "notice.txt"
    file.write_text(text + "\n联系人：李四，13900001111\n", encoding="utf-8")
    folder = office.folder / "made"
    done = office.run(
        "import", str(file), "-o", str(folder / "plan.yaml"), "--review", str(folder / "r.html")
    )
    written = "".join(path.read_text("utf-8") for path in folder.iterdir())
    for person in ("张三", "12345678", "李四", "13900001111"):
        assert person not in written + done.output


def test_a_plan_thrown_away_is_kept_beside(office: Office, plan: Path) -> None:
    plan.write_text("id: mine\n", encoding="utf-8")
    assert run(office, plan, "--force")[0] == 0
    assert plan.with_name("plan.yaml.bak").read_text("utf-8") == "id: mine\n"
