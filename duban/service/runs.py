"""One run of a flow from beginning to end, recorded, so that a missed one is noticed."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from duban import clock
from duban.errors import WorkLeftUndone
from duban.service.collation import queue_inner_dates
from duban.service.daily import NOTHING, Said, plan_daily
from duban.service.sending.deliver import Channel, Delivered, deliver
from duban.service.sending.nudges import Nudged, send_nudges
from duban.service.workplace import Moment, Workplace
from duban.store import mail_records, planning, runs
from duban.store.database import reading, writing
from duban.store.outbox import MailState
from notifications.message import Sender

SHOWN_SILENCES = 500
"""A run lists so many silences; the ledger has all of them."""

Progress = Callable[[int], None]


class Summary(NamedTuple):
    """What a run came to; ``undone`` names the work that was left, and is empty when all is well.

    ``messages_queued`` counts the mails that stood in the outbox when sending began; nudges are
    counted by themselves. ``messages_held`` wait for another week, for their readers have had
    enough in this one.
    ``skipped`` pairs obligations with the reason why a rung of theirs stays silent.
    """

    as_of: str
    obligations_open: int
    due: int
    notices: int
    messages_queued: int
    messages_sent: int
    messages_failed: int
    skipped: list[dict[str, str]]
    undone: list[str]
    nudges_sent: int = 0
    messages_held: int = 0


class Counts(Protocol):
    """What a run of any flow came to; ``undone`` names the work that was left."""

    @property
    def undone(self) -> list[str]:
        """Each piece of work that was left; empty when all is well."""
        ...

    def _asdict(self) -> dict[str, Any]: ...


class Unfinished(WorkLeftUndone):
    """A run that is over and left work undone; ``summary`` is what it came to."""

    def __init__(self, summary: Counts) -> None:
        super().__init__("; ".join(summary.undone))
        self.summary = summary


class Run:
    """A run under way: what it works with, and what it has come to so far.

    Made, it is on record as begun; ``finish`` records its end. Each step may be repeated: what is
    done already is not done again. An object with one identity, not a value: whoever drives it
    hands it from step to step as it is.
    """

    def __init__(self, flow: str, workplace: Workplace, moment: Moment) -> None:
        self.flow = flow
        self.workplace = workplace
        self.moment = moment
        self.said: Said = NOTHING
        self.delivered = Delivered()
        self.nudged = Nudged()
        self.number = begin(workplace, flow, moment)

    def plan(self, progress: Progress = lambda _done: None) -> Said:
        """Queue what is to be said on the day; gives back what this step came to."""
        said = plan_daily(self.workplace, self.moment.as_of, progress)
        self.said += said
        return said

    def send(
        self,
        channel: Channel | None,
        sender: Sender | None,
        progress: Progress = lambda _done: None,
    ) -> Delivered:
        """Send what is queued, if there is a way to; gives back the mails sent in all.

        The nudges of what has gone follow.
        """
        more = send(self.workplace, channel, sender, self.moment, progress)
        self.delivered = more._replace(
            sent=self.delivered.sent + more.sent, failed=self.delivered.failed + more.failed
        )
        nudged = send_nudges(self.workplace, self.moment)
        self.nudged = nudged._replace(sent=self.nudged.sent + nudged.sent)
        return self.delivered

    def finish(self) -> Summary:
        """Record the end of the run and what it came to."""
        result = summary(self.workplace, self.moment, self.said, self.delivered)
        undone = [*result.undone, *self.nudged.undone]
        result = result._replace(undone=undone, nudges_sent=self.nudged.sent)
        return finish(self.workplace, self.number, result)

    def count_due(self) -> int:
        """How many items have something to be said about them by the run's day."""
        with reading(self.workplace.engine) as connection:
            return planning.count_due(connection, self.moment.as_of)

    def count_waiting(self) -> int:
        """How many mails wait in the outbox."""
        with reading(self.workplace.engine) as connection:
            return _waiting(mail_records.counts(connection))


