"""Evidence of an obligation: once by content, paired, under a name that can do no harm."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.errors import Refused, UnknownObligation, WrongUsage
from duban.service.apply import apply
from duban.service.evidence.locker import (
    attach_in,
    fetch,
    hand_in,
    list_evidence,
    open_content,
    pair,
    shown_name,
)
from duban.service.workplace import Workplace
from duban.store import documents
from duban.store.database import Record, writing
from models.entry import Via
from tests.builders import ledger_at, ledger_url, occasion, office, plan, sentences
from tests.unit.board.papers import PDF, PNG, document

SUMMARY = "plan-2024/summary/甲局"
DUTY = "plan-2024/duty/1/甲局"


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    with ledger_at(ledger_url(request, tmp_path), office(plan())) as made:
        found = replace(made, evidence=tmp_path / "evidence")
        apply(found, found.office.plans.values(), occasion("2024-01-02"))
        yield found


def _add(
    workplace: Workplace,
    content: bytes,
    name: str = "总结.pdf",
    key: str = SUMMARY,
    event_on: date | None = None,
    limit: int = 10_000,
) -> Record:
    when = occasion("2024-01-05", "李四")
    return hand_in(workplace, key, io.BytesIO(content), name, when, event_on, "说明", limit=limit)


def test_a_file_is_handed_in_listed_and_read_back(workplace: Workplace) -> None:
    row = _add(workplace, PDF, event_on=date(2024, 1, 3))
    assert [one.id for one in list_evidence(workplace, SUMMARY)] == [row.id]
    assert [one.id for one in list_evidence(workplace, "plan-2024")] == [row.id]
    assert (row.event_on, row.on, row.by) == (date(2024, 1, 3), date(2024, 1, 5), "李四")
    assert (row.media_type, row.size, row.via) == ("application/pdf", len(PDF), "command")
    with open_content(workplace, fetch(workplace, row.id)) as file:
        assert file.read() == PDF


def test_the_same_content_is_one_file_and_once_for_each_obligation(workplace: Workplace) -> None:
    first = _add(workplace, PDF)
    assert _add(workplace, PDF, "另一个名字.pdf").id == first.id
    other = _add(workplace, PDF, key=DUTY)
    assert other.id != first.id
    assert len(list(documents.files(workplace.evidence))) == 1
    assert len(list_evidence(workplace, "plan-2024")) == 2


def test_a_scan_and_its_original_are_a_pair_and_can_change_partners(workplace: Workplace) -> None:
    scan, original, better = (
        _add(workplace, content, name).id
        for content, name in ((PDF, "a.pdf"), (document(), "a.docx"), (PNG, "a.png"))
    )
    pair(workplace, scan, original)
    pair(workplace, original, better)
    pairs = {row.id: row.pair for row in list_evidence(workplace, SUMMARY)}
    assert pairs == {scan: None, original: better, better: original}


def test_only_two_of_one_obligation_are_a_pair(workplace: Workplace) -> None:
    one, other = _add(workplace, PDF).id, _add(workplace, PNG, "b.png", key=DUTY).id
    for a, b in ((one, one), (one, other), (one, 999)):
        with pytest.raises(WrongUsage):
            pair(workplace, a, b)


def test_what_is_refused_leaves_nothing_behind(workplace: Workplace) -> None:
    with pytest.raises(Refused, match="not taken"):
        _add(workplace, b"MZ\x90\0")
    with pytest.raises(Refused, match="more than"):
        _add(workplace, PDF, limit=10)
    with pytest.raises(UnknownObligation):
        _add(workplace, PDF, key="plan-2024/none/甲局")
    with pytest.raises(WrongUsage, match="lies ahead"):
        _add(workplace, PDF, event_on=date(2024, 1, 6))
    with pytest.raises(UnknownObligation):
        list_evidence(workplace, "none")
    assert list(documents.files(workplace.evidence)) == []


def test_a_missing_file_is_said_to_be_missing(workplace: Workplace) -> None:
    row = _add(workplace, PDF)
    documents.path_of(workplace.evidence, row.content).unlink()
    with pytest.raises(WrongUsage, match="missing"):
        open_content(workplace, row)


def test_a_transaction_that_fails_notes_nothing(workplace: Workplace) -> None:
    stored = documents.put(workplace.evidence, [PDF], 10_000)
    when = occasion("2024-01-05")

    def failing() -> None:
        with writing(workplace.engine) as connection:
            attach_in(
                connection, workplace, SUMMARY, stored, "a.pdf", "x", when, via=Via.MAIL, note="x"
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert list_evidence(workplace, SUMMARY) == []


NAMES: list[tuple[str, str, str]] = [
    ("a plain name stays", "总结 (1).pdf", "总结 (1).pdf"),
    ("a way up is cut off", "../../etc/passwd", "passwd"),
    ("so is one of Windows", r"C:\Users\x\总结.pdf", "总结.pdf"),
    ("a bidi override goes", "总结\u202efdp.exe", "总结 fdp.exe"),
    ("what cannot be seen goes", "总\u200b结\ufeff.pdf", "总结 .pdf"),
    ("a NUL and a line end go", "a\0b\r\nc.pdf", "a b c.pdf"),
    ("only dots are no name", "..", "未命名"),
    ("nothing is no name", "", "未命名"),
    ("a slash at the end is no name", "folder/", "未命名"),
]


@pytest.mark.parametrize(("given_name", "shown"), sentences(NAMES))
def test_a_name_is_shown_without_what_could_harm(given_name: str, shown: str) -> None:
    assert shown_name(given_name) == shown


@given(st.one_of(st.text(max_size=400), st.text("../\\\0名.pdf\u202e\ud800", max_size=400)))
def test_any_name_is_short_and_one_piece(name: str) -> None:
    shown = shown_name(name)
    assert 0 < len(shown.encode()) <= 255
    assert not {"/", "\\", "\0", "\n", "\r", "\u202e"} & set(shown)
    assert shown not in (".", "..")
