"""Sending what is queued: claim, look again, render, hand over, record, one mail at a time."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from duban import clock
from duban.errors import UnknownPlan
from duban.feedback.tokens import LINK_DAYS
from duban.service.lease import holding
from duban.service.sending.addressing import address_anew
from duban.service.sending.compose import compose, office_notices
from duban.service.sending.nudge_queue import queue_nudges
from duban.service.sending.weekly_cap import has_cap, holds
from duban.service.workplace import Moment, Workplace
from duban.store import forms, leases, outbox, outcomes, planning
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


_FORMS_LIVE = timedelta(days=LINK_DAYS + 1)
"""So old a form stood behind a link that leads nowhere by now: it cannot be posted again."""

Record = Callable[[Connection], object]
"""What writes the outcome of one mail down."""


class Channel(Protocol):
    """What hands a message over to a server."""

    def send(self, message: Message) -> Receipt:
        """Hand one message over or raise DeliveryError."""
        ...


class Delivered(NamedTuple):
    """What a delivery came to; ``trouble`` holds the words of a server that could not be used.

    ``held`` mails wait for another week, because their readers have had enough in this one.
    """

    sent: int = 0
    failed: int = 0
    postponed: int = 0
    cancelled: int = 0
    recovered: int = 0
    trouble: str = ""
    held: int = 0


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
    """Send every mail that may go on this day, to who is to have it now; nothing on a rest day.

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
        address_anew(workplace, moment.as_of)
        shift = _Shift(workplace, channel, sender, moment, holder.token)
        while shift.send_batch():
            progress(shift.result.sent)
        with writing(workplace.engine) as connection:
            outcomes.close_defects(connection, moment.at)
            forms.forget_numbers(connection, min(clock.now(), moment.at) - _FORMS_LIVE)
        return shift.result._replace(recovered=recovered)


def _recover(connection: Connection) -> int:
    # Claims are read first: whoever claims between the two had its lease before that.
    claimants = set(outbox.claimants(connection))
    return outbox.recover(connection, claimants - leases.roll_call(connection, clock.now()))


def _numbered(mail: Claimed, digest: Digest | Exception | None) -> tuple[str, ...]:
    """The numbers of a mail; where nothing is composed those stay that a copy may have shown."""
    return digest.numbered if isinstance(digest, Digest) else mail.items


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
            claimed = outbox.claim(connection, self.holder, as_of, at, BATCH)
        digests, composed_at = self._composed(claimed), clock.now()
        mails = self._not_held(claimed, digests)
        record: Record | None = None
        for place, mail in enumerate(mails):
            if clock.now() - composed_at > _FRESH:
                self._record(record)
                record = None
                digests[mail.id] = self._composed([mail])[mail.id]
            # One commit ends a mail and begins the next: at any instant only one is under way.
            with writing(self.workplace.engine) as connection:
                if record:
                    record(connection)
                items = _numbered(mail, digests[mail.id])
                is_begun = outbox.begin(connection, mail, as_of, items)
            record = self._hand_over(mail, digests[mail.id]) if is_begun else None
            if self._troubles >= _TROUBLES:
                self._record(record, mails[place + 1 :])
                return False
        if record:
            self._record(record)
        return bool(claimed)

    def _record(self, record: Record | None, untried: Iterable[Claimed] = ()) -> None:
        """Write an outcome down, and give back what is not tried any more."""
        with writing(self.workplace.engine) as connection:
            if record:
                record(connection)
            outbox.release(connection, untried)

    def _not_held(
        self, mails: list[Claimed], digests: Mapping[int, Digest | Exception | None]
    ) -> list[Claimed]:
        """The mails that go now; one whose reader has had enough this week is put by."""
        if not mails or not has_cap(self.workplace):
            return mails
        sound = {mail: found for mail in mails if isinstance(found := digests[mail.id], Digest)}
        as_of = self.moment.as_of
        with writing(self.workplace.engine) as connection:
            held = holds(connection, self.workplace, sound, as_of)
            for mail in mails:
                if mail.id in held and outbox.hold(connection, mail, as_of, *held[mail.id]):
                    self._count(held=1)
        return [mail for mail in mails if mail.id not in held]

    def _composed(self, mails: list[Claimed]) -> dict[int, Digest | Exception | None]:
        """The digests; one that cannot be composed is an error of its own and stops no other."""
        if not mails:
            return {}
        with reading(self.workplace.engine) as connection:
            try:
                on, sender = self.moment.as_of, self.sender
                return {**compose(connection, self.workplace, mails, on, sender)}
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
            because = "may have arrived; " * mail.is_uncertain + "nothing left to say"
            return partial(outcomes.cancelled, mail=mail, because=because)
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
        return partial(self._sent, mail, rendered.subject, receipt.reply)

    def _sent(self, mail: Claimed, subject: str, reply: str, connection: Connection) -> None:
        when = (self.moment.as_of, self.moment.at)
        outcomes.sent(connection, mail, subject, reply, when)
        queue_nudges(connection, self.workplace, mail, subject, self.moment.as_of)

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
        state = outcomes.postponed(
            connection, mail, error.reply, self.moment.at, is_uncertain=error.accepted_maybe
        )
        if state is MailState.FAILED:
            self._tell_office(mail, connection)
        self._count(**{"failed" if state is MailState.FAILED else "postponed": 1})

    def _refused(
        self, mail: Claimed, reply: str, connection: Connection, *, is_defect: bool
    ) -> None:
        outcomes.failed(connection, mail, reply, self.moment.at, is_defect=is_defect)
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
