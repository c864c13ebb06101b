"""The folder that the demonstration lives in, and the settings it runs under."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from shlex import quote

from duban.errors import WrongUsage

DOMAIN = "office.example"
SENDER = f"supervision@{DOMAIN}"
DATABASE, MAILS, PREFECT, SETTINGS = "duban.db", "mails", "prefect", "env"
_NOWHERE = "smtp://127.0.0.1:9"


def fresh(folder: Path) -> None:
    """An empty folder, whatever the last demonstration left there.

    Raises:
        WrongUsage: it holds something else than a demonstration.
    """
    is_ours = (folder / SETTINGS).is_file() and (folder / MAILS).is_dir()
    if folder.exists() and any(folder.iterdir()) and not is_ours:
        raise WrongUsage(f"{folder} is not empty, and no demonstration", "name another --folder")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / MAILS).mkdir(parents=True)
    (folder / SETTINGS).touch()


def settings(folder: Path, matrices: Path) -> dict[str, str]:
    """Every setting that could reach the outside, for a process and its children."""
    return {
        "DUBAN_DATABASE_URL": f"sqlite:///{folder.absolute() / DATABASE}",
        "DUBAN_MATRICES": str(matrices.absolute()),
        "DUBAN_SMTP_URL": _NOWHERE,
        "DUBAN_MAIL_FROM": SENDER,
        "DUBAN_TIMEZONE": "Asia/Shanghai",
    }


def write_settings(folder: Path, values: Mapping[str, str]) -> Path:
    """The settings as a file for the shell: ``. var/demo/env``."""
    lines = ["# The demonstration's ledger; its mail server is gone, so nothing can be sent."]
    lines += [f"export {name}={quote(value)}" for name, value in values.items()]
    path = folder / SETTINGS
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def reach(port: int) -> None:
    """From now on this process and its children send to the mail server on that port."""
    os.environ["DUBAN_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
