"""One run of a flow from beginning to end, recorded, so that a missed one is noticed."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from duban import clock
from duban.service.daily import Said, plan_daily
from duban.service.deliver import Channel, Delivered, deliver
from duban.service.workplace import Moment, Workplace
from duban.store import outbox, planning, runs
from duban.store.database import reading, writing
from duban.store.outbox import MailState
from notifications.message import Sender

SHOWN_SILENCES = 500
"""A run lists so many silences; the ledger has all of them."""


class Summary(NamedTuple):
    """What a run came to; ``undone`` names the work that was left, and is empty when all is well.

    ``messages_queued`` counts the mails that stood in the outbox when sending began.
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
    run = begin(workplace, "daily", moment)
    said = plan_daily(workplace, moment.as_of, lambda done: progress("planned", done))
    delivered = send(workplace, channel, sender, moment, lambda done: progress("sent", done))
    return finish(workplace, run, summary(workplace, moment, said, delivered))


def run_deliver(
    workplace: Workplace,
    channel: Channel | None,
    sender: Sender | None,
    moment: Moment,
    progress: Callable[[str, int], None] = lambda _what, _done: None,
) -> Summary:
    """Send what is queued; nothing is planned."""
    run = begin(workplace, "deliver", moment)
    delivered = send(workplace, channel, sender, moment, lambda done: progress("sent", done))
    return finish(workplace, run, summary(workplace, moment, Said(0, 0, (), ()), delivered))


def begin(workplace: Workplace, flow: str, moment: Moment) -> int:
    """Record that a run has begun; returns its number."""
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
    progress: Callable[[int], None],
) -> Delivered:
    """Send what is queued, if there is a way to."""
    if channel is None or sender is None:
        return Delivered(trouble="no mail server is set (DUBAN_SMTP_URL and DUBAN_MAIL_FROM)")
    return deliver(workplace, channel, sender, moment, progress)


def summary(workplace: Workplace, moment: Moment, said: Said, delivered: Delivered) -> Summary:
    """The public counts of a run."""
    with reading(workplace.engine) as connection:
        waiting = outbox.counts(connection)
        obligations_open = planning.count_open(connection)
    left = waiting.get(MailState.PENDING, 0) + waiting.get(MailState.UNCERTAIN, 0)
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
        undone=_undone(said, delivered, left),
    )


def _undone(said: Said, delivered: Delivered, left: int) -> list[str]:
    undone = [f"{key} could not be planned: {because}" for key, because in said.failures]
    if delivered.failed:
        undone.append(f"{delivered.failed} mails were refused for good: `duban outbox list`")
    if delivered.postponed:
        undone.append(f"{delivered.postponed} mails were put off and will be tried again")
    if delivered.trouble and left:
        undone.append(f"{left} mails wait; the server: {delivered.trouble}")
    return undone
