"""The count after a demonstration sees what it is there to see."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from duban.demo.audit import Counts, audit
from duban.demo.stage import DOMAIN
from duban.store.database import open_database, writing
from duban.store.migrate import migrate
from duban.store.tables import OUTBOX
from notifications.mime import message_id_for

MAIL = tuple[str, str, str]


def counted(folder: Path, sent: Iterable[str], arrived: Iterable[MAIL]) -> Counts:
    """Count an outbox of these keys, sent, against mails of (day, address, key) on disk."""
    engine = open_database(f"sqlite:///{folder / 'duban.db'}")
    migrate(engine)
    common = {"recipient": "a@a.example", "state": "sent", "on": date(2024, 1, 2), "attempts": 1}
    with writing(engine) as connection:
        for key in sent:
            connection.execute(OUTBOX.insert().values(common | {"key": key}))
    engine.dispose()
    for number, (day, address, key) in enumerate(arrived):
        path = folder / "mails" / day / f"{number}.eml"
        path.parent.mkdir(parents=True, exist_ok=True)
        header = f"Message-ID: {message_id_for(key, DOMAIN)}\r\nTo: {address}\r\n\r\n"
        path.write_bytes(header.encode())
    return audit(folder / "duban.db", folder / "mails")


A = ("2024-01-02", "a@a.example", "a")
FAULTS = [
    (["a"], [A], 0, []),
    (["a"], [A, A], 1, []),
    (["a"], [A, A], 0, ["1 mails arrived more than once"]),
    (["a", "b"], [A], 0, ["1 notices were lost"]),
    ([], [A], 0, ["1 mails arrived that the outbox does not know"]),
    (
        ["a", "b"],
        [A, ("2024-01-02", "a@a.example", "b")],
        0,
        ["1 recipients got two mails on one day"],
    ),
]


@pytest.mark.parametrize(("sent", "arrived", "kills", "faults"), FAULTS)
def test_faults_are_seen(
    tmp_path: Path, sent: list[str], arrived: list[MAIL], kills: int, faults: list[str]
) -> None:
    assert counted(tmp_path, sent, arrived).faults(kills) == faults
