"""Signing in: one cookie, nothing told, nowhere else to go."""

from datetime import timedelta

import pytest

from duban.board.office.signing import own_path
from duban.board.session import COOKIE
from duban.service.access.accounts import FAILURES_ALLOWED
from duban.service.workplace import Workplace
from duban.store.database import reading
from duban.store.tables import SESSION
from models.account import AccountRole
from tests.unit.board.conftest import Clock
from tests.unit.board.office.browsers import NAMES, PASSWORD, SUMMARY, Browser, kinds
from tests.unit.board.office.conftest import Open

CLERK = NAMES[AccountRole.CLERK]


def _count(workplace: Workplace) -> int:
    with reading(workplace.engine) as connection:
        return len(connection.execute(SESSION.select()).all())


def test_the_cookie_is_strict_and_for_these_pages_only(browser: Open) -> None:
    found = browser(None)
    fields = {"name": CLERK, "password": PASSWORD, "next": "/office/ledger"}
    answer = found.client.post("/office/sign-in", data=fields)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/office/ledger"
    said = answer.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "secure", "path=/office", "max-age=43200"):
        assert part in said
    assert "待办" in found.get("/office")


def test_wrong_unknown_locked_and_disabled_sound_alike(people: Workplace, browser: Open) -> None:
    found = browser(None)
    said = {found.sign_in("无此人"), found.sign_in(CLERK, "错")}
    for _ in range(FAILURES_ALLOWED):
        found.sign_in(CLERK, "错")
    said |= {found.sign_in(CLERK)}
    assert len({text.replace(CLERK, "").replace("无此人", "") for text in said}) == 1
    assert found.status == 401
    assert COOKIE not in found.client.cookies
    assert PASSWORD not in found.text


def test_each_sign_in_is_a_new_session_and_ends_the_old_one(
    people: Workplace, browser: Open
) -> None:
    found = browser(None)
    found.sign_in(CLERK)
    first = found.client.cookies[COOKIE]
    found.client.post("/office/sign-in", data={"name": CLERK, "password": PASSWORD})
    assert found.client.cookies[COOKIE] != first
    assert _count(people) == 1


def test_a_cookie_of_ones_own_making_is_no_session(people: Workplace, browser: Open) -> None:
    found = browser(None)
    for value in ("x", "a" * 5000, "%00"):
        found.client.cookies.set(COOKIE, value, path="/office")
        assert found.client.get("/office").status_code == 303


def test_signing_out_ends_it_here_and_in_the_ledger(people: Workplace, clerk: Browser) -> None:
    fields = {"token": clerk.token(), "number": "n" * 22}
    answer = clerk.client.post("/office/sign-out", data=fields)
    assert answer.headers["location"] == "/office/sign-in"
    assert _count(people) == 0
    assert clerk.client.get("/office").status_code == 303


def test_after_twelve_hours_what_was_typed_is_shown_again_after_signing_in(
    completed: Workplace, clock: Clock, reviewer: Browser
) -> None:
    path = f"/office/items/{SUMMARY}"
    reviewer.get(path)
    clock.day += timedelta(days=1)
    text = reviewer.send(path, "returned", returned_text="写了很久的<b>理由</b>")
    assert reviewer.status == 401
    assert "没有丢失" in text
    fields = reviewer.hidden("") | {"name": "审核乙", "password": PASSWORD}
    text = reviewer.post("/office/sign-in", **fields)
    assert reviewer.status == 200
    assert "写了很久的&lt;b&gt;理由&lt;/b&gt;" in text
    assert kinds(completed, SUMMARY)[-1] == "completed"
    reviewer.send(path, "returned", returned_text="写了很久的理由")
    assert kinds(completed, SUMMARY)[-1] == "returned"


def test_ones_own_password(people: Workplace, clerk: Browser, browser: Open) -> None:
    new, other = "又一句只有本人知道的长话", browser(AccountRole.CLERK)
    path = "/office/password"

    def change(old: str, new: str, again: str) -> int:
        fields = {"old-password": old, "new-password": new, "repeated-password": again}
        more = {"token": clerk.token(), "number": "n" * 22}
        clerk.post(path, **more, **fields)
        assert old not in clerk.text
        return clerk.status

    assert change("错", new, new) == 422
    assert change(PASSWORD, "短", "短") == 422
    assert change(PASSWORD, new, new + "。") == 422
    assert change(PASSWORD, new, new) == 200
    assert clerk.client.get("/office").status_code == 200
    assert other.client.get("/office").status_code == 303
    assert browser(None).sign_in(CLERK, new)


def test_a_disabled_account_is_out_with_its_next_click(
    people: Workplace, clerk: Browser, administrator: Browser
) -> None:
    assert clerk.client.get("/office").status_code == 200
    fields = {"act": "disable", "name": CLERK, "token": administrator.token()}
    administrator.post("/office/accounts", **fields, number="n" * 22)
    assert clerk.client.get("/office").status_code == 303


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/office", "/office"),
        ("/office/items/plan-2024/summary/甲局?done=1", None),
        ("/office/ledger?plan=x&unit=y", None),
        ("https://evil.example/office", "/office"),
        ("//evil.example/office", "/office"),
        ("/\\evil.example", "/office"),
        ("/office\\@evil.example", "/office"),
        ("/office//evil.example", "/office"),
        ("/office/../u/token", "/office"),
        ("/officers", "/office"),
        ("/u/token", "/office"),
        ("javascript:alert(1)//office", "/office"),
        ("/office\r\nSet-Cookie: x=y", "/office"),
        ("", "/office"),
    ],
)
def test_after_signing_in_one_goes_to_the_offices_own_pages_only(
    path: str, own: str | None
) -> None:
    assert own_path(path) == (own or path)
