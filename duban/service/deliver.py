"""Sending what is queued: claim, look again, render, hand over, record, one mail at a time."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from duban import clock
from duban.errors import UnknownPlan
from duban.service.compose import compose, office_notices
from duban.service.lease import holding
from duban.service.workplace import Moment, Workplace
from duban.store import leases, outbox, planning
from duban.store.database import Connection, DatabaseError, reading, writing
from duban.store.outbox import Claimed, MailState
from notifications.digest import Digest
from notifications.message import DeliveryError, Message, Receipt, Sender, Stage
from notifications.mime import build
from notifications.render import render

BATCH = 50
"""Mails claimed in one transaction."""

_TROUBLES = 3
"""After so many failures of the connection in a row the server is left alone until the next run."""

_FRESH = timedelta(seconds=5)
"""A digest composed longer ago than this is composed anew before it goes."""


Record = Callable[[Connection], object]
"""What writes the outcome of one mail down."""


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
    return Moment(as_of, datetime.combine(as_of, at, ZoneInfo(timezone)))


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

    Raises:
        UnknownYear: the day's year has no published workdays.
    """
    workplace.require_published_year(moment.as_of)
    if not workplace.calendar.is_workday(moment.as_of):
        return Delivered()
    with holding(workplace.engine, "deliver", alone=False) as holder:
        with writing(workplace.engine) as connection:
            recovered = _recover(connection)
        shift = _Shift(workplace, channel, sender, moment, holder.token)
        while shift.send_batch():
            progress(shift.result.sent)
        with writing(workplace.engine) as connection:
            outbox.close_defects(connection, moment.at)
        return shift.result._replace(recovered=recovered)


def _recover(connection: Connection) -> int:
    # Claims are read first: whoever claims between the two had its lease before that.
    claimants = set(outbox.claimants(connection))
    return outbox.recover(connection, claimants - leases.roll_call(connection, clock.now()))


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
            is_begun = bool(mails) and outbox.begin(connection, mails[0], as_of)
        digests, composed_at = self._composed(mails), clock.now()
        for place, mail in enumerate(mails, start=1):
            if clock.now() - composed_at > _FRESH:
                digests[mail.id] = self._composed([mail])[mail.id]
            record = self._hand_over(mail, digests[mail.id]) if is_begun else None
            waiting, gives_up = mails[place:], self._troubles >= _TROUBLES
            # One commit ends this mail and begins the next: at any instant only one is under way.
            with writing(self.workplace.engine) as connection:
                if record:
                    record(connection)
                if gives_up:
                    outbox.release(connection, waiting)
                elif waiting:
                    is_begun = outbox.begin(connection, waiting[0], as_of)
            if gives_up:
                return False
        return bool(mails)

    def _composed(self, mails: list[Claimed]) -> dict[int, Digest | Exception | None]:
        """The digests; one that cannot be composed is an error of its own and stops no other."""
        if not mails:
            return {}
        with reading(self.workplace.engine) as connection:
            try:
                return {**compose(connection, self.workplace, mails, self.moment.as_of)}
            except DatabaseError:  # no mail's fault: the run ends, and the next one goes on
                raise
            except Exception as error:
                if len(mails) == 1:
                    return {mails[0].id: error}
        return {key: value for mail in mails for key, value in self._composed([mail]).items()}

    def _hand_over(self, mail: Claimed, digest: Digest | Exception | None) -> Record:
        """Try to send one mail; gives what records the outcome."""
        if digest is None:
            self._count(cancelled=1)
            return partial(outbox.cancelled, mail=mail, because="nothing left to say")
        try:
            if isinstance(digest, Exception):
                raise digest
            rendered = render(digest)
            message = build(rendered, digest, self.sender, self.moment.at)
            receipt = self.channel.send(message)
        except DeliveryError as error:
            return self._not_sent(mail, error)
        except UnknownPlan as missing:  # it may be mended or come back: the mail waits for it
            return partial(self._put_off, mail, DeliveryError(str(missing), stage=Stage.CONTENT))
        except Exception as error:  # a poison mail must not stop the others
            because = f"{type(error).__name__}: {error}"
            return partial(self._refused, mail, because, is_defect=False)
        self._troubles = 0
        self.result = self.result._replace(trouble="")
        self._count(sent=1)
        return partial(
            outbox.sent,
            mail=mail,
            subject=rendered.subject,
            reply=receipt.reply,
            when=(self.moment.as_of, self.moment.at),
        )

    def _not_sent(self, mail: Claimed, error: DeliveryError) -> Record:
        if error.permanent:
            is_defect = error.stage is Stage.RECIPIENT
            return partial(self._refused, mail, error.reply, is_defect=is_defect)
        if error.stage in (Stage.CONNECTION, Stage.SENDER):
            # Not this mail's fault: it waits as it was, and the server gets a few more chances.
            self._troubles += 1
            self.result = self.result._replace(trouble=error.reply)
            return partial(outbox.release, mails=[mail])
        return partial(self._put_off, mail, error)

    def _put_off(self, mail: Claimed, error: DeliveryError, connection: Connection) -> None:
        state = outbox.postponed(
            connection, mail, error.reply, self.moment.at, is_uncertain=error.accepted_maybe
        )
        if state is MailState.FAILED:
            self._tell_office(mail, connection)
        self._count(**{"failed" if state is MailState.FAILED else "postponed": 1})

    def _refused(
        self, mail: Claimed, reply: str, connection: Connection, *, is_defect: bool
    ) -> None:
        outbox.failed(connection, mail, reply, self.moment.at, is_defect=is_defect)
        self._tell_office(mail, connection)
        self._count(failed=1)

    def _tell_office(self, mail: Claimed, connection: Connection) -> None:
        """Tell the coordinating office, in its next mail, what did not arrive."""
        try:
            told = office_notices(connection, self.workplace, mail, self.moment.as_of)
        except Exception:  # what made the mail itself fail, and is on record with it
            return
        planning.queue(connection, told, self.moment.as_of)

    def _count(self, **more: int) -> None:
        added = {name: getattr(self.result, name) + number for name, number in more.items()}
        self.result = self.result._replace(**added)
