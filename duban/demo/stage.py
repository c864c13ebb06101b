"""The folder that the demonstration lives in, and the settings it runs under."""

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from duban.errors import WrongUsage

DOMAIN = "office.example"
SENDER = f"supervision@{DOMAIN}"
DATABASE, MAILS, PREFECT, SETTINGS = "duban.db", "mails", "prefect", "env"
MATRICES, EVIDENCE, REPLIES = "matrices", "evidence", "replies"
SECRET, PASSWORD = "secret", "imap-password"
ACCOUNT = "answers"
"""The name of the mailbox's account."""

_NOWHERE = 9
"""A port on which nobody listens."""

_SUBSTITUTE = """
# 演示：市商务局联络员外出培训，其间由分管领导代为联络。
substitutes:
  - for: {unit: 市商务局, post: liaison}
    by: {unit: 市商务局, post: officer_in_charge}
    since: 2023-11-13
    until: 2024-01-12
    because: 外出培训
"""


class Ports(NamedTuple):
    """Where on the loopback interface the servers of the demonstration listen."""

    smtp: int = _NOWHERE
    imap: int = _NOWHERE
    pages: int = _NOWHERE


NOBODY = Ports()
"""None of them listens."""


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


def furnish(folder: Path, matrices: Path) -> None:
    """A copy of the matrices with a substitute in one roster, a key and a password of its own."""
    shutil.copytree(matrices, folder / MATRICES)
    roster = folder / MATRICES / "zhongshan-2023" / "roster.yaml"
    with roster.open("a", encoding="utf-8") as file:
        file.write(_SUBSTITUTE)
    for name in (SECRET, PASSWORD):
        path = folder / name
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32) + "\n", encoding="ascii")


def settings(folder: Path, ports: Ports = NOBODY) -> dict[str, str]:
    """Every setting that could reach the outside, for a process and its children."""
    place = folder.absolute()
    return {
        "DUBAN_DATABASE_URL": f"sqlite:///{place / DATABASE}",
        "DUBAN_MATRICES": str(place / MATRICES),
        "DUBAN_EVIDENCE": str(place / EVIDENCE),
        "DUBAN_SECRET_FILE": str(place / SECRET),
        "DUBAN_IMAP_PASSWORD_FILE": str(place / PASSWORD),
        "DUBAN_MAIL_FROM": SENDER,
        "DUBAN_MAILBOX": SENDER,
        "DUBAN_TIMEZONE": "Asia/Shanghai",
        **_places(ports),
    }


def _places(ports: Ports) -> dict[str, str]:
    return {
        "DUBAN_SMTP_URL": f"smtp://127.0.0.1:{ports.smtp}",
        "DUBAN_IMAP_URL": f"imap://{ACCOUNT}@127.0.0.1:{ports.imap}",
        "DUBAN_BASE_URL": f"http://127.0.0.1:{ports.pages}",
        "DUBAN_PAGES": f"127.0.0.1:{ports.pages}",
    }


def write_settings(folder: Path, values: Mapping[str, str]) -> Path:
    """The settings as a file for the shell: ``. var/demo/env``."""
    lines = ["# The demonstration's ledger; its mail servers are gone, so nothing can be sent."]
    lines += [f"export {name}={quote(value)}" for name, value in values.items()]
    path = folder / SETTINGS
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def reach(ports: Ports) -> None:
    """From now on this process and its children use the servers on these ports."""
    os.environ.update(_places(ports))
