"""The pages on a ledger of this test's own: one plan applied, a clock that a test sets."""

import html
import re
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from duban.board.app import create_app
from duban.feedback.tokens import Tokens
from duban.service.apply import apply
from duban.service.workplace import Workplace
from duban.settings import Settings
from duban.store.database import open_database, reading
from duban.store.tables import OUTBOX
from tests import builders

with warnings.catch_warnings():
    # Its present client, httpx, serves; the one that it would rather have is not among ours.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

APPLIED = "2024-01-02"
HOST = "https://duban.example"


@dataclass
class Clock:
    """A clock that stands still at 09:00 in Shanghai on a day that the test chooses."""

    day: date = field(default_factory=lambda: date.fromisoformat("2024-01-03"))

    def __call__(self) -> datetime:
        return builders.instant(self.day)

    def set(self, day: str) -> None:
        self.day = date.fromisoformat(day)


@pytest.fixture
def clock() -> Clock:
    """Wednesday 2024-01-03, the day after the plan was applied."""
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A key, a base URL and a folder for evidence."""
    secret = tmp_path / "secret.txt"
    secret.write_text("a-key-that-signs-the-links-of-these-tests\n", encoding="utf-8")
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'duban.db'}",
        base_url=HOST,
        secret_file=secret,
        evidence=tmp_path / "evidence",
        upload_megabytes=2,
    )


@pytest.fixture(scope="session")
def _ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of two units and one report of 甲局, applied on 2024-01-02."""
    path = tmp_path_factory.mktemp("applied") / "duban.db"
    content = builders.office(builders.plan())
    with builders.ledger_at(f"sqlite:///{path}", content) as made:
        apply(made, made.office.plans.values(), builders.occasion(APPLIED))
    return path


@pytest.fixture
def workplace(settings: Settings, tmp_path: Path, _ledger: Path) -> Iterator[Workplace]:
    """A copy of that ledger beside its office."""
    shutil.copy(_ledger, tmp_path / "duban.db")
    engine = open_database(settings.database_url)
    yield Workplace(builders.office(builders.plan()), engine, settings.evidence)
    engine.dispose()


@pytest.fixture
def app(workplace: Workplace, settings: Settings, clock: Clock) -> FastAPI:
    """The whole application on that ledger."""
    return create_app(workplace, settings, now=clock)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A browser that follows no redirect by itself."""
    with TestClient(app, base_url=HOST, follow_redirects=False) as found:
        yield found


class Unit:
    """A unit's liaison at the browser: opens its page by the link of its mail, fills in forms."""

    def __init__(self, client: TestClient, workplace: Workplace, settings: Settings) -> None:
        self.client = client
        self.workplace = workplace
        self.tokens = Tokens(settings.secrets())

    def link(self, unit: str = "甲局", post: str = "liaison", made_on: str = APPLIED) -> str:
        """The path of the link in the first mail to a post of a unit."""
        recipient = builders.address(unit, post)
        with reading(self.workplace.engine) as connection:
            mails = OUTBOX.select().where(OUTBOX.c.recipient == recipient)
            key = connection.execute(mails).first().key
        return f"/u/{self.tokens.link(key, date.fromisoformat(made_on))}"

    def item(self, key: str, unit: str = "甲局") -> str:
        """The path of an item's page."""
        return f"{self.link(unit)}/items/{key}"

    def form(self, path: str, act: str = "", text: str = "") -> dict[str, str]:
        """The hidden fields of the form on a page that has this act's button, or that text."""
        soup = self.client.get(path).text
        forms = re.findall(r"<form.*?</form>", soup, re.S)
        wanted = f'value="{act}"' if act else text
        found = next(form for form in forms if wanted in form)
        hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', found)
        return {**{name: html.unescape(value) for name, value in hidden}, "act": act}

    def post(
        self, key: str, act: str, files: list[tuple[str, Any]] | None = None, **fields: str
    ) -> Any:
        """Open an item, fill the form in and send it; ``_`` in a field's name stands for ``-``."""
        path = self.item(key)
        given = {name.replace("_", "-"): value for name, value in fields.items()}
        sent = self.form(path, act) | given
        return self.client.post(path, data=sent, files=files or None)


@pytest.fixture
def unit(client: TestClient, workplace: Workplace, settings: Settings) -> Unit:
    """甲局's liaison."""
    return Unit(client, workplace, settings)
