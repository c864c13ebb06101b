"""The simulated clock: from one day on which something happens to the next."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from duban.demo.correspondence import Correspondence, is_of_unit
from duban.demo.deed import CLERK, Deed
from duban.demo.incidents import Letter, Settling
from duban.demo.story import Event, story
from duban.service.apply import apply
from duban.store import mail_records, planning
from duban.store.database import reading
from duban.store.ledger import Occasion
from duban.store.outbox import MailState
from models.matrix import Status

_ONE_DAY = timedelta(days=1)
_APPLIED_AT = time(8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

ReadAnswers = Callable[[date], Awaitable[None]]
"""Reads the mailbox on a day."""


class Days:
    """The days of the demonstration in order; each plan is applied on its issue date."""

    def __init__(
        self, people: Correspondence, read_answers: ReadAnswers, until: date = date.max
    ) -> None:
        self.workplace = people.workplace
        self._people = people
        self._read_answers = read_answers
        self._until = until
        plans = self.workplace.office.plans.values()
        issued = [plan for plan in plans if plan.matrix.status is Status.ISSUED]
        self._unapplied = sorted(issued, key=lambda plan: plan.matrix.starts_on)
        self._ahead: list[Event] = []

    async def __aiter__(self) -> AsyncIterator[tuple[date, list[str]]]:
        """Each day to run, with the plans that were applied on it, until all is said or ``until``.

        What people say on a day counts after that day's run.
        """
        last = date.min
        while True:
            day = self._next(last)
            while (
                self._ahead
                and self._ahead[0].on <= self._until
                and (day is None or self._ahead[0].on < day)
            ):
                last = await self._say_next()
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

    async def _say_next(self) -> date:
        """Everything that is said on the next day on which anybody says anything: units first."""
        on = self._ahead[0].on
        told = list(takewhile(lambda event: event.on == on, self._ahead))
        self._ahead = self._ahead[len(told) :]
        people = self._people
        people.today = on
        deeds = [event for event in told if isinstance(event, Deed)]
        people.say(deed for deed in deeds if is_of_unit(deed))
        for event in told:
            if isinstance(event, Letter):
                people.write(event)
        if people.box.waiting:
            await self._read_answers(on)
        for event in told:
            if isinstance(event, Settling):
                people.settle(event)
            elif isinstance(event, Deed) and not is_of_unit(event):
                people.enter(event)
        return on

    def _apply(self, day: date) -> list[str]:
        plans = [plan for plan in self._unapplied if plan.matrix.starts_on <= day]
        if plans:
            apply(self.workplace, plans, Occasion(day, datetime.combine(day, _APPLIED_AT), CLERK))
            self._unapplied = [plan for plan in self._unapplied if plan not in plans]
            for plan in plans:
                self._ahead += story(plan, self.workplace.calendar, day)
            self._ahead.sort(key=lambda event: event.on)
        return [plan.id for plan in plans]
