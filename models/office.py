"""Everything that the office keeps in YAML, read together."""

from dataclasses import dataclass, field
from functools import cached_property

from models.matrix import Matrix
from models.policy import Policy
from models.reach import Reach
from models.roster import Roster
from models.units import Jurisdiction, Registry
from models.workdays import WorkCalendar


@dataclass(frozen=True)
class Plan:
    """One plan with all that is needed to run it."""

    matrix: Matrix
    roster: Roster
    place: Jurisdiction
    policy: Policy

    @property
    def id(self) -> str:
        """The plan's identifier."""
        return self.matrix.id

    @cached_property
    def reach(self) -> Reach:
        """Who answers for a unit on a day, by roster and successions."""
        return Reach(self.roster, self.place)

    @cached_property
    def units_in_rows(self) -> list[str]:
        """Every single unit that a row names, in document order; groups and their members not."""
        names = [
            name
            for duty in self.matrix.duties
            for name in duty.units
            if self.place.group(name) is None
        ]
        return self.place.members(names)

    def members(self, names: tuple[str, ...]) -> list[str]:
        """Units behind names of units and groups, each once, in order."""
        return self.place.members(names, self.units_in_rows)


@dataclass(frozen=True)
class Office:
    """All plans, the registry, the policies and the work calendar.

    ``left_out`` counts the errors of each plan that could not be taken in because of them.
    """

    plans: dict[str, Plan]
    registry: Registry
    policies: dict[str, Policy]
    calendar: WorkCalendar
    left_out: dict[str, int] = field(default_factory=dict)
