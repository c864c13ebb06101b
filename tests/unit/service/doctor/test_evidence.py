"""What the doctor says of files that are missing, altered, or nobody's."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from duban import clock
from duban.service.apply import apply
from duban.service.doctor.evidence import evidence_findings
from duban.service.doctor.findings import Finding, State
from duban.service.evidence.locker import hand_in
from duban.service.workplace import Workplace
from duban.settings import Settings
from duban.store import documents
from tests.builders import ledger_at, occasion, office, plan
from tests.unit.board.papers import PDF

SUMMARY = "plan-2024/summary/甲局"
DAYS_AGO = (clock.now() - timedelta(days=2)).timestamp()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'duban.db'}", evidence=tmp_path / "evidence"
    )


@pytest.fixture
def workplace(settings: Settings, tmp_path: Path) -> Iterator[Workplace]:
    with ledger_at(settings.database_url, office(plan())) as made:
        found = replace(made, evidence=settings.evidence)
        apply(found, found.office.plans.values(), occasion("2024-01-02"))
        yield found


@pytest.fixture
def path(workplace: Workplace, tmp_path: Path) -> Path:
    """Where one piece of evidence lies."""
    source = tmp_path / "总结.pdf"
    source.write_bytes(PDF)
    with source.open("rb") as file:
        when = occasion("2024-01-05")
        row = hand_in(workplace, SUMMARY, file, source.name, when, None, "", limit=10_000)
    return documents.path_of(workplace.evidence, row.content)


def _found(settings: Settings, *, with_contents: bool = False) -> list[Finding]:
    return evidence_findings(settings, clock.now(), with_contents=with_contents)


def _states(found: list[Finding]) -> list[tuple[State, str]]:
    return [(finding.state, finding.message) for finding in found]


def test_all_is_well(settings: Settings, path: Path) -> None:
    assert _states(_found(settings)) == [
        (State.OK, "1 files, none missing, their sizes right; --evidence reads them")
    ]
    assert _states(_found(settings, with_contents=True)) == [
        (State.OK, "1 files, none missing, all read through")
    ]


def test_a_missing_file_is_a_failure(settings: Settings, path: Path) -> None:
    path.unlink()
    [finding] = _found(settings)
    assert finding.state is State.FAILURE
    assert "missing from" in finding.message
    assert "backup" in finding.remedy


def test_a_cut_file_is_seen_at_once_and_a_changed_one_by_reading(
    settings: Settings, path: Path
) -> None:
    path.write_bytes(PDF.replace(b"1.7", b"1.4"))
    assert _found(settings)[0].state is State.OK
    assert _found(settings, with_contents=True)[0].state is State.FAILURE
    path.write_bytes(PDF[:-1])
    [finding] = _found(settings)
    assert finding.state is State.FAILURE
    assert "not as handed in" in finding.message


def test_what_a_killed_process_left_is_nobodys_after_a_day(settings: Settings, path: Path) -> None:
    orphan = documents.put(settings.evidence, [b"orphan"], 10)
    draft = documents.write_down(settings.evidence, [b"half"], 10)
    assert len(_found(settings)) == 1, "it may belong to who is still at work"
    for left in (documents.path_of(settings.evidence, orphan.content), draft.path):
        os.utime(left, (DAYS_AGO, DAYS_AGO))
    warning, well = _found(settings)
    assert (warning.state, well.state) == (State.WARNING, State.OK)
    assert "(2 in all)" in warning.message
    assert "deleted" in warning.remedy


def test_without_a_ledger_there_is_nothing_to_say(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'none.db'}", evidence=tmp_path)
    assert _found(settings) == []
