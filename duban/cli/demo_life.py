"""``python -m duban.cli.demo_life``: the demonstration itself, in its folder and its process.

Every day is a real run of the flow ``daily``, every mail goes through a real SMTP conversation,
every answer by mail through a real IMAP mailbox and the flow ``intake``, every answer on a page
through the real pages. Two processes are killed half-way: one that sends, one that reads answers.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from duban.cli.children import program
from duban.cli.demo_report import day_line, print_ledger, report
from duban.cli.output import write
from duban.demo import stage
from duban.demo.browser import Browser
from duban.demo.correspondence import Correspondence
from duban.demo.days import Days
from duban.demo.mail_server import MailFolder, mail_server
from duban.demo.mailbox import letterbox
from duban.demo.pages import listening, pages
from duban.demo.story import BOUNCING
from duban.demo.summaries import write_summaries
from duban.service.opening import open_workplace
from duban.service.runs import Unfinished
from duban.settings import Settings
from flows.daily import daily
from flows.intake import intake
from flows.session import session

KILLED_ON = date(2023, 11, 15)
"""中山's liaisons all get their first reminder of the mid-term summary on this day."""

KILLED_AT = 20

_READER_KILLED_FROM, _FEWEST = date(2023, 11, 20), 3
"""The reader is killed on the first day from this one on that brings so many answers."""


async def live(until: date) -> int:
    """Live through the days up to one; the exit code."""
    began = time.monotonic()
    with _surroundings() as people:
        async with session():
            write(f"Prefect is ready after {time.monotonic() - began:.0f} s.")
            life = _Life(people)
            await life.through(Days(people, life.read_answers, until))
        write(f"{life.runs} days, {people.said} answers, {time.monotonic() - began:.0f} s.")
        left = people.box.left()
        print_ledger(people.workplace, life.last)
        papers = write_summaries(people.workplace, Path.cwd(), life.last)
    faults = [] if life.kills or life.last < KILLED_ON else ["no process was killed"]
    faults += [f"{left} letters are still in the INBOX"] if left else []
    return report(people, life.kills, papers, [*life.faults, *faults])


@contextmanager
def _surroundings() -> Iterator[Correspondence]:
    """The servers for mails, letters and pages, and people who use them."""
    post = MailFolder(Path(stage.MAILS), [BOUNCING])
    with mail_server(post) as port, letterbox() as box, listening() as place:
        ports = stage.Ports(port, box.port, place.getsockname()[1])
        stage.reach(ports)
        stage.write_settings(Path(), stage.settings(Path(), stage.Ports(pages=ports.pages)))
        settings = Settings.read()
        browser = Browser()
        people = Correspondence(open_workplace(settings), post, box, browser)
        with pages(place, people.workplace, settings, people.now):
            yield people
            browser.close()


class _Life:
    """The runs of the demonstration, with what was killed and what went wrong."""

    def __init__(self, people: Correspondence) -> None:
        self.people = people
        self.runs, self.kills, self.last = 0, 0, date.min
        self.faults: list[str] = []
        self._is_reader_killed = False

    async def through(self, days: Days) -> None:
        """Every day's run, told on a line each."""
        async for self.last, applied in days:
            is_day = self.last == KILLED_ON
            killed = kill_while_sending(self.people.post, self.last) if is_day else False
            self.kills += killed
            counts = await run_day(self.last)
            self.runs += 1
            mail = f"after a process was killed while sending mail {KILLED_AT}" if killed else ""
            write(day_line(self.last, applied, counts, mail))

    async def read_answers(self, day: date) -> None:
        """The flow for the letters of a day; the first that can be is killed in the middle."""
        box = self.people.box
        expected, killed = box.waiting, ""
        is_enough = day >= _READER_KILLED_FROM and expected >= _FEWEST
        if is_enough and not self._is_reader_killed:
            self._is_reader_killed = True
            left = kill_while_reading(self.people, day)
            killed = f"  after a process was killed with {left} of them left"
        counts: Any = await intake(day)
        box.waiting = 0
        words = f"{counts['acted']} acted upon, {counts['office']} for the office"
        write(f"{day}  {expected:4} answers by mail, {words}{killed}")


async def run_day(day: date) -> dict[str, Any]:
    """The flow for one day; mails that were refused make it fail, for all to see, and are told."""
    try:
        counts: Any = await daily(day)
        return dict(counts)
    except Unfinished as left:
        return left.summary._asdict()


def kill_while_sending(post: MailFolder, day: date) -> bool:
    """Run the day in another process, killed when the server has a mail it was not told of."""
    command = program("duban", "run", "daily", "--no-prefect")
    child = subprocess.Popen([*command, "--as-of", day.isoformat()], stdout=subprocess.DEVNULL)
    before = post.count

    def kill(count: int) -> None:
        if count == before + KILLED_AT:
            child.kill()
            child.wait()

    post.accepted = kill
    is_killed = child.wait() < 0
    post.accepted = lambda _count: None
    return is_killed


def kill_while_reading(people: Correspondence, day: date) -> int:
    """Read the answers in another process, killed after the first; how many are left."""
    command = program("duban", "run", "intake", "--no-prefect")
    child = subprocess.Popen([*command, "--as-of", day.isoformat()], stdout=subprocess.DEVNULL)
    while child.poll() is None and people.box.left() == people.box.waiting:
        time.sleep(0.005)
    child.kill()
    child.wait()
    return people.box.left()


if __name__ == "__main__":
    limit = date.fromisoformat(sys.argv[1]) if sys.argv[1:] else date.max
    sys.exit(asyncio.run(live(limit)))
