"""A browser of the office as a test drives it, and mails as the intake leaves them."""

import hashlib
import html
import json
import re
import secrets
import warnings
from base64 import b64encode
from datetime import date

from duban.service.workplace import Workplace
from duban.store import ledger_records, received
from duban.store.database import Record, reading, writing
from duban.store.documents import put
from duban.store.tables import OUTBOX
from models.account import AccountRole
from tests import builders

with warnings.catch_warnings():
    # Its present client, httpx, serves; the one that it would rather have is not among ours.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

HOST = "https://duban.example"
PASSWORD = "一句只有本人知道的很长的话"
CHEAP = (
    "scrypt$16$8$1$c2FsdHNhbHRzYWx0c2FsdA==$"
    + b64encode(
        hashlib.scrypt(PASSWORD.encode(), salt=b"saltsaltsaltsalt", n=16, r=8, p=1, dklen=32)
    ).decode()
)
"""``PASSWORD`` as it is kept, for a thousandth of the work: the parameters are part of it."""

NAMES = {
    AccountRole.CLERK: "承办甲",
    AccountRole.REVIEWER: "审核乙",
    AccountRole.LEADER: "领导丙",
    AccountRole.ADMINISTRATOR: "管理丁",
}
ASSIGNMENT = "plan-2024/assignment/甲局"
SUMMARY = "plan-2024/summary/甲局"
DUTY = "plan-2024/duty/1/甲局"


class Browser:
    """A browser of the office, that fills in the forms of the page it looks at."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.status = 0
        self.text = ""
        self.path = ""

    def get(self, path: str) -> str:
        return self._read(self.client.get(path))

    def post(self, path: str, **fields: str) -> str:
        return self._read(self.client.post(path, data=fields))

    def sign_in(self, name: str, password: str = PASSWORD) -> str:
        return self.post("/office/sign-in", name=name, password=password)

    def act(self, path: str, act: str, /, **fields: str) -> str:
        """Look at a page, fill in one of its forms (``_`` in names is ``-``) and send it."""
        self.get(path)
        return self.send(path, act, **fields)

    def send(self, path: str, act: str, /, **fields: str) -> str:
        """Fill in a form of the page that was looked at last."""
        given = {name.replace("_", "-"): value for name, value in fields.items()}
        return self._read(self.client.post(path, data=self.hidden(act) | given))

    def hidden(self, act: str) -> dict[str, str]:
        """The fields that a form brings with it."""
        for form in re.findall(r"<form.*?</form>", self.text, re.S):
            found = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form))
            if found.get("act", "") == act and "sign-out" not in form:
                return {name: html.unescape(value) for name, value in found.items()}
        raise AssertionError(f"no form {act!r} on {self.path}: {self.text}")

    def token(self) -> str:
        """What the forms of this session carry."""
        found = re.search(r'name="token" value="([^"]*)"', self.get("/office"))
        assert found, self.text
        return found[1]

    def _read(self, answer: object) -> str:
        while answer.status_code == 303:  # type: ignore[attr-defined]
            answer = self.client.get(answer.headers["location"])  # type: ignore[attr-defined]
        self.status = answer.status_code  # type: ignore[attr-defined]
        self.path = answer.request.url.path  # type: ignore[attr-defined]
        self.text = answer.text  # type: ignore[attr-defined]
        return self.text


class Received:
    """Mails that came in, as the intake leaves them."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.count = 0

    def mail(self, text: str = "请看一下", raw: bytes | None = None, **columns: object) -> int:
        """One mail that waits for the office; its number."""
        self.count += 1
        content = raw or f"Subject: mail {self.count}\r\n\r\n{text}".encode()
        stored = put(self.workplace.evidence, [content], 10**7)
        given = {
            "content": stored.content,
            "message_id": f"<{self.count}@example>",
            "received_at": builders.instant(date(2024, 1, 3)),
            "sender": builders.address("甲局", "liaison"),
            "subject": f"来信{self.count}",
            "text": text,
            "kind": "reply",
            "state": "office",
            "because": "没有读懂",
        }
        with writing(self.workplace.engine) as connection:
            return received.add(connection, given | columns)

    def answering(self, *items: str) -> int:
        """The outbox number of a mail of ours about these items."""
        values = {
            "key": secrets.token_hex(8),
            "recipient": builders.address("甲局", "liaison"),
            "state": "sent",
            "on": date(2024, 1, 2),
            "attempts": 1,
            "items": json.dumps(items),
        }
        with writing(self.workplace.engine) as connection:
            query = OUTBOX.insert().values(values).returning(OUTBOX.c.id)
            return int(connection.execute(query).scalar_one())


def kinds(workplace: Workplace, key: str) -> list[str]:
    """What happened to an obligation, in order."""
    with reading(workplace.engine) as connection:
        return [entry.kind for entry in ledger_records.entries(connection, key)]


def last(workplace: Workplace, key: str) -> Record:
    """The last entry of an obligation."""
    with reading(workplace.engine) as connection:
        return ledger_records.entries(connection, key)[-1]
