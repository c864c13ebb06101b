"""Bringing a ledger database to the schema this release needs."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from duban.store.database import Connection, Engine, reading, writing

_MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(engine: Engine) -> bool:
    """Create or upgrade the tables; True if there was something to do.

    Safe to call by several processes at once: one of them does it, in one transaction, and the
    others wait for it. Where there is nothing to do nobody waits.
    """
    head = _head()
    with reading(engine) as connection:
        if _revision(connection) == head:
            return False
    with writing(engine, turn="migrate") as connection:
        if _revision(connection) == head:
            return False
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def schema(engine: Engine) -> tuple[str | None, str | None]:
    """The database's schema and the one this release needs; None where it has no tables yet."""
    with reading(engine) as connection:
        return _revision(connection), _head()


@cache
def _head() -> str | None:
    """The newest schema; reading the migrations takes longer than all else here."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
