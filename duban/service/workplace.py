"""What every piece of work needs at hand: the office's files, the ledger, the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from duban.errors import UnknownPlan, UnknownYear
from duban.planner.changes import fingerprint
from duban.planner.ladder import Ladders
from duban.store.database import Engine
from models.office import Office, Plan
from models.reach import Reach
from models.robot import NO_ROBOTS, Robots
from models.workdays import WorkCalendar


@dataclass(frozen=True)
class Workplace:
    """The office as read from YAML, beside its ledger database and its store of documents."""

    office: Office
    engine: Engine
    evidence: Path = Path("var/evidence")
    robots: Robots = NO_ROBOTS

    @property
    def calendar(self) -> WorkCalendar:
        """The work calendar."""
        return self.office.calendar

    @cached_property
    def ladders(self) -> dict[str, Ladders]:
        """The ladders of each plan."""
        return {
            plan.id: Ladders(plan.policy, self.calendar, plan.matrix.period.last)
            for plan in self.office.plans.values()
        }

    @cached_property
    def rosters(self) -> dict[str, Reach]:
        """Who answers for what on a day, by plan: its roster and the successions of its place."""
        return {plan.id: plan.reach for plan in self.office.plans.values()}

    def plan(self, name: str) -> Plan:
        """The plan of that id.

        Raises:
            UnknownPlan: there is none; the hint lists those there are.
        """
        found = self.office.plans.get(name)
        if found is None:
            known = ", ".join(self.office.plans)
            raise UnknownPlan(f'there is no plan "{name}"', f"plans found: {known}")
        return found

    def unit_now(self, plan: str, unit: str, day: date) -> str:
        """A unit as it is shown: the old name, with who answers for it by that day if another."""
        now = self.answering(plan, unit, day)
        return unit if now == unit else f"{unit}（现{now}）"

    def answering(self, plan: str, unit: str, day: date) -> str:
        """The unit that answers on a day for what a unit owes under a plan."""
        reach = self.rosters.get(plan)
        return reach.place.answering(unit, day) if reach else unit

    def duty_titles(self, plan: str) -> dict[str, str]:
        """The titles of a plan's rows by number, as the matrix has them now."""
        return self._titles.get(plan, {})

    @cached_property
    def _titles(self) -> dict[str, dict[str, str]]:
        return {
            plan.id: {duty.number: duty.title for duty in plan.matrix.duties}
            for plan in self.office.plans.values()
        }

    def rules_mark(self, plan: str) -> str:
        """The fingerprint of what a plan's days depend on: policy, last day, calendar."""
        found = self.office.plans[plan]
        rules = (found.policy.model_dump_json(), found.matrix.period.last)
        return fingerprint([rules, *self.calendar.content])

    def require_published_year(self, day: date) -> None:
        """Refuse to work on a day whose year has no published workdays.

        Raises:
            UnknownYear: nothing is guessed; the hint says which file is missing.
        """
        if self.calendar.is_provisional(day):
            raise UnknownYear(
                f"{day.year} has no published workdays",
                f"add workdays/{day.year}.yaml from the State Council's notice for {day.year}",
            )


@dataclass(frozen=True)
class Moment:
    """The day a run plans for, and the instant it counts as happening (aware)."""

    as_of: date
    at: datetime


def known_plans(workplace: Workplace, names: Iterable[str]) -> list[Plan]:
    """The named plans; all of them where none is named."""
    wanted = list(names)
    return [workplace.plan(name) for name in (wanted or workplace.office.plans)]
