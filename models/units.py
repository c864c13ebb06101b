"""The registry of units: one unit under its many names, groups, mergers."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from models.strict import Day, Strict, Text, UnitName


class Unit(Strict):
    """A body that can owe something, under the name that this office uses for it."""

    name: UnitName
    full_name: Text | None = None
    aliases: tuple[Text, ...] = ()
    note: Text | None = None


class Group(Strict):
    """A name that stands for several units, such as 各镇街.

    ``every_unit_in_rows`` makes it an open group: every unit that the plan's rows name, until the
    office lists the members itself.
    """

    name: UnitName
    aliases: tuple[Text, ...] = ()
    members: tuple[Text, ...] = ()
    every_unit_in_rows: bool = False
    note: Text | None = None


class Succession(Strict):
    """From this day on letters for one unit go to another; what was keeps its old name."""

    unit: Text
    successor: Text
    since: Day
    basis: Text


class Jurisdiction(Strict):
    """The units of one place; the same short name may mean another body elsewhere."""

    name: Text
    units: tuple[Unit, ...]
    groups: tuple[Group, ...] = ()
    successions: tuple[Succession, ...] = ()

    @cached_property
    def _unit_of(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for unit in self.units:
            for name in (unit.name, unit.full_name, *unit.aliases):
                if name:
                    names[name] = unit.name
        return names

    @cached_property
    def succeeded(self) -> dict[str, Succession]:
        """What takes over from a unit, by the registry's own name of the unit."""
        return {self.unit(item.unit) or item.unit: item for item in self.successions}

    def line(self, unit: str, day: date) -> list[str]:
        """A unit, its successor on that day, the successor's own and so on; each once."""
        line = [unit]
        while (step := self.succeeded.get(line[-1])) and step.since <= day:
            successor = self.unit(step.successor) or step.successor
            if successor in line:
                break
            line.append(successor)
        return line

    def answering(self, unit: str, day: date) -> str:
        """The unit that answers on a day for what this unit owes: itself, or its last successor."""
        return self.line(unit, day)[-1]

    @cached_property
    def _group_of(self) -> dict[str, Group]:
        return {name: group for group in self.groups for name in (group.name, *group.aliases)}

    def unit(self, name: str) -> str | None:
        """The registry's own name of a unit, whichever of its names is given; None if unknown."""
        return self._unit_of.get(name)

    def group(self, name: str) -> Group | None:
        """The group of that name or alias; None if it is none."""
        return self._group_of.get(name)

    @property
    def names(self) -> list[str]:
        """Every name by which a unit or a group can be called here, for suggestions."""
        return [*self._unit_of, *self._group_of]

    def members(self, names: Iterable[str], in_rows: Iterable[str] = ()) -> list[str]:
        """Units behind the names, groups expanded, each once, in order; unknown names are left out.

        ``in_rows`` are the units that the plan's rows name: what an open group stands for.
        """
        found: dict[str, None] = {}
        for name in names:
            group = self.group(name)
            if group is None:
                members: Iterable[str] = (name,)
            else:
                members = in_rows if group.every_unit_in_rows else group.members
            for member in members:
                if unit := self.unit(member):
                    found[unit] = None
        return list(found)


class Registry(Strict):
    """``matrices/units.yaml``: all jurisdictions."""

    jurisdictions: tuple[Jurisdiction, ...]

    def of(self, name: str) -> Jurisdiction | None:
        """The jurisdiction of that name."""
        return next((place for place in self.jurisdictions if place.name == name), None)
