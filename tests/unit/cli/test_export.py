"""``duban export summary``: printed, saved as Markdown or Word, as JSON; what is refused."""

from pathlib import Path

import docx
import pytest

from tests import builders
from tests.unit.cli.commands import Office

SUMMARY = ("export", "summary", "zhongshan-2023/final-summary", "--as-of", "2024-10-15")
KEY = "zhongshan-2023/final-summary/市教育体育局"


@pytest.fixture
def reported(applied: Office) -> Office:
    told = ("complete", KEY, "--text", "材料已备齐。", "--as-of", "2024-10-12", "--by", "李四")
    assert applied.run(*told).code == 0
    return applied


def test_without_a_file_it_is_printed_as_markdown(reported: Office) -> None:
    done = reported.run(*SUMMARY)
    lines = done.output.splitlines()
    assert lines[0] == "# 市残联关于推动落实《行动方案》终期工作总结的报告"
    assert "## 二、逐项进展" in lines
    assert any(line.startswith("材料已备齐。〔市教育体育局，2024-10-12 登记，第") for line in lines)


def test_it_is_saved_by_the_ending_of_the_files_name(reported: Office, tmp_path: Path) -> None:
    text, paper = tmp_path / "总结.md", tmp_path / "总结.docx"
    done = reported.run(*SUMMARY, "--out", str(text))
    assert "应报46家，已报1家，未报45家。" in done.output
    assert reported.run(*SUMMARY, "--out", str(paper)).code == 0
    title = docx.Document(str(paper)).paragraphs[0].text
    assert text.read_text(encoding="utf-8").startswith(f"# {title}\n")


def test_the_same_day_gives_the_same_file(reported: Office, tmp_path: Path) -> None:
    files = [tmp_path / "1.docx", tmp_path / "2.docx"]
    for file in files:
        reported.run(*SUMMARY, "--out", str(file))
    assert files[0].read_bytes() == files[1].read_bytes()


def test_programs_read_json(reported: Office) -> None:
    told = reported.read(*SUMMARY)
    assert told["counts"] == {"owed": 46, "reported": 1, "nil": 0, "missing": 45}
    assert [row["number"] for row in told["rows"]] == [str(number) for number in range(1, 16)]


def test_a_file_that_is_there_is_never_overwritten(reported: Office, tmp_path: Path) -> None:
    edited = tmp_path / "总结.docx"
    edited.write_bytes(b"edited by hand")
    done = reported.run(*SUMMARY, "--out", str(edited))
    assert (done.code, edited.read_bytes()) == (3, b"edited by hand")
    assert "is there already" in done.errors


REFUSED = builders.sentences(
    [
        ("a form that there is not", ("--out", "summary.pdf"), "has no known form"),
        ("a folder that there is not", ("--out", "/no/such/folder/a.md"), "cannot be written"),
    ]
)


@pytest.mark.parametrize(("more", "words"), REFUSED)
def test_a_file_that_cannot_be_made_is_refused(
    reported: Office, more: tuple[str, ...], words: str
) -> None:
    done = reported.run(*SUMMARY, *more)
    assert done.code == 2
    assert words in done.errors


@pytest.mark.parametrize("kind", ["ledger", "calendar", "letter"])
def test_what_cannot_be_exported_yet_is_wrong_usage_and_the_help_says_so(
    applied: Office, kind: str
) -> None:
    assert applied.run("export", kind, "zhongshan-2023").code == 2
    assert kind in applied.run("export", "--help").output
