"""Bringing a ledger database to the schema this release needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from duban.store.database import Engine

_MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(engine: Engine) -> bool:
    """Create or upgrade the tables; True if there was something to do.

    Safe to call by several processes at once: each step runs in a transaction of its own.
    """
    config = _config()
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head:
            return False
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
