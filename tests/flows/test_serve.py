"""``duban serve`` and ``duban run`` from the shell: schedules, restarts, and nothing outside."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from duban.cli.prefect_home import prepare
from duban.cli.prefect_server import free_port
from duban.demo.mail_server import MailFolder, mail_server
from tests.architecture.source import ROOT
from tests.flows.conftest import QUIET, settings_for
from tests.flows.ears import SITECUSTOMIZE

PATIENCE = 90.0
OFTEN = """
deployments:
  - name: daily
    entrypoint: flows/daily.py:daily
    tags: [duban, daily]
    concurrency_limit: {limit: 1, collision_strategy: CANCEL_NEW}
    schedules: [{slug: often, interval: 4}]
"""


class Shell:
    """Commands in the repository's folder, on a ledger and a Prefect home of this test's own."""

    def __init__(self, folder: Path, smtp_port: int) -> None:
        self.folder = folder
        self.heard = folder / "heard.txt"
        self.said = folder / "said.txt"
        self.home = folder / "prefect"
        ears = folder / "ears"
        ears.mkdir()
        (ears / "sitecustomize.py").write_text(SITECUSTOMIZE, encoding="utf-8")
        own = {
            "PYTHONPATH": str(ears),
            "HEARD": str(self.heard),
            "PREFECT_HOME": str(self.home),
            "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",  # seconds at the first start
        }
        self.environment = os.environ | settings_for(folder, smtp_port) | QUIET | own
        self.environment.pop("PREFECT_API_URL", None)

    def python(self, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def duban(self, *words: str) -> tuple[int, str]:
        return self.python("-m", "duban", *words)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A command that goes on; what it says is in ``said.txt``, which its children share."""
        with self.said.open("ab") as file:
            command = [sys.executable, "-m", "duban", *words]
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=file, stderr=file
            )

    def asked(self, database: str, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / database, timeout=10)) as connection:
            return connection.execute(query).fetchall()

    def finished_runs(self) -> int:
        rows = self.asked("duban.db", "SELECT count(*) FROM run WHERE finished_at IS NOT NULL")
        return int(str(rows[0][0]))


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    with mail_server(MailFolder(tmp_path / "mails", [])) as port:
        shell = Shell(tmp_path, port)
        prepare(shell.home, ROOT / "var/prefect-template")
        yield shell


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.3)


@pytest.mark.timeout(300)
def test_what_is_scheduled_runs_survives_a_kill_and_reaches_nothing_outside(shell: Shell) -> None:
    assert shell.duban("apply", "haidong-2023", "--as-of", "2023-08-11")[0] == 0
    often = shell.folder / "often.yaml"
    often.write_text(OFTEN, encoding="utf-8")
    command = ["serve", "--port", str(free_port()), "--deployments", str(often)]

    serving = shell.start(*command)
    try:
        wait_until(lambda: shell.finished_runs() >= 1)
        code, told = shell.duban("run", "deliver", "--as-of", "2023-08-11")
        assert code == 0, told
        assert "running through Prefect at" in told
    finally:
        serving.send_signal(signal.SIGKILL)
        serving.wait()
    before = shell.finished_runs()
    often.write_text(OFTEN.replace("slug: often", "slug: renamed"), encoding="utf-8")

    serving = shell.start(*command)
    try:
        wait_until(lambda: shell.finished_runs() > before)
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(timeout=60)
    assert serving.returncode == 0, shell.said.read_text(encoding="utf-8")

    active = shell.asked("prefect/prefect.db", "SELECT slug, active FROM deployment_schedule")
    assert active == [("renamed", 1)], "the old one is gone, the new one is not paused"
    overdue = "SELECT count(*) FROM flow_run WHERE state_type IN ('RUNNING', 'PENDING')"
    assert shell.asked("prefect/prefect.db", overdue) == [(0,)]
    assert not shell.heard.exists(), shell.heard.read_text(encoding="utf-8")


@pytest.mark.timeout(200)
def test_a_run_from_the_shell_goes_through_a_temporary_server(shell: Shell) -> None:
    assert shell.duban("apply", "haidong-2023", "--as-of", "2023-08-11")[0] == 0
    code, told = shell.duban("run", "daily", "--as-of", "2023-08-11")
    assert code == 0, told
    assert "waiting for a temporary Prefect server" in told
    assert len(list((shell.folder / "mails/2023-08-11").glob("*.eml"))) == 32
    names = shell.asked("prefect/prefect.db", "SELECT name, state_type FROM flow_run")
    assert names == [("daily-2023-08-11", "COMPLETED")]
    assert not shell.heard.exists(), shell.heard.read_text(encoding="utf-8")


def test_the_ears_hear_an_attempt(shell: Shell) -> None:
    """A look-up of a name and a datagram to a documentation address, which stay unanswered."""
    attempt = (
        "import socket\n"
        "try: socket.getaddrinfo('outside.invalid', 80)\n"
        "except OSError: pass\n"
        "try: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))\n"
        "except OSError: pass\n"
    )
    shell.python("-c", attempt)
    heard = shell.heard.read_text(encoding="utf-8")
    assert "outside.invalid" in heard
    assert "192.0.2.1" in heard
