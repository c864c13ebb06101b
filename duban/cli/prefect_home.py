"""Where Prefect keeps its own database and settings, and the environment it is started in.

Prefect itself is not imported here: its processes are children, started with these variables.
"""

import shutil
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from duban.settings import child_environment, own_variable

TEMPLATE = Path("var/prefect-template")
"""Made by ``make setup``: an empty database of this release of Prefect, migrated already."""

_HOME = "var/prefect"
_DATABASE = "prefect.db"
_STRANGERS = ("PREFECT_PROFILE", "PREFECT_PROFILES_PATH", "PREFECT_API_KEY")


def own_home() -> Path:
    """Our Prefect home: var/prefect, or what PREFECT_HOME says."""
    return Path(own_variable("PREFECT_HOME") or _HOME)


def prepare(home: Path, template: Path = TEMPLATE) -> bool:
    """Make the home if it is new; False if its database has yet to be migrated (20 seconds)."""
    home.mkdir(parents=True, exist_ok=True)
    database = home / _DATABASE
    if database.exists():
        return True
    if not (template / f".prefect-{version('prefect')}").exists():
        return False
    copy = home / f"{_DATABASE}.new"
    shutil.copyfile(template / _DATABASE, copy)
    copy.replace(database)
    return True


def environment(home: Path, more: Mapping[str, str], without: Iterable[str] = ()) -> dict[str, str]:
    """The variables for a process that imports Prefect: this home, and nothing told to anybody.

    prefect.toml says the same of analytics; here it holds wherever the process is started.
    """
    place = home.absolute()
    fixed = {
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(place),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(place / "ui"),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }
    return child_environment(fixed | dict(more), without=[*_STRANGERS, *without])
