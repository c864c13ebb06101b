"""A form of the unit's page in the ledger: all of it or nothing, once, and only one's own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duban.errors import ChangedMeanwhile, Refused, StageConflict, UnknownObligation
from duban.service.access.visitors import Visitor
from duban.service.apply import apply
from duban.service.entries import Saying
from duban.service.evidence.locker import list_evidence
from duban.service.unit_page.answers import Answer, Handed, acknowledge, answer
from duban.service.workplace import Workplace
from duban.store import documents
from models.entry import EntryKind, Via
from models.roster import Post
from tests.builders import (
    edited,
    instant,
    items,
    ledger_at,
    ledger_url,
    matrix,
    occasion,
    office,
    plan,
    state,
)

SUMMARY = "plan-2024/summary/甲局"
ASSIGNMENT = "plan-2024/assignment/甲局"
DAY = date(2024, 1, 3)
NOW = instant(DAY)
VISITOR = Visitor("a@b.example", {("plan-2024", "甲局"): Post.HEAD}, DAY)
STRANGER = Visitor("a@b.example", {("plan-2024", "乙局"): Post.HEAD}, DAY)
DONE = Saying(EntryKind.COMPLETED, "办完了", via=Via.PAGE)


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    with ledger_at(ledger_url(request, tmp_path), office(plan())) as made:
        found = replace(made, evidence=tmp_path / "evidence")
        apply(found, found.office.plans.values(), occasion("2024-01-02"))
        yield found


def _handed(workplace: Workplace, content: bytes = b"x", part: str = "") -> Handed:
    draft = documents.write_down(workplace.evidence, [content], 100)
    return Handed(draft, "总结.pdf", "application/pdf", DAY, "说明", part)


def test_words_and_files_are_one(workplace: Workplace) -> None:
    files = (_handed(workplace, b"scan", "scan"), _handed(workplace, b"original", "original"))
    outcome = answer(workplace, VISITOR, Answer("n1", SUMMARY, DONE, files), NOW)
    assert [entered.after for entered in outcome.entered] == ["completed"]
    scan, original = list_evidence(workplace, SUMMARY)
    assert outcome.evidence == (scan.id, original.id)
    assert (scan.pair, original.pair) == (original.id, scan.id)
    assert scan.by == "甲局主要负责人（a@b.example）"


def test_what_is_refused_takes_its_files_with_it_and_can_be_sent_again(
    workplace: Workplace,
) -> None:
    first = Answer("n1", SUMMARY, DONE)
    assert not answer(workplace, VISITOR, first, NOW).is_repeated
    before = state(workplace)
    for saying, error in ((DONE, StageConflict), (DONE._replace(seen=0), ChangedMeanwhile)):
        handed = _handed(workplace)
        with pytest.raises(error):
            answer(workplace, VISITOR, Answer("n2", SUMMARY, saying, (handed,)), NOW)
        documents.discard(handed.draft)
    assert state(workplace) == before
    assert list(documents.files(workplace.evidence)) == []
    late = Answer("n2", SUMMARY, None, (_handed(workplace),))
    assert not answer(workplace, VISITOR, late, NOW).is_repeated, "its number is still good"


def test_a_number_is_good_once(workplace: Workplace) -> None:
    form = Answer("n1", SUMMARY, DONE._replace(kind=EntryKind.REPORTED))
    assert not answer(workplace, VISITOR, form, NOW).is_repeated
    before = state(workplace)
    assert answer(workplace, VISITOR, form, NOW) == ((), (), True)
    assert state(workplace) == before


def test_only_ones_own_is_answered(workplace: Workplace) -> None:
    before = state(workplace)
    for key in (SUMMARY, "plan-2024/none/甲局"):
        with pytest.raises(UnknownObligation):
            answer(workplace, STRANGER, Answer("n1", key, DONE), NOW)
    with pytest.raises(UnknownObligation):
        acknowledge(workplace, STRANGER, "n2", [(ASSIGNMENT, None)], NOW)
    assert state(workplace) == before


def test_all_assignments_or_none(workplace: Workplace) -> None:
    both = Visitor("a@b.example", {**VISITOR.seats, **STRANGER.seats}, DAY)
    theirs = "plan-2024/assignment/乙局"
    acknowledge(workplace, both, "n1", [(theirs, None)], NOW)
    with pytest.raises(StageConflict):
        acknowledge(workplace, both, "n2", [(ASSIGNMENT, None), (theirs, None)], NOW)
    assert items(workplace)[ASSIGNMENT].stage == "assigned"
    assert acknowledge(workplace, both, "n1", [(ASSIGNMENT, None)], NOW).is_repeated


def test_a_plan_of_minimal_evidence_takes_none(workplace: Workplace) -> None:
    sparing = edited(workplace, office(plan(matrix(minimal_evidence=True))))
    handed = _handed(workplace)
    with pytest.raises(Refused, match="asks for no evidence"):
        answer(sparing, VISITOR, Answer("n1", SUMMARY, DONE, (handed,)), NOW)
    assert items(workplace)[SUMMARY].stage == "assigned"
