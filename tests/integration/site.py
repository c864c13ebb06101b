"""An office at work on a real ledger and a real mail server, told like a diary.

``site.on("10-15").run()``, ``site.on("10-15").unit("甲局").completes("summary")``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from duban.service import apply as applying
from duban.service.daily import Said, plan_daily
from duban.service.entries import Saying, enter
from duban.service.runs import Summary, run_daily
from duban.service.sending.deliver import Delivered, deliver, moment_of
from duban.service.workplace import Moment, Workplace
from duban.store import mail_records
from duban.store.database import reading
from duban.store.ledger import Occasion
from duban.store.outbox import MailState
from duban.store.tables import NOTICE
from models.entry import EntryKind
from models.office import Office
from notifications.channels.smtp import SmtpChannel, Tls
from notifications.mime import message_id_for
from tests import builders
from tests.integration.offices import PLAN, SENDER
from tests.integration.sink import Sink
from tests.integration.worker import Workers


@dataclass
class Site:
    """One office: its files, its ledger, the server its mails go to."""

    workplace: Workplace
    url: str
    sink: Sink
    workers: Workers
    channels: list[SmtpChannel] = field(default_factory=list)

    @property
    def channel(self) -> SmtpChannel:
        """One kept connection that waits a second for each answer."""
        if not self.channels:
            self.channels.append(SmtpChannel("127.0.0.1", self.sink.port, Tls.NONE, timeout=1.0))
        return self.channels[0]

    def close(self) -> None:
        """Hang up."""
        for channel in self.channels:
            channel.close()

    def on(self, day: str) -> "Day":
        """A day of 2024, written MM-DD, or any other in full."""
        return Day(self, date.fromisoformat(day if len(day) > 5 else f"2024-{day}"))

    def edit(self, content: Office) -> None:
        """Somebody has edited the office's files."""
        self.workplace = builders.edited(self.workplace, content)

    def mails(self, state: MailState | None = None) -> list[Any]:
        """The rows of the outbox, oldest first."""
        with reading(self.workplace.engine) as connection:
            return mail_records.mails(connection, state, 100_000)[::-1]

    def mail_to(self, recipient: str) -> Any:
        """The last row of the outbox to a recipient."""
        return [row for row in self.mails() if row.recipient == recipient][-1]

    def states(self) -> dict[str, int]:
        """How many mails stand in each state."""
        with reading(self.workplace.engine) as connection:
            return mail_records.counts(connection)

    def defects(self) -> list[str]:
        with reading(self.workplace.engine) as connection:
            return [row.address for row in mail_records.defects(connection)]

    def lost(self) -> list[str]:
        """What was promised and did not arrive: notices without a mail, mails without arrival."""
        arrived = self.sink.counts
        sent = {row.id: row.key for row in self.mails() if row.state == MailState.SENT.value}
        with reading(self.workplace.engine) as connection:
            rows = connection.execute(NOTICE.select())
            notices = [row for row in rows if row.outbox_id is not None]
        unsent = [f"{row.obligation_id} {row.step}" for row in notices if row.outbox_id not in sent]
        missing = [key for key in sent.values() if not arrived[message_id_for(key, "city.example")]]
        return unsent + missing


@dataclass(frozen=True)
class Day:
    """What happens on one day."""

    site: Site
    day: date

    minutes: int = 0

    def later(self, minutes: int) -> "Day":
        """The same day so many minutes after the hour of notices."""
        return Day(self.site, self.day, minutes)

    @property
    def moment(self) -> Moment:
        moment = moment_of(self.site.workplace, self.day, "Asia/Shanghai")
        return Moment(moment.as_of, moment.at + timedelta(minutes=self.minutes))

    @property
    def when(self) -> Occasion:
        return Occasion(self.day, builders.instant(self.day), "某人")

    def apply(self, *plans: str) -> None:
        names = plans or self.site.workplace.office.plans
        wanted = [self.site.workplace.plan(name) for name in names]
        applying.apply(self.site.workplace, wanted, self.when)

    def plan(self) -> Said:
        return plan_daily(self.site.workplace, self.day)

    def deliver(self) -> Delivered:
        return deliver(self.site.workplace, self.site.channel, SENDER, self.moment)

    def run(self) -> Summary:
        return run_daily(self.site.workplace, self.site.channel, SENDER, self.moment)

    def unit(self, name: str) -> "Unit":
        return Unit(self, name)


@dataclass(frozen=True)
class Unit:
    """What a unit, or the office about it, says on one day."""

    day: Day
    name: str

    def says(self, kind: EntryKind, key: str) -> None:
        when = self.day.when._replace(by=f"{kind}的经办人")  # who accepts does not close out
        saying = Saying(kind, "理由")
        enter(self.day.site.workplace, f"{PLAN}/{key}/{self.name}", saying, when)

    def acknowledges(self) -> None:
        self.says(EntryKind.ACKNOWLEDGED, "assignment")

    def completes(self, key: str = "summary") -> None:
        self.says(EntryKind.COMPLETED, key)


def days(site: Site, first: str, last: str) -> Iterable[Day]:
    """Every day from the first to the last, rest days too."""
    begin, end = site.on(first).day, site.on(last).day
    for ordinal in range(begin.toordinal(), end.toordinal() + 1):
        yield Day(site, date.fromordinal(ordinal))
