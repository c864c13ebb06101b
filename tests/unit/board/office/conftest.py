"""The office's pages with an account of each role, and browsers that are signed in."""

import hashlib
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from duban.board.session import COOKIE
from duban.service.apply import apply
from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from duban.settings import Settings
from duban.store import accounts
from duban.store.database import open_database, writing
from models.account import AccountRole
from models.entry import EntryKind, Via
from tests import builders
from tests.unit.board.office.browsers import (
    CHEAP,
    HOST,
    NAMES,
    SUMMARY,
    Browser,
    Received,
    TestClient,
)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the builders' plan applied on 2024-01-02, and an account of each role."""
    path = tmp_path_factory.mktemp("office") / "ready.db"
    with builders.ledger_at(f"sqlite:///{path}", builders.office(builders.plan())) as made:
        apply(made, made.office.plans.values(), builders.occasion("2024-01-02"))
        with writing(made.engine) as connection:
            for role, name in NAMES.items():
                at = builders.instant(date(2024, 1, 2))
                accounts.add(connection, name, role.value, CHEAP, at)
    return path


@pytest.fixture
def workplace(settings: Settings, ready: Path) -> Iterator[Workplace]:
    """That ledger for one test, with a folder for evidence."""
    copy = Path(settings.database_url.removeprefix("sqlite:///"))
    shutil.copy(ready, copy)
    engine = open_database(settings.database_url)
    yield Workplace(builders.office(builders.plan()), engine, settings.evidence)
    engine.dispose()


@pytest.fixture
def people(workplace: Workplace) -> Workplace:
    """The workplace, whose accounts have the names of ``NAMES``."""
    return workplace


Open = Callable[[AccountRole | None], Browser]


@pytest.fixture
def browser(app: FastAPI, people: Workplace, clock: Any) -> Iterator[Open]:
    """Opens a browser for somebody of this role, signed in; for nobody, signed out."""
    with ExitStack() as stack:

        def opened(role: AccountRole | None) -> Browser:
            client = stack.enter_context(TestClient(app, base_url=HOST, follow_redirects=False))
            if role:
                cookie = secrets.token_urlsafe(32)
                token = hashlib.sha256(cookie.encode()).hexdigest()
                until = clock() + timedelta(hours=12)
                with writing(people.engine) as connection:
                    accounts.open_session(connection, token, NAMES[role], clock(), until)
                client.cookies.set(COOKIE, cookie, path="/office")
            return Browser(client)

        yield opened


@pytest.fixture
def clerk(browser: Open) -> Browser:
    return browser(AccountRole.CLERK)


@pytest.fixture
def reviewer(browser: Open) -> Browser:
    return browser(AccountRole.REVIEWER)


@pytest.fixture
def administrator(browser: Open) -> Browser:
    return browser(AccountRole.ADMINISTRATOR)


@pytest.fixture
def completed(people: Workplace) -> Workplace:
    """甲局 has handed its report in on 2024-01-03."""
    said = Saying(EntryKind.COMPLETED, "总结已报", via=Via.PAGE)
    enter(people, SUMMARY, said, builders.occasion("2024-01-03", "甲局联络员（a@b.example）"))
    return people


@pytest.fixture
def post(people: Workplace) -> Received:
    return Received(people)
