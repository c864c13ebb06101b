"""A Prefect server for all tests of the session, and an office of its own for each test."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_HOME,
    PREFECT_LOGGING_LEVEL,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)

from duban import clock
from duban.cli.prefect_home import environment, prepare
from duban.cli.prefect_server import is_healthy, temporary_server
from duban.demo.mail_server import MailFolder, mail_server
from duban.service.apply import apply
from duban.service.opening import open_workplace
from duban.service.workplace import Workplace
from duban.settings import Settings
from duban.store.ledger import Occasion
from tests.architecture.source import ROOT

QUIET = {"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL"}


@pytest.fixture(scope="session")
def prefect_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A temporary server on a copy of the migrated database; Prefect's settings point to it."""
    home = tmp_path_factory.mktemp("prefect")
    prepare(home, ROOT / "var/prefect-template")
    with temporary_server(environment(home, QUIET)) as url:
        while not is_healthy(url):
            time.sleep(0.1)
        changes = {
            PREFECT_API_URL: url,
            PREFECT_HOME: home,
            PREFECT_LOGGING_LEVEL: "CRITICAL",
            PREFECT_LOGGING_TO_API_ENABLED: False,  # they would come when the server is gone
        }
        with temporary_settings(updates=changes):
            yield url


@dataclass
class Office:
    """The shipped plans on a ledger of this test's own, and the folder its mails arrive in."""

    workplace: Workplace
    post: MailFolder

    def apply(self, *plans: str) -> None:
        for name in plans:
            plan = self.workplace.plan(name)
            when = Occasion(plan.matrix.starts_on, clock.now(), "督办专班")
            apply(self.workplace, [plan], when)

    def mails_on(self, day: date) -> list[Path]:
        return sorted((self.post.folder / day.isoformat()).glob("*.eml"))


def settings_for(folder: Path, port: int) -> dict[str, str]:
    return {
        "DUBAN_DATABASE_URL": f"sqlite:///{folder / 'duban.db'}",
        "DUBAN_MATRICES": str(ROOT / "matrices"),
        "DUBAN_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "DUBAN_MAIL_FROM": "supervision@office.example",
        "DUBAN_TIMEZONE": "Asia/Shanghai",
    }


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office whose settings this process has."""
    post = MailFolder(tmp_path / "mails", [])
    with mail_server(post) as port:
        for name, value in settings_for(tmp_path, port).items():
            monkeypatch.setenv(name, value)
        workplace = open_workplace(Settings.read())
        yield Office(workplace, post)
        workplace.engine.dispose()
