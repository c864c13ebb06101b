"""Every page of the office for every role and for nobody: who is let in, and who may act."""

from collections.abc import Iterator
from typing import Any

import pytest

from duban.board.office import admin, files, items, ledger, mails, queue, signing
from duban.board.session import NUMBER, TOKEN, new_number
from duban.service.workplace import Workplace
from models.account import NEEDS, RIGHTS, AccountRole, Right
from models.entry import BY_OFFICE, BY_UNIT, EntryKind
from tests import builders
from tests.unit.board.office.browsers import SUMMARY, Browser, Received
from tests.unit.board.office.conftest import Open

OPEN = {("GET", "/office/sign-in"), ("POST", "/office/sign-in")}
PAGES = {
    ("GET", "/office"): Right.READ,
    ("GET", "/office/waiting/{group}"): Right.READ,
    ("GET", "/office/items/{key:path}"): Right.READ,
    ("POST", "/office/items/{key:path}"): Right.READ,  # and the right of the act, see below
    ("GET", "/office/evidence/{number:int}"): Right.READ,
    ("GET", "/office/mails/{number:int}"): Right.READ,
    ("POST", "/office/mails/{number:int}"): Right.SETTLE,
    ("GET", "/office/mails/{number:int}/raw"): Right.READ,
    ("GET", "/office/mails/{number:int}/source"): Right.READ,
    ("GET", "/office/ledger"): Right.READ,
    ("GET", "/office/plans"): Right.READ,
    ("GET", "/office/plans/{plan}"): Right.READ,
    ("GET", "/office/links"): Right.REVOKE,
    ("POST", "/office/links"): Right.REVOKE,
    ("GET", "/office/accounts"): Right.ADMINISTER,
    ("POST", "/office/accounts"): Right.ADMINISTER,
    ("GET", "/office/password"): Right.READ,
    ("POST", "/office/password"): Right.READ,
    ("POST", "/office/sign-out"): Right.READ,
}
"""Route to right: a new route must be added here."""

GIVEN = {
    "{group}": "completed",
    "{key:path}": SUMMARY,
    "{number:int}": "1",
    "{plan}": "plan-2024",
}
ROLES = list(AccountRole)


def _routes() -> Iterator[tuple[str, str]]:
    for module in (signing, queue, items, files, mails, ledger, admin):
        route: Any
        for route in module.ROUTER.routes:
            for method in route.methods:
                yield method, route.path


def _address(path: str) -> str:
    for name, value in GIVEN.items():
        path = path.replace(name, value)
    return path


def _fields(browser: Browser, **more: str) -> dict[str, str]:
    """What a form of this browser's session carries, and nothing that it would need besides."""
    return {TOKEN: browser.token(), NUMBER: new_number(), **more}


def test_every_route_is_in_the_table() -> None:
    assert set(_routes()) == OPEN | set(PAGES)


def test_nobody_is_let_in_unless_signed_in(completed: Workplace, browser: Open) -> None:
    before, client = builders.state(completed), browser(None).client
    for method, path in PAGES:
        if method == "GET":
            answer = client.get(_address(path))
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/office/sign-in?next=%2Foffice")
        else:
            answer = client.post(_address(path), data={"act": "accepted"})
            assert answer.status_code == 401, path
            assert client.post(_address(path)).status_code == 400, path  # no form at all
    assert builders.state(completed) == before


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_let_in_where_its_rights_lead(
    completed: Workplace, post: Received, browser: Open, role: AccountRole
) -> None:
    post.mail()
    found = browser(role)
    for (method, path), right in PAGES.items():
        if path == "/office/sign-out":
            continue
        if method == "GET":
            status = found.client.get(_address(path)).status_code
        else:
            status = found.client.post(_address(path), data=_fields(found)).status_code
        is_let_in = status != 403
        assert is_let_in == (right in RIGHTS[role]), (method, path, status)
        assert status in (200, 303, 400, 403, 404, 422), (method, path, status)


def _form(kind: EntryKind) -> dict[str, str]:
    if kind in BY_UNIT:
        return {
            "act": "register",
            "register-kind": kind.value,
            "register-text": "来电",
            "register-until": "2024-11-01",
        }
    name = kind.value
    return {
        "act": name,
        f"{name}-text": "理由",
        f"{name}-until": "2024-11-01",
        f"{name}-unit": "丙局",
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_act_needs_its_right_on_the_server(
    completed: Workplace, browser: Open, role: AccountRole
) -> None:
    found = browser(role)
    token = found.token()
    for kind in (*BY_UNIT, *BY_OFFICE):
        before = builders.state(completed)
        fields = {TOKEN: token, NUMBER: new_number()} | _form(kind)
        status = found.client.post(f"/office/items/{SUMMARY}", data=fields).status_code
        if NEEDS[kind] in RIGHTS[role]:
            assert status in (303, 409), kind
        else:
            assert status == 403, kind
            assert builders.state(completed) == before


@pytest.mark.parametrize("role", [AccountRole.REVIEWER, AccountRole.ADMINISTRATOR])
def test_a_form_of_another_session_does_nothing(
    completed: Workplace, browser: Open, role: AccountRole
) -> None:
    found = browser(role)
    token, before = found.token(), builders.state(completed)
    for (method, path), right in PAGES.items():
        if method == "GET" or right not in RIGHTS[role]:
            continue
        good = {TOKEN: token, NUMBER: new_number(), "act": "accepted", "accepted-text": "可以"}
        for name in (TOKEN, NUMBER):
            for value in ("", "x" * 64, "字" * 22):
                answer = found.client.post(_address(path), data=good | {name: value})
                assert answer.status_code == 403, path
                assert "请再提交一次" in answer.text
                assert "可以" in answer.text
    assert builders.state(completed) == before
    assert found.client.get("/office").status_code == 200  # nor was anybody signed out


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://duban.example", "Sec-Fetch-Site": "same-origin"}, 422),
    ],
)
def test_a_form_of_another_site_does_nothing(
    reviewer: Browser, headers: dict[str, str], status: int
) -> None:
    fields = _fields(reviewer, act="returned")
    answer = reviewer.client.post(f"/office/items/{SUMMARY}", data=fields, headers=headers)
    assert answer.status_code == status


def test_pages_are_not_kept_and_run_no_script(reviewer: Browser) -> None:
    answer = reviewer.client.get("/office")
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text
    assert " style=" not in answer.text
