"""A ledger on each database, a mail server that can be told to misbehave, processes to kill."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from duban.service.workplace import Workplace
from duban.store.database import open_database
from duban.store.migrate import migrate
from models.office import Office
from tests import builders
from tests.integration.offices import few
from tests.integration.sink import Sink, serving
from tests.integration.site import Site
from tests.integration.worker import Workers, working


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    with working() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return builders.new_database(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A ledger database, at the newest schema and empty."""
    if request.param == "sqlite":
        path = tmp_path / "ledger.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    found = builders.new_database(request.getfixturevalue("postgres_url"))
    engine = open_database(found)
    migrate(engine)
    engine.dispose()
    return found


@pytest.fixture
def sink() -> Iterator[Sink]:
    with serving(Sink()) as found:
        yield found


@pytest.fixture
def open_site(url: str, sink: Sink, workers: Workers) -> Iterator[Callable[[Office], Site]]:
    """Opens the office given on the test's database and server."""
    with ExitStack() as ends:

        def opened(content: Office) -> Site:
            workplace = Workplace(content, open_database(url))
            site = Site(workplace, url, sink, workers)
            ends.callback(workplace.engine.dispose)
            ends.callback(site.close)
            return site

        yield opened


@pytest.fixture
def site(open_site: Callable[[Office], Site]) -> Site:
    """The office of a few units."""
    return open_site(few())
