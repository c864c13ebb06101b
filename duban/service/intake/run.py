"""Reading answers by mail: each is kept whole, understood, entered once, and put away.

In this order, so that a kill between any two loses nothing and doubles nothing: the raw mail goes
into the document store; one transaction holds its record with every entry, piece of evidence and
defect that follows from it; then it is moved out of the inbox. Read again, it is known by its
content and only moved.
"""

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from duban import clock
from duban.errors import WorkLeftUndone
from duban.feedback.incoming import Incoming, IncomingKind, parse, unread
from duban.feedback.mailbox import DONE, OFFICE, MailboxError, Waiting
from duban.service.intake.acts import (
    Papers,
    attach_papers,
    enter_steps,
    is_minimal,
    store_papers,
)
from duban.service.intake.bounces import note
from duban.service.intake.mail import MailRoom
from duban.service.intake.reading import Considered, consider, day_of, row_of
from duban.service.intake.rules import Verdict, lessened
from duban.service.lease import holding
from duban.service.workplace import Moment, Workplace
from duban.store import documents, planning, received, runs
from duban.store.database import Connection, DatabaseError, reading, writing
from duban.store.ledger import Occasion
from duban.store.received import ReceivedState

LARGEST = 100 * 1024 * 1024
"""Bytes of a raw mail; a mail server takes far less."""

UNREADABLE = "unreadable"
"""The kind of a mail that could not be dealt with at all."""

_FOLDERS = {
    ReceivedState.ACTED: DONE,
    ReceivedState.IGNORED: DONE,
    ReceivedState.SETTLED: DONE,
    ReceivedState.PARTLY: OFFICE,
    ReceivedState.OFFICE: OFFICE,
}


class Inbox(Protocol):
    """A mailbox that mails are read from and put away in."""

    def waiting(self) -> Iterator[Waiting]:
        """The mails in the inbox, one at a time."""
        ...

    def done(self, uid: str, folder: str) -> None:
        """Move a mail out of the inbox."""
        ...


OpenInbox = AbstractContextManager[Inbox]
"""A mailbox that is connected on entering and hung up on leaving."""


class IntakeSummary(NamedTuple):
    """What a run came to; ``undone`` names the work that was left, and is empty when all is well.

    ``received`` counts the mails that were new. Each of them was acted upon whole, or waits for
    the office (``office``, in part or whole), or told of a mail that did not arrive (``bounces``),
    or needed nothing (``ignored``).
    """

    as_of: str
    received: int
    acted: int
    office: int
    ignored: int
    bounces: int
    undone: list[str]


class _Outcome(NamedTuple):
    """What became of one mail; ``kind`` is empty for one that had been read before."""

    state: ReceivedState
    kind: str = ""
    trouble: str = ""


def run_intake(
    workplace: Workplace, room: MailRoom, mailbox: OpenInbox, moment: Moment, limit: int
) -> IntakeSummary:
    """Read every mail that waits in the inbox; also on rest days, for answers count.

    Killed at any instant and run again, nothing is lost and nothing counts twice. A mail that
    cannot be dealt with goes to the office and stops no other. ``limit`` is the size of an
    attachment in bytes.

    Raises:
        UnknownYear: the day's year has no published workdays.
        AlreadyRunning: another process reads the inbox.
        WorkLeftUndone: the document store cannot be written.
    """
    workplace.require_published_year(moment.as_of)
    with holding(workplace.engine, "intake", alone=True):
        with writing(workplace.engine) as connection:
            number = runs.begin(connection, "intake", moment.as_of, clock.now())
        shift = _Shift(workplace, room, moment, limit)
        try:
            with mailbox as inbox:
                shift.empty(inbox)
        except MailboxError as error:
            shift.undone.append(f"the mailbox could not be read to its end: {error}")
        summary = shift.summary()
        with writing(workplace.engine) as connection:
            runs.finish(connection, number, summary._asdict(), clock.now())
    return summary