def run_daily(
    workplace: Workplace,
    channel: Channel | None,
    sender: Sender | None,
    moment: Moment,
    progress: Callable[[str, int], None] = lambda _what, _done: None,
) -> Summary:
    """Plan the day, then send what is queued.

    Without a channel the mails stay in the outbox, and the summary names that as left undone.
    ``progress`` is told ``planned`` or ``sent`` with a count.
    """
    run = Run("daily", workplace, moment)
    run.plan(lambda done: progress("planned", done))
    run.send(channel, sender, lambda done: progress("sent", done))
    return run.finish()


def run_deliver(
    workplace: Workplace,
    channel: Channel | None,
    sender: Sender | None,
    moment: Moment,
    progress: Callable[[str, int], None] = lambda _what, _done: None,
) -> Summary:
    """Send what is queued; nothing is planned."""
    run = Run("deliver", workplace, moment)
    run.send(channel, sender, lambda done: progress("sent", done))
    return run.finish()


def run_collation(
    workplace: Workplace,
    channel: Channel | None,
    sender: Sender | None,
    moment: Moment,
    progress: Callable[[str, int], None] = lambda _what, _done: None,
) -> Summary:
    """Queue what the inner dates say, and send what is queued.

    Raises:
        UnknownYear: the day's year has no published workdays.
    """
    run = Run("collation", workplace, moment)
    run.said += queue_inner_dates(workplace, moment.as_of)
    run.send(channel, sender, lambda done: progress("sent", done))
    return run.finish()


def begin(workplace: Workplace, flow: str, moment: Moment) -> int:
    """Record that a run has begun; returns its number.

    Raises:
        UnknownYear: the day's year has no published workdays.
    """
    workplace.require_published_year(moment.as_of)
    with writing(workplace.engine) as connection:
        return runs.begin(connection, flow, moment.as_of, clock.now())


def finish(workplace: Workplace, run: int, result: Summary) -> Summary:
    """Record what a run came to; gives the summary back."""
    counts: Mapping[str, Any] = result._asdict() | {"skipped": len(result.skipped)}
    with writing(workplace.engine) as connection:
        runs.finish(connection, run, counts, clock.now())
    return result


def send(
    workplace: Workplace,
    channel: Channel | None,
    sender: Sender | None,
    moment: Moment,
    progress: Progress,
) -> Delivered:
    """Send what is queued, if there is a way to."""
    if channel is None or sender is None:
        return Delivered(trouble="no mail server is set (DUBAN_SMTP_URL and DUBAN_MAIL_FROM)")
    return deliver(workplace, channel, sender, moment, progress)


def summary(workplace: Workplace, moment: Moment, said: Said, delivered: Delivered) -> Summary:
    """The public counts of a run."""
    with reading(workplace.engine) as connection:
        left = _waiting(mail_records.counts(connection))
        held = mail_records.count_held(connection, moment.as_of)
        obligations_open = planning.count_open(connection)
    return Summary(
        as_of=moment.as_of.isoformat(),
        obligations_open=obligations_open,
        due=said.due,
        notices=said.notices,
        messages_queued=left + delivered.sent + delivered.failed,
        messages_sent=delivered.sent,
        messages_failed=delivered.failed,
        skipped=[
            {"obligation": silence.obligation, "because": f"{silence.step}: {silence.because}"}
            for silence in said.silences[:SHOWN_SILENCES]
        ],
        undone=_left_out(workplace) + _undone(said, delivered, left),
        messages_held=held,
    )


def _waiting(counts: Mapping[str, int]) -> int:
    return counts.get(MailState.PENDING, 0) + counts.get(MailState.UNCERTAIN, 0)


def _left_out(workplace: Workplace) -> list[str]:
    return [
        f"plan {plan} was left out, its files have {count} errors: `duban check`"
        for plan, count in workplace.office.left_out.items()
    ]


def _undone(said: Said, delivered: Delivered, left: int) -> list[str]:
    undone = [f"{key} could not be planned: {because}" for key, because in said.failures]
    if delivered.failed:
        undone.append(f"{delivered.failed} mails were refused for good: `duban outbox list`")
    if delivered.postponed:
        undone.append(f"{delivered.postponed} mails were put off and will be tried again")
    if delivered.trouble and left:
        undone.append(f"{left} mails wait; the server: {delivered.trouble}")
    return undone
