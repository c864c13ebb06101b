"""Sending what is queued: claim, look again, render, hand over, record, one mail at a time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from duban import clock
from duban.service.compose import compose, office_notices
from duban.service.lease import holding
from duban.service.workplace import Moment, Workplace
from duban.store import leases, outbox, planning
from duban.store.database import Connection, reading, writing
from duban.store.outbox import Claimed, MailState
from notifications.digest import Digest
from notifications.message import DeliveryError, Message, Receipt, Sender, Stage
from notifications.mime import build
from notifications.render import Rendered, render

BATCH = 50
"""Mails claimed in one transaction."""

_TROUBLES = 3
"""After so many failures of the connection in a row the server is left alone until the next run."""

_FRESH = timedelta(seconds=5)
"""A digest composed longer ago than this is composed anew before it goes."""


class Channel(Protocol):
    """What hands a message over to a server."""

    def send(self, message: Message) -> Receipt:
        """Hand one message over or raise DeliveryError."""
        ...


class Delivered(NamedTuple):
    """What a delivery came to; ``trouble`` holds the words of a server that could not be used."""

    sent: int = 0
    failed: int = 0
    postponed: int = 0
    cancelled: int = 0
    recovered: int = 0
    trouble: str = ""


def moment_of(workplace: Workplace, as_of: date, timezone: str) -> Moment:
    """The hour of notices on a day, for a run that is told its day: the policies' earliest."""
    hours = [policy.notices_at for policy in workplace.office.policies.values()]
    at = time.fromisoformat(min(hours, default="09:00"))
    return Moment(as_of, datetime.combine(as_of, at, ZoneInfo(timezone)).astimezone(UTC))


def deliver(
    workplace: Workplace,
    channel: Channel,
    sender: Sender,
    moment: Moment,
    progress: Callable[[int], None] = lambda _done: None,
) -> Delivered:
    """Send every mail that may go on this day; nothing on a rest day.

    Each outcome is recorded before the next mail is touched. Killed at any instant and run again,
    nothing is lost and at most the one mail whose acceptance was not recorded goes twice, with the
    same Message-ID. Several senders may work at once. ``progress`` is told the mails sent so far.
    """
    if not workplace.calendar.is_workday(moment.as_of):
        return Delivered()
    with holding(workplace.engine, "deliver", alone=False) as holder:
        with writing(workplace.engine) as connection:
            recovered = _recover(connection)
        shift = _Shift(workplace, channel, sender, moment, holder.token)
        while shift.send_batch():
            progress(shift.result.sent)
        return shift.result._replace(recovered=recovered)


def _recover(connection: Connection) -> int:
    alive = leases.living(connection, clock.now())
    return outbox.recover(connection, set(outbox.claimants(connection)) - alive)


class _Shift:
    """One sender at work: it claims, sends, records and keeps count."""

    def __init__(
        self, workplace: Workplace, channel: Channel, sender: Sender, moment: Moment, holder: str
    ) -> None:
        self.workplace = workplace
        self.channel = channel
        self.sender = sender
        self.moment = moment
        self.holder = holder
        self.result = Delivered()
        self._troubles = 0

    def send_batch(self) -> bool:
        """Claim some mails and send them; False when none is left or the server is in trouble."""
        as_of, at = self.moment.as_of, self.moment.at
        with writing(self.workplace.engine) as connection:
            mails = outbox.claim(connection, self.holder, as_of, at, BATCH)
        digests, composed_at = self._composed(mails), clock.now()
        for place, mail in enumerate(mails):
            if clock.now() - composed_at > _FRESH:
                digests[mail.id] = self._composed([mail])[mail.id]
            self._send(mail, digests[mail.id])
            if self._troubles >= _TROUBLES:
                with writing(self.workplace.engine) as connection:
                    outbox.release(connection, mails[place + 1 :])
                return False
        return bool(mails)

    def _composed(self, mails: list[Claimed]) -> dict[int, Digest | Exception | None]:
        """The digests; one that cannot be composed is an error of its own and stops no other."""
        if not mails:
            return {}
        with reading(self.workplace.engine) as connection:
            try:
                return {**compose(connection, self.workplace, mails, self.moment.as_of)}
            except Exception as error:
                if len(mails) == 1:
                    return {mails[0].id: error}
        return {key: value for mail in mails for key, value in self._composed([mail]).items()}

    def _send(self, mail: Claimed, digest: Digest | Exception | None) -> None:
        if digest is None:
            with writing(self.workplace.engine) as connection:
                outbox.cancelled(connection, mail, "nothing left to say")
            self._count(cancelled=1)
            return
        try:
            if isinstance(digest, Exception):
                raise digest
            rendered = render(digest)
            message = build(rendered, digest, self.sender, self.moment.at)
            receipt = self.channel.send(message)
        except DeliveryError as error:
            self._not_sent(mail, error)
        except Exception as error:  # a poison mail must not stop the others
            because = f"{type(error).__name__}: {error}"
            self._not_sent(mail, DeliveryError(because, stage=Stage.CONTENT, permanent=True))
        else:
            self._sent(mail, rendered, receipt)

    def _sent(self, mail: Claimed, rendered: Rendered, receipt: Receipt) -> None:
        when = (self.moment.as_of, self.moment.at)
        with writing(self.workplace.engine) as connection:
            outbox.sent(connection, mail, rendered.subject, receipt.reply, when)
        self._troubles = 0
        self._count(sent=1)

    def _not_sent(self, mail: Claimed, error: DeliveryError) -> None:
        if error.permanent:
            self._failed(mail, error)
        elif error.stage in (Stage.CONNECTION, Stage.SENDER):
            # Not this mail's fault: it waits as it was, and the server gets a few more chances.
            with writing(self.workplace.engine) as connection:
                outbox.release(connection, [mail])
            self._troubles += 1
            self.result = self.result._replace(trouble=error.reply)
        else:
            with writing(self.workplace.engine) as connection:
                state = outbox.postponed(
                    connection, mail, error.reply, self.moment.at, is_uncertain=error.accepted_maybe
                )
            self._count(**{"failed" if state is MailState.FAILED else "postponed": 1})

    def _failed(self, mail: Claimed, error: DeliveryError) -> None:
        """Record a refusal for good, and tell the coordinating office what did not arrive."""
        with writing(self.workplace.engine) as connection:
            is_defect = error.stage is Stage.RECIPIENT
            outbox.failed(connection, mail, error.reply, self.moment.at, is_defect=is_defect)
            told = office_notices(connection, self.workplace, mail, self.moment.as_of)
            planning.queue(connection, told, self.moment.as_of)
        self._count(failed=1)

    def _count(self, **more: int) -> None:
        added = {name: getattr(self.result, name) + number for name, number in more.items()}
        self.result = self.result._replace(**added)
