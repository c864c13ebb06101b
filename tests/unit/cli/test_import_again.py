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
    assert run(office, plan, document=changed)[0] == 0


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
    assert "五分钟确认清单" in page.read_text("utf-8")
