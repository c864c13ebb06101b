"""Answers are read while a revised matrix is applied to the same items: none is lost, none twice.

Each mail answers several items in an order of its own; apply writes them in the matrix's order, so
on a database with locks for each row the two could wait for each other.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from duban.service.apply import apply
from duban.service.workplace import Workplace
from duban.store.database import open_database
from models.office import Office
from tests import builders
from tests.unit.service.letters import DAY, Inbox, Letters

REPORTS, MAILS = 8, 8


def _office(on: str, title: str) -> Office:
    """甲局 owes ten reports by that day."""
    reports = tuple(
        builders.report(f"summary-{number}", on=on, title=f"{title}{number}")
        for number in range(REPORTS)
    )
    return builders.office(builders.plan(builders.matrix(obligations=reports)))


@pytest.fixture
def letters(postgres_url: str, tmp_path: Path) -> Iterator[Letters]:
    """Applied, on PostgreSQL: on SQLite all writers come one after the other anyway."""
    url = builders.new_database(postgres_url)
    with builders.ledger_at(url, _office("2024-10-20", "总结")):
        pass
    workplace = Workplace(_office("2024-10-20", "总结"), open_database(url), tmp_path / "evidence")
    yield Letters(workplace)
    workplace.engine.dispose()


def _answers(letters: Letters) -> list[bytes]:
    """Mails that report on each item, from the last to the first, or from somewhere on round."""
    keys = [f"plan-2024/summary-{number}/甲局" for number in range(REPORTS)]
    mail = letters.sent(*keys)
    orders = [[(start - step) % REPORTS for step in range(REPORTS)] for start in range(MAILS)]
    return [
        letters.reply(mail, "\n".join(f"{place + 1} 进展：第{number}次" for place in order))
        for number, order in enumerate(orders)
    ]


def _apply_until(is_over: Event, workplace: Workplace) -> int:
    """Two matrices in turn, which differ in every date and title, again and again."""
    count = 0
    while not is_over.is_set() or count < 2:
        day, title = (("2024-10-25", "报告"), ("2024-10-20", "总结"))[count % 2]
        content = _office(day, title)
        revised = replace(workplace, office=content)
        apply(revised, content.plans.values(), builders.occasion(DAY.isoformat()))
        count += 1
    return count


def _read(letters: Letters, inbox: Inbox, is_over: Event) -> tuple[int, int]:
    try:
        told = letters.intake(inbox=inbox)
        return told.acted, told.office
    finally:
        is_over.set()


def test_no_answer_is_lost_to_an_apply_at_the_same_time(letters: Letters) -> None:
    inbox, is_over = Inbox(*_answers(letters)), Event()
    with ThreadPoolExecutor(2) as pool:
        applied = pool.submit(_apply_until, is_over, letters.workplace)
        read = pool.submit(_read, letters, inbox, is_over)
        assert read.result(120) == (MAILS, 0)
        assert applied.result(120) >= 2
    said = [(row.obligation_id, row.text) for row in letters.entries()]
    assert len(said) == len(set(said)) == MAILS * REPORTS
    assert inbox.mails == {}
    assert {letters.stage(key) for key, _ in said} == {"reported"}
