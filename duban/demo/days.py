"""The simulated clock: from one day on which something happens to the next."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile

from duban import clock
from duban.demo.story import Deed, deeds
from duban.planner.obligations import obligations
from duban.service.apply import apply
from duban.service.entries import enter
from duban.service.workplace import Workplace
from duban.store import mail_records, planning
from duban.store.database import reading
from duban.store.ledger import Occasion
from duban.store.outbox import MailState
from models.matrix import Status
from models.office import Plan

_ONE_DAY = timedelta(days=1)


class Days:
    """The days of the demonstration in order; each plan is applied on its issue date."""

    def __init__(self, workplace: Workplace, until: date = date.max) -> None:
        self.workplace = workplace
        self._until = until
        issued = [
            plan for plan in workplace.office.plans.values() if plan.matrix.status is Status.ISSUED
        ]
        self.plans = sorted(issued, key=lambda plan: plan.matrix.starts_on)
        self._unapplied = list(self.plans)
        self._ahead: list[Deed] = []
        self.entered = 0

    def __iter__(self) -> Iterator[tuple[date, list[str]]]:
        """Each day to run, with the plans that were applied on it, until all is said or ``until``.

        What people enter on a day counts after that day's run.
        """
        last = date.min
        while True:
            day = self._next(last)
            while self._ahead and (day is None or self._ahead[0].on < day):
                last = self._enter_next()
                day = self._next(last)
            if day is None or day > self._until:
                return
            yield day, self._apply(day)
            last = day

    def _next(self, last: date) -> date | None:
        """The first workday after ``last`` on which there is something to do."""
        with reading(self.workplace.engine) as connection:
            due = planning.next_day(connection)
            counts = mail_records.counts(connection)
        days = [plan.matrix.starts_on for plan in self._unapplied]
        days += [due] if due else []
        is_waiting = counts.get(MailState.PENDING) or counts.get(MailState.UNCERTAIN)
        days += [last] if is_waiting else []
        if not days:
            return None
        return self.workplace.calendar.on_or_after(max(min(days), last + _ONE_DAY))

    def _enter_next(self) -> date:
        """Enter everything that is said on the next day on which anybody says anything."""
        on = self._ahead[0].on
        said = list(takewhile(lambda deed: deed.on == on, self._ahead))
        self._ahead = self._ahead[len(said) :]
        for deed in said:
            when = Occasion(on, clock.now(), deed.by)
            enter(self.workplace, deed.obligation, deed.entry, deed.text, when)
        self.entered += len(said)
        return on

    def _apply(self, day: date) -> list[str]:
        plans = [plan for plan in self._unapplied if plan.matrix.starts_on <= day]
        if plans:
            apply(self.workplace, plans, Occasion(day, clock.now(), "督办专班"))
            self._unapplied = [plan for plan in self._unapplied if plan not in plans]
            self._ahead = sorted([*self._ahead, *self._story(plans, day)], key=lambda deed: deed.on)
        return [plan.id for plan in plans]

    def _story(self, plans: list[Plan], day: date) -> list[Deed]:
        calendar = self.workplace.calendar
        return [deed for plan in plans for deed in deeds(obligations(plan), calendar, day)]
