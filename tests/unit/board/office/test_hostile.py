"""HTML in every field, and what no browser would send: nothing gets in, nothing breaks."""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.board.session import NUMBER, TOKEN, new_number
from duban.service.access.revocations import revoke
from duban.service.entries import Saying, enter
from duban.service.evidence.locker import attach_in
from duban.service.workplace import Workplace
from duban.store import accounts
from duban.store.database import writing
from duban.store.documents import put
from duban.store.tables import DEFECT, OBLIGATION
from models.account import AccountRole
from models.entry import EntryKind, Via
from tests import builders
from tests.unit.board.office.browsers import CHEAP, DUTY, SUMMARY, Browser, Received
from tests.unit.board.office.conftest import Open

EVIL = "<script>alert('1')</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
WHEN = builders.occasion("2024-01-03", EVIL)


class _Parser(HTMLParser):
    """Collects what a browser would take for elements, and suspicious attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in {"script", "img", "iframe", "object"} or any(n.startswith("on") for n in names):
            self.bad.append(self.get_starttag_text() or tag)
        self.bad += [str(v) for n, v in attrs if n == "href" and (v or "").startswith("javascript")]


def _is_clean(text: str) -> bool:
    parser = _Parser()
    parser.feed(text)
    return parser.bad == []


@pytest.fixture
def poisoned(people: Workplace, post: Received) -> Workplace:
    """Everything that people can type or send holds HTML."""
    reading = {
        "statements": [{"items": [1], "kind": "completed", "text": EVIL, "until": EVIL}],
        "unclear": [EVIL],
        "because": EVIL,
    }
    post.mail(
        EVIL,
        sender=EVIL,
        subject=EVIL,
        because=EVIL,
        reading=json.dumps(reading),
        checks=json.dumps({"token": EVIL, EVIL: EVIL}),
        outbox_id=post.answering(SUMMARY, EVIL),
    )
    passages = [{"number": EVIL, "text": EVIL, "figures": [{"metric": EVIL, "value": EVIL}]}]
    saying = Saying(EntryKind.COMPLETED, EVIL, detail={"passages": passages, EVIL: EVIL})
    enter(people, SUMMARY, saying._replace(received=1), WHEN)
    enter(people, DUTY, Saying(EntryKind.DECLINED, EVIL), WHEN)
    stored = put(people.evidence, [b"x"], 10)
    revoke(people, builders.address("甲局", "liaison"), EVIL, EVIL, WHEN.at)
    with writing(people.engine) as connection:
        attach_in(
            connection, people, SUMMARY, stored, EVIL, "text/html", WHEN, via=Via.MAIL, note=EVIL
        )
        values = {"address": EVIL, "because": EVIL, "opened_at": WHEN.at}
        connection.execute(DEFECT.insert().values(values))
        accounts.add(connection, EVIL, "clerk", CHEAP, WHEN.at)
        odd = OBLIGATION.update().where(OBLIGATION.c.id == SUMMARY)
        connection.execute(odd.values(title=EVIL, text=EVIL, addressee=EVIL))
    return people


PAGES = [
    "/office",
    "/office/waiting/completed",
    "/office/waiting/mails",
    f"/office/items/{SUMMARY}",
    f"/office/items/{DUTY}",
    "/office/mails/1",
    "/office/ledger",
    "/office/plans/plan-2024",
    "/office/links",
    "/office/accounts",
    "/office/sign-in?next=" + EVIL,
    "/office/ledger?unit=%22%3E%3Cscript%3E&plan=%22%3E%3Cscript%3E",
    "/office/items/%3Cscript%3E",
]


def test_html_in_every_field_stays_text(poisoned: Workplace, browser: Open) -> None:
    for role in (AccountRole.REVIEWER, AccountRole.ADMINISTRATOR):
        found = browser(role)
        for path in PAGES:
            assert _is_clean(found.get(path)), (path, found.text)
            assert found.status in (200, 303, 403, 404), (path, found.text)
    assert "&lt;script&gt;" in browser(AccountRole.CLERK).get("/office/mails/1")


def test_html_in_a_form_that_is_shown_again_stays_text(
    poisoned: Workplace, reviewer: Browser
) -> None:
    names = ("returned-text", "returned-until", "register-who", "register-kind", "seen", EVIL)
    for act in ("returned", "register", EVIL):
        fields = {TOKEN: reviewer.token(), NUMBER: new_number(), "act": act}
        fields |= dict.fromkeys(names, EVIL)
        assert _is_clean(reviewer.post(f"/office/items/{SUMMARY}", **fields))
        assert _is_clean(reviewer.post(f"/office/items/{SUMMARY}", **(fields | {TOKEN: "x"})))
        assert _is_clean(reviewer.post("/office/mails/1", **fields))
    assert _is_clean(reviewer.post("/office/sign-in", name=EVIL, next=EVIL, kept=EVIL))


_NAMES = st.sampled_from(
    ["act", "seen", "returned-text", "returned-until", "accepted-text", "register-kind",
     "register-text", "register-until", "reassigned-unit", "suspended-until", "x"]
)  # fmt: skip
_VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["accepted", "returned", "register", "suspended", "2024-01-12", "9999-12-31", "0001-01-01",
         "\0", "１２", "-1", "9" * 40, "completed"]
    ),
)  # fmt: skip


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(fields=st.dictionaries(_NAMES, _VALUES))
def test_no_form_breaks_the_page(
    completed: Workplace, reviewer: Browser, fields: dict[str, str]
) -> None:
    given_fields = {TOKEN: reviewer.token(), NUMBER: new_number()} | fields
    text = reviewer.post(f"/office/items/{SUMMARY}", **given_fields)
    assert reviewer.status in (200, 400, 409, 422), text


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe=%ff%", b"a" * 70_000, b"&".join(b"x%d=1" % n for n in range(2000))],
    ids=["empty", "not UTF-8", "long", "2000 fields"],
)
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data", "application/json", ""]
)
def test_no_body_breaks_the_page(reviewer: Browser, content: bytes, kind: str) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = reviewer.client.post(f"/office/items/{SUMMARY}", content=content, headers=headers)
    assert answer.status_code in (400, 403, 413)


def test_too_much_is_cut_off(reviewer: Browser) -> None:
    answer = reviewer.client.post(f"/office/items/{SUMMARY}", data={"x": "a" * 2_000_000})
    assert answer.status_code == 413
