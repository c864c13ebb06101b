"""Real processes to kill: one that has everything loaded, and forks a child for each job.

``python -m tests.integration.worker`` reads jobs as lines of JSON and answers each with a line.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from duban.clock import now
from duban.errors import AlreadyRunning
from duban.feedback.mailbox import Mailbox
from duban.service.apply import apply
from duban.service.daily import plan_daily
from duban.service.entries import Saying, enter
from duban.service.intake.mail import MailRoom
from duban.service.intake.run import run_intake
from duban.service.lease import holding
from duban.service.sending.deliver import deliver, moment_of
from duban.service.sending.nudges import send_nudges
from duban.service.workplace import Workplace
from duban.store import planning
from duban.store.database import open_database, writing
from duban.store.ledger import Occasion
from duban.store.migrate import migrate
from duban.store.tables import OBLIGATION
from models.entry import EntryKind
from models.robot import Robots
from notifications.channels.smtp import SmtpChannel, Tls
from tests.integration.offices import PLAN, SENDER, many, robot_at

REFUSED = 3
_ROOT = Path(__file__).parents[2]


class Workers:
    """The forking process, seen from the tests."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def _ask(self, **question: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(question), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def start(self, job: str, url: str, **details: Any) -> int:
        """Start a job in a process of its own; gives its number."""
        return int(self._ask(job=job, url=url, **details))

    def wait(self, process: int) -> int:
        """The exit code of a process that has ended or will; negative if a signal ended it."""
        return int(self._ask(wait=process))

    def kill(self, process: int) -> int:
        """SIGKILL; gives the exit code, for the process may have been quicker."""
        os.kill(process, signal.SIGKILL)
        return self.wait(process)

    def run(self, job: str, url: str, **details: Any) -> int:
        return self.wait(self.start(job, url, **details))


@contextmanager
def working() -> Iterator[Workers]:
    command = [sys.executable, "-m", "tests.integration.worker"]
    with subprocess.Popen(
        command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Workers(process)


def _plan(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    plan_daily(workplace, as_of)


def _deliver(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    moment = moment_of(workplace, as_of, "Asia/Shanghai")
    with SmtpChannel("127.0.0.1", job["port"], Tls.NONE) as channel:
        deliver(workplace, channel, SENDER, moment)


def _nudge(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    robots = Robots({name: robot_at(name, job["server"]) for name in job["robots"]})
    moment = moment_of(workplace, as_of, "Asia/Shanghai")
    send_nudges(replace(workplace, robots=robots), moment)


def _daily(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    _plan(workplace, as_of, job)
    _deliver(workplace, as_of, job)


def _report(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    """Many entries of one worker about one obligation, each a transaction."""
    when = Occasion(as_of, now(), f"worker {os.getpid()}")
    for count in range(job["times"]):
        enter(workplace, job["key"], Saying(EntryKind.REPORTED, str(count)), when)


def _count(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    """Read, then write what follows from it, many times."""
    for _ in range(job["times"]):
        with writing(workplace.engine) as connection:
            row = planning.item(connection, job["key"])
            assert row is not None
            query = OBLIGATION.update().where(OBLIGATION.c.id == row.id)
            connection.execute(query.values(revision=row.revision + 1))


def _acknowledge(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    """Every unit's acknowledgement, of one of its reports."""
    when = Occasion(as_of, now(), "office")
    for unit in workplace.plan(PLAN).units_in_rows:
        enter(workplace, f"{PLAN}/summary-0/{unit}", Saying(EntryKind.ACKNOWLEDGED), when)


def _apply(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    apply(workplace, workplace.office.plans.values(), Occasion(as_of, now(), "office"))


def _hold(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    """Hold a lease until killed; say so by making a file."""
    with holding(workplace.engine, job["name"], alone=True):
        Path(job["sign"]).touch()
        signal.pause()


def _migrate(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    migrate(workplace.engine)


def _intake(workplace: Workplace, as_of: date, job: dict[str, Any]) -> None:
    moment = moment_of(workplace, as_of, "Asia/Shanghai")
    mailbox = Mailbox("127.0.0.1", job["port"], "none", job["user"], job["password"])
    room = MailRoom("answers@city.example", SENDER.domain)
    run_intake(replace(workplace, evidence=Path(job["evidence"])), room, mailbox, moment, 10**7)


_JOBS = {
    "plan": _plan,
    "deliver": _deliver,
    "nudge": _nudge,
    "daily": _daily,
    "report": _report,
    "count": _count,
    "acknowledge": _acknowledge,
    "apply": _apply,
    "hold": _hold,
    "migrate": _migrate,
    "intake": _intake,
}


def _run(job: dict[str, Any]) -> int:
    size = (job.get("units", 0), job.get("each", 1), *job.get("words", ()))
    workplace = Workplace(many(*size), open_database(job["url"]))
    try:
        _JOBS[job["job"]](workplace, date.fromisoformat(job.get("as_of", "2024-01-02")), job)
    except AlreadyRunning:
        return REFUSED
    return 0


def _start(job: dict[str, Any]) -> int:
    if process := os.fork():
        return process
    code = 1
    try:
        os.close(sys.stdin.fileno())
        code = _run(job)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _serve() -> None:
    for size in (
        (350, 3),
        (200, 1),
        (60, 1),
        (50, 1),
    ):  # what takes long is done before the first fork
        many(*size)
    for line in sys.stdin:
        job = json.loads(line)
        if "wait" in job:
            answer = os.waitstatus_to_exitcode(os.waitpid(job["wait"], 0)[1])
        else:
            answer = _start(job)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _serve()
