"""``python -m duban.cli.demo_life``: the demonstration itself, in its folder and its process.

Every day is a real run of the flow ``daily``, every mail goes through a real SMTP conversation,
and once, half-way, a process that is sending is killed.
"""

import asyncio
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from duban.cli.output import print_table, write
from duban.demo import stage
from duban.demo.audit import audit
from duban.demo.days import Days
from duban.demo.mail_server import MailFolder, mail_server
from duban.demo.story import BOUNCING
from duban.service.board import board
from duban.service.opening import open_workplace
from duban.service.runs import Unfinished
from duban.service.workplace import Workplace
from duban.settings import Settings
from flows.daily import daily
from flows.session import session
from models.obligation import StatusLight

KILLED_ON = date(2023, 11, 15)
"""中山's liaisons all get their first reminder of the mid-term summary on this day."""

KILLED_AT = 20
_LIGHTS = (
    (StatusLight.GREEN, "绿灯"),
    (StatusLight.AMBER, "黄灯"),
    (StatusLight.RED, "红灯"),
    (StatusLight.GREY, "销号"),
)


async def live(until: date) -> int:
    """Live through the days up to one; the exit code."""
    began = time.monotonic()
    post = MailFolder(Path(stage.MAILS), [BOUNCING])
    with mail_server(post) as port:
        stage.reach(port)
        workplace = open_workplace(Settings.read())
        async with session():
            write(f"Prefect is ready after {time.monotonic() - began:.0f} s.")
            days = Days(workplace, until)
            runs, kills, last = 0, 0, date.min
            for last, applied in days:
                killed = kill_while_sending(post, last) if last == KILLED_ON else False
                kills += killed
                counts = await run_day(last)
                runs += 1
                write(day_line(last, applied, counts, killed))
    write(f"{runs} days, {days.entered} answers, {time.monotonic() - began:.0f} s.")
    print_ledger(workplace, last)
    faults = [] if kills or last < KILLED_ON else ["no process was killed"]
    return report(post, kills, faults)


async def run_day(day: date) -> dict[str, Any]:
    """The flow for one day; mails that were refused make it fail, for all to see, and are told."""
    try:
        counts: Any = await daily(day)
        return dict(counts)
    except Unfinished as left:
        return left.summary._asdict()


def kill_while_sending(post: MailFolder, day: date) -> bool:
    """Run the day in another process, killed when the server has a mail it was not told of."""
    command = [sys.executable, "-m", "duban", "run", "daily", "--no-prefect"]
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


def day_line(day: date, applied: list[str], counts: dict[str, Any], killed: bool) -> str:
    """What a day came to, on one line."""
    words = [f"{day}  {counts['notices']:4} notices {counts['messages_sent']:4} mails"]
    if counts["messages_failed"]:
        words.append(f"{counts['messages_failed']} refused by the server")
    if killed:
        words.append(f"after a process was killed while sending mail {KILLED_AT}")
    if applied:
        words.append(f"applied {', '.join(applied)}")
    return "  ".join(words)


def print_ledger(workplace: Workplace, day: date) -> None:
    """The ledger's lights, by plan."""
    lights: dict[str, Counter[StatusLight]] = {}
    for row in board(workplace, day):
        lights.setdefault(row.plan, Counter())[row.light] += 1
    write("")
    write(f"台账　{day}")
    rows = [[plan, *(found[light] for light, _ in _LIGHTS)] for plan, found in lights.items()]
    print_table(["方案", *(name for _, name in _LIGHTS)], rows)


def report(post: MailFolder, kills: int, faults: list[str]) -> int:
    """The counts and where to look; 1 if there are faults, or a mail was lost or sent twice."""
    counts = audit(Path(stage.DATABASE), post.folder)
    fates = counts.notices
    write("")
    write(
        f"Notices queued: {sum(fates.values())} = {fates.get('sent', 0)} in mails that arrived"
        f" + {fates.get('failed', 0)} in mails to {BOUNCING}, refused (duban outbox list)"
        f" + {fates.get('cancelled', 0)} dropped, answered before they went"
        f" + {counts.waiting} that wait; lost: {counts.lost}"
    )
    write(
        f"Mails sent: {counts.mails}, each once but {len(counts.repeated)} (same Message-ID)"
        f" of the {kills} process killed; no rung said twice to anybody: {counts.said_twice == 0}"
    )
    faults = [*faults, *counts.faults(kills)]
    for fault in faults:
        write(f"WRONG: {fault}")
    place = Path.cwd()
    write("")
    write(f"The mails: {place / stage.MAILS}/<date>/*.eml    The ledger: {place / stage.DATABASE}")
    write(f"To look around: . {place / stage.SETTINGS} && .venv/bin/duban ledger zhongshan-2023")
    write("    .venv/bin/duban explain zhongshan-2023/final-summary/神湾镇 --as-of 2024-12-02")
    write("    .venv/bin/duban outbox list")
    return 1 if faults else 0


if __name__ == "__main__":
    limit = date.fromisoformat(sys.argv[1]) if sys.argv[1:] else date.max
    sys.exit(asyncio.run(live(limit)))
