"""Received mails in the store: each once, found again, settled once."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from duban.store import received
from duban.store.database import reading, writing
from duban.store.received import ReceivedState
from duban.store.tables import OUTBOX
from tests import builders

AT = datetime(2024, 10, 15, 1, tzinfo=UTC)


def _row(content: str = "c1", **fields: Any) -> dict[str, Any]:
    given = {
        "content": content, "message_id": "<1@a.example>", "received_at": AT, "sender": "a@b.c",
        "subject": "", "text": "签收", "kind": "reply", "state": "office", "because": "",
        "reading": None, "checks": None, "outbox_id": None, "settled_by": None,
        "settled_at": None, "settled_text": None,
    }  # fmt: skip
    return given | fields


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return builders.ledger_url(request, tmp_path)


def test_a_content_is_there_once(url: str) -> None:
    with builders.ledger_at(url, builders.office()) as place:
        with writing(place.engine) as connection:
            number = received.add(connection, _row())
        with pytest.raises(received.Unstorable), writing(place.engine) as connection:
            received.add(connection, _row())
        with reading(place.engine) as connection:
            found = received.of_content(connection, "c1")
            assert found is not None
            assert found.id == number
            assert received.of_content(connection, "c2") is None


@pytest.mark.parametrize(
    ("message_id", "sender", "text", "is_twin"),
    [
        ("<1@a.example>", "a@b.c", "签收", True),
        ("<2@a.example>", "a@b.c", "签收", False),
        ("<1@a.example>", "x@b.c", "签收", False),
        ("<1@a.example>", "a@b.c", "已办结", False),
        ("", "a@b.c", "签收", False),
    ],
)
def test_a_twin_is_the_same_message_in_other_bytes(
    tmp_path: Path, message_id: str, sender: str, text: str, is_twin: bool
) -> None:
    with builders.ledger_at(f"sqlite:///{tmp_path / 'a.db'}", builders.office()) as place:
        with writing(place.engine) as connection:
            number = received.add(connection, _row())
            received.add(connection, _row("c2", message_id=None))
        with reading(place.engine) as connection:
            found = received.twin(connection, message_id, sender, text)
    assert found == (number if is_twin else None)


def test_what_waits_is_settled_once(url: str) -> None:
    with builders.ledger_at(url, builders.office()) as place, writing(place.engine) as connection:
        for content, state in (("c1", "office"), ("c2", "partly"), ("c3", "acted")):
            received.add(connection, _row(content, state=state))
        first, second = received.waiting(connection)
        assert received.settle(connection, first.id, "李四", AT, "已电话联系")
        assert not received.settle(connection, first.id, "王五", AT, "又一次")
        received.conclude(connection, second.id, ReceivedState.IGNORED, "不需办理")
        assert received.waiting(connection) == []
        assert received.counts(connection) == {"settled": 1, "ignored": 1, "acted": 1}
        settled = received.get(connection, first.id)
        assert settled is not None
        assert (settled.settled_by, settled.settled_text) == ("李四", "已电话联系")


def test_a_mail_is_found_by_what_follows_from_its_key_however_old(tmp_path: Path) -> None:
    rows = [
        {"key": f"k{n}", "recipient": f"{n}@a.example", "state": "sent", "on": date(2024, 1, 2),
         "attempts": 1, "channel": "mail"}
        for n in range(2500)
    ]  # fmt: skip
    with builders.ledger_at(f"sqlite:///{tmp_path / 'a.db'}", builders.office()) as place:
        with writing(place.engine) as connection:
            connection.execute(OUTBOX.insert(), rows)
        with reading(place.engine) as connection:
            for key in ("k2499", "k1500", "k1499", "k0"):
                found = received.mail_where(connection, key.__eq__)
                assert found is not None
                assert found.key == key
            assert received.mail_where(connection, lambda _key: False) is None
