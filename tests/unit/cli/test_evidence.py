"""``duban evidence``: in, out, listed, paired."""

from pathlib import Path

import pytest

from tests.unit.board.papers import PDF, document
from tests.unit.cli.commands import KEY, Office


@pytest.fixture
def kept(applied: Office) -> Office:
    """An office that keeps its evidence in a folder of this test's own."""
    applied.more["DUBAN_EVIDENCE"] = str(applied.folder / "evidence")
    return applied


def _file(office: Office, name: str, content: bytes) -> str:
    path = office.folder / name
    path.write_bytes(content)
    return str(path)


def test_evidence_goes_in_and_comes_out(kept: Office, tmp_path: Path) -> None:
    path = _file(kept, "终期总结.pdf", PDF)
    add = ("add", KEY, path, "--as-of", "2024-09-03", "--event-on", "2024-09-02", "--by", "李四")
    [row] = kept.read("evidence", *add)
    assert (row["file_name"], row["event_on"], row["by"]) == ("终期总结.pdf", "2024-09-02", "李四")
    listed = kept.run("evidence", "list", "zhongshan-2023")
    assert "终期总结.pdf" in listed.output
    out = tmp_path / "out.pdf"
    number = str(row["id"])
    taken = kept.run("evidence", "get", number, "--out", str(out))
    assert (taken.code, taken.output) == (0, f"已取出：终期总结.pdf → {out}\n")
    assert out.read_bytes() == PDF
    again = kept.run("evidence", "get", number, "--out", str(out))
    assert (again.code, "nothing is written over" in again.errors) == (2, True)
    doctor = kept.read("doctor", "--evidence", code=1)
    assert [f["message"] for f in doctor if f["check"] == "evidence"] == [
        "1 files, none missing, all read through"
    ]


def test_a_scan_and_its_original_are_paired(kept: Office) -> None:
    numbers = [
        str(kept.read("evidence", "add", KEY, _file(kept, name, content))[0]["id"])
        for name, content in (("a.pdf", PDF), ("a.docx", document()))
    ]
    rows = kept.read("evidence", "pair", *numbers)
    assert [str(row["pair"]) for row in rows] == numbers[::-1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("list", "no-such-plan"), 2),
        (("list", KEY, "more"), 2),
        (("get", "1"), 2),
        (("get", "1", "--out", "/none/x"), 2),
        (("get", "x", "--out", "x"), 2),
        (("add", KEY), 2),
        (("add", KEY, "/none/x.pdf"), 2),
        (("pair", "1", "2"), 2),
    ],
)
def test_what_cannot_be_done_is_said(kept: Office, words: tuple[str, ...], code: int) -> None:
    done = kept.run("evidence", *words)
    assert done.code == code, done


def test_a_program_is_refused(kept: Office) -> None:
    done = kept.run("evidence", "add", KEY, _file(kept, "总结.pdf", b"MZ\x90\0" + b"\0" * 60))
    assert (done.code, "not taken" in done.errors) == (3, True)