class _Shift:
    """One reader of the inbox at work; it keeps count."""

    def __init__(self, workplace: Workplace, room: MailRoom, moment: Moment, limit: int) -> None:
        self.workplace = workplace
        self.room = room
        self.moment = moment
        self.limit = limit
        self.outcomes: list[_Outcome] = []
        self.undone: list[str] = []

    def empty(self, inbox: Inbox) -> None:
        """Deal with every mail that waits, then put it away."""
        for waiting in inbox.waiting():
            outcome = self._taken(waiting)
            self.outcomes.append(outcome)
            if outcome.trouble:
                self.undone.append(outcome.trouble)
            inbox.done(waiting.uid, _FOLDERS[outcome.state])

    def summary(self) -> IntakeSummary:
        """The counts so far."""
        new = [outcome for outcome in self.outcomes if outcome.kind]
        states = [o.state for o in new if (o.kind, o.state) != _BOUNCE]
        waiting = (ReceivedState.OFFICE, ReceivedState.PARTLY)
        return IntakeSummary(
            as_of=self.moment.as_of.isoformat(),
            received=len(new),
            acted=states.count(ReceivedState.ACTED),
            office=sum(state in waiting for state in states),
            ignored=states.count(ReceivedState.IGNORED),
            bounces=len(new) - len(states),
            undone=self.undone,
        )

    def _taken(self, waiting: Waiting) -> _Outcome:
        """Deal with one mail; what makes it fail is the office's to see, and stops no other."""
        content = hashlib.sha256(waiting.raw).hexdigest()
        with reading(self.workplace.engine) as connection:
            before = received.of_content(connection, content)
        if before:
            return _Outcome(ReceivedState(before.state))
        try:
            documents.put(self.workplace.evidence, [waiting.raw], LARGEST)
        except OSError as error:
            raise WorkLeftUndone(
                f"DUBAN_EVIDENCE: {self.workplace.evidence} cannot be written: {error.strerror}",
                "make room or mend the rights; the mails wait in the inbox",
            ) from error
        try:
            return self._received(waiting, content)
        except received.Unstorable as error:
            return self._unreadable(waiting, content, error)
        except (DatabaseError, OSError):  # no mail's fault: the run ends, the next one goes on
            raise
        except Exception as error:
            return self._unreadable(waiting, content, error)

    def _received(self, waiting: Waiting, content: str) -> _Outcome:
        on = day_of(waiting, self.moment)
        with reading(self.workplace.engine) as connection:
            found = consider(connection, self.workplace, self.room, waiting, on)
            on_books = planning.on_books(connection, found.verdict.named)
        # What is closed out, withdrawn or another unit's takes no evidence from an old mail.
        named = tuple(key for key in found.verdict.named if key in on_books)
        incoming = found.incoming
        is_wanted = not all(is_minimal(self.workplace, key) for key in named)
        attached = incoming.attachments if is_wanted else ()
        papers = store_papers(self.workplace, attached, self.limit)
        when = Occasion(on, self.moment.at, incoming.sender)
        # A mail speaks of many items in an order of its own, as planners do in theirs.
        with writing(self.workplace.engine, turn=planning.TURN) as connection:
            number = received.add(connection, self._row(found, waiting, content))
            state, because = self._carried_out(connection, found, named, papers, when, number)
            received.conclude(connection, number, state, because)
        return _Outcome(state, incoming.kind.value)

    def _carried_out(
        self,
        connection: Connection,
        found: Considered,
        named: tuple[str, ...],
        papers: Papers,
        when: Occasion,
        number: int,
    ) -> tuple[ReceivedState, str]:
        """Everything that follows from a mail; what became of it, and why."""
        verdict, authors = found.verdict, found.known.authors
        note(connection, self.workplace, found.returned, self.moment)
        held, troubles = enter_steps(
            connection, self.workplace, verdict.steps, authors, when, number
        )
        attach_papers(connection, self.workplace, papers, named, authors, when, number)
        state = verdict.state
        if reasons := [*troubles, *papers.refused]:
            state = lessened(state, is_any_held=held > 0)
        if found.incoming.attachments and verdict.steps and not (papers.kept or papers.refused):
            why = "该方案不收佐证材料" if named else "该事项已不在办理之列"
            reasons.append(f"{why}，附件仅随原信保存")
        return state, "；".join(filter(None, (verdict.because, *reasons)))

    def _unreadable(self, waiting: Waiting, content: str, error: Exception) -> _Outcome:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:_SAID]
        verdict = Verdict(ReceivedState.OFFICE, f"处理这封邮件时程序出错，请人工办理（{said}）")
        row = self._row(Considered(_readable(waiting.raw), verdict), waiting, content)
        with writing(self.workplace.engine) as connection:
            number = received.add(connection, row | {"kind": UNREADABLE})
        trouble = f"mail {number} could not be dealt with: {said}: `duban inbox show {number}`"
        return _Outcome(ReceivedState.OFFICE, UNREADABLE, trouble)

    def _row(self, found: Considered, waiting: Waiting, content: str) -> dict[str, object]:
        at = min(waiting.arrived_at, self.moment.at)
        return row_of(found) | {"content": content, "received_at": at}


def _readable(raw: bytes) -> Incoming:
    """The mail, or nothing of it where reading it is what has failed."""
    try:
        return parse(raw)
    except Exception:
        return unread()


_BOUNCE = (IncomingKind.BOUNCE.value, ReceivedState.IGNORED)
_SAID = 300
