"""What the demonstration prints: a line a day, the ledger, the counts and where to look."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from duban.cli.output import print_table, write
from duban.demo import stage
from duban.demo.answers_audit import AnswerCounts, audit_answers
from duban.demo.audit import Counts, audit
from duban.demo.correspondence import Correspondence
from duban.demo.summaries import Paper
from duban.service.board import board
from duban.service.workplace import Workplace
from models.entry import Via
from models.obligation import StatusLight
from notifications.words import WAYS

_LIGHTS = (
    (StatusLight.GREEN, "绿灯"),
    (StatusLight.AMBER, "黄灯"),
    (StatusLight.RED, "红灯"),
    (StatusLight.GREY, "销号"),
)


def day_line(day: date, applied: list[str], counts: dict[str, Any], killed: str) -> str:
    """What a day came to, on one line."""
    words = [f"{day}  {counts['notices']:4} notices {counts['messages_sent']:4} mails"]
    if counts["messages_failed"]:
        words.append(f"{counts['messages_failed']} refused by the server")
    words += [killed] if killed else []
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


def report(
    people: Correspondence, kills: int, papers: Iterable[Paper], faults: Iterable[str]
) -> int:
    """The counts and where to look; 1 if there are faults, or a mail was lost or counted twice."""
    place = Path.cwd()
    mails = audit(Path(stage.DATABASE), people.post.folder)
    paths = Path(stage.DATABASE), Path(stage.REPLIES), Path(stage.EVIDENCE)
    answers = audit_answers(*paths)
    write("")
    _print_mails(mails, kills)
    _print_answers(answers)
    for paper in papers:
        write(f"Summary of {paper.reported} of {paper.owed} units: {paper.word}, {paper.text.name}")
    found = [*faults, *mails.faults(kills), *answers.faults()]
    for fault in found:
        write(f"WRONG: {fault}")
    write("")
    _print_places(place, answers)
    return 1 if found else 0


def _print_mails(counts: Counts, kills: int) -> None:
    fates = counts.notices
    write(
        f"Notices queued: {sum(fates.values())} = {fates.get('sent', 0)} in mails that arrived"
        f" + {fates.get('failed', 0)} in mails refused or sent back (duban outbox list)"
        f" + {fates.get('cancelled', 0)} dropped, answered before they went"
        f" + {counts.waiting} that wait; lost: {counts.lost}"
    )
    write(
        f"Mails sent: {counts.mails}, each once but {len(counts.repeated)} (same Message-ID)"
        f" of the {kills} process killed; no rung said twice to anybody: {counts.said_twice == 0}"
    )


def _print_answers(counts: AnswerCounts) -> None:
    ways = "，".join(f"{WAYS[via]} {counts.ways[via.value]}" for via in Via if via in counts.ways)
    write(f"Answers entered, by way: {ways}")
    states = ", ".join(f"{number} {state}" for state, number in sorted(counts.states.items()))
    write(
        f"Letters: {counts.letters} ({states}); lost: {counts.lost}, on record twice:"
        f" {counts.repeated}; evidence: {counts.evidence} files, {counts.spoilt} spoilt"
    )
    if counts.waiting:
        write(f"In the office's inbox: {len(counts.waiting)}")
    for letter in counts.waiting:
        write(f"    {letter.number}  {letter.sender}  {letter.because}")


def _print_places(place: Path, answers: AnswerCounts) -> None:
    write(f"The mails: {place / stage.MAILS}/<date>/*.eml    The ledger: {place / stage.DATABASE}")
    write(f"The answers by mail: {place / stage.REPLIES}/<date>/*.eml")
    write(f"To look around: . {place / stage.SETTINGS} && .venv/bin/duban ledger zhongshan-2023")
    write("    .venv/bin/duban explain zhongshan-2023/final-summary/神湾镇 --as-of 2024-12-02")
    write("    .venv/bin/duban explain zhongshan-2023/midterm-summary/南头镇 --as-of 2024-01-05")
    write("    .venv/bin/duban outbox list; .venv/bin/duban inbox")
    write("    .venv/bin/duban account add NAME --role clerk; .venv/bin/duban serve --pages-only")
