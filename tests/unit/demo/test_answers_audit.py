"""The count of answers sees what it is there to see."""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from duban.demo.answers_audit import AnswerCounts, Waiting, audit_answers
from duban.service.apply import apply
from duban.service.entries import Saying, enter_in
from duban.store.database import writing
from duban.store.tables import RECEIVED
from models.entry import EntryKind, Via
from tests import builders

AT = builders.instant(date(2024, 1, 2))
CONTENTS = {name: f"letter {name}".encode() for name in "ab"}
HASHES = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENTS.items()}


def counted(
    folder: Path,
    arrived: Iterable[str] = "a",
    known: Iterable[tuple[str, str]] = (("a", "acted"),),
    entries: int = 1,
    kept: Iterable[tuple[str, str]] = (("a", "a"),),
) -> AnswerCounts:
    """Count letters of these names that arrived against those on record, with their state.

    ``entries`` were made from the first of them; ``kept`` are files: whose name, whose content.
    """
    for name in arrived:
        path = folder / "replies" / "2024-01-02" / f"{name}.eml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"Message-ID:\r\n <{name}@unit.example>\r\n\r\n".encode())
    for name, content in kept:
        path = folder / "evidence" / HASHES[name][:2] / HASHES[name][2:]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(CONTENTS[content])
    url = f"sqlite:///{folder / 'duban.db'}"
    office = builders.office(builders.plan())
    with builders.ledger_at(url, office) as made:
        apply(made, made.office.plans.values(), builders.occasion("2024-01-02"))
        item = f"{next(iter(made.office.plans))}/summary/甲局"
        with writing(made.engine) as connection:
            for number, (name, state) in enumerate(known, start=1):
                connection.execute(RECEIVED.insert().values(_row(number, name, state)))
            for _ in range(entries):
                saying = Saying(EntryKind.REPORTED, "进展", via=Via.MAIL, received=1)
                enter_in(connection, made, item, saying, builders.occasion("2024-01-03"))
    return audit_answers(folder / "duban.db", folder / "replies", folder / "evidence")


def _row(number: int, name: str, state: str) -> dict[str, object]:
    return {
        "id": number,
        "content": HASHES[name],
        "message_id": f"<{name}@unit.example>",
        "received_at": AT,
        "sender": "a@unit.example",
        "subject": "回复",
        "text": "进展",
        "kind": "reply",
        "state": state,
        "because": "没有读懂",
    }


FAULTS = [
    ({}, []),
    ({"arrived": "ab"}, ["1 answers by mail were lost"]),
    ({"entries": 2}, ["1 entries were made twice from one mail"]),
    ({"entries": 0}, ["1 mails count as acted upon without an entry"]),
    ({"kept": ()}, ["1 pieces of evidence are missing or changed"]),
    ({"kept": (("a", "b"),)}, ["1 pieces of evidence are missing or changed"]),
]


@pytest.mark.parametrize(("what", "faults"), FAULTS)
def test_faults_are_seen(tmp_path: Path, what: dict[str, object], faults: list[str]) -> None:
    assert counted(tmp_path, **what).faults() == faults  # type: ignore[arg-type]


def test_what_waits_is_listed_with_its_reason_and_answers_are_counted_by_way(
    tmp_path: Path,
) -> None:
    known = (("a", "acted"), ("b", "office"))
    found = counted(tmp_path, "ab", known, kept=(("a", "a"), ("b", "b")))
    assert found.waiting == [Waiting(2, "a@unit.example", "没有读懂")]
    assert found.ways == {"mail": 1}
    assert (found.letters, found.states) == (2, {"acted": 1, "office": 1})
    assert found.faults() == []
