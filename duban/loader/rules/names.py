"""The registry of units: every name means one unit, every group has known members."""

from collections.abc import Iterator

from duban.loader.findings import did_you_mean, leads_back, problem, quoted
from duban.loader.read import OfficeFiles
from duban.loader.schema import Loaded
from models.problem import Problem
from models.units import Jurisdiction, Registry, Unit

_Path = tuple[str | int, ...]


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """What is wrong with ``units.yaml`` in itself."""
    registry = office.registry
    if registry is None:
        return
    seen: dict[str, int] = {}
    for index, place in enumerate(registry.value.jurisdictions):
        here = ("jurisdictions", index)
        if place.name in seen:
            mark = registry.mark(*here, "name")
            message = f"the jurisdiction {quoted(place.name)} is given twice"
            yield problem("U114", mark, message, "put its units into one block")
        seen[place.name] = index
        yield from _shared_names(registry, here, place)
        yield from _groups(registry, here, place)
        yield from _successions(registry, here, place)


def _shared_names(
    registry: Loaded[Registry], here: _Path, place: Jurisdiction
) -> Iterator[Problem]:
    taken: dict[str, tuple[_Path, str]] = {}
    units = {unit.name: unit for unit in place.units}
    circles: set[tuple[str, str]] = set()
    for path, name, owner in _names(here, place):
        first, other = taken.setdefault(name, (path, owner))
        is_other_name = other == owner and first[: len(here) + 2] == path[: len(here) + 2]
        if first == path or is_other_name:
            continue
        if _are_mutual(units.get(owner), units.get(other)):
            if (other, owner) in circles:
                continue
            circles.add((owner, other))
            message = f"{quoted(owner)} and {quoted(other)} are aliases of each other"
            hint = "keep one as the unit and the other as its alias"
            yield problem("U103", registry.mark(*path), message, hint)
        else:
            message = f"the name {quoted(name)} is also that of {quoted(other)}"
            hint = "a name may mean one unit or group only; use the full name for one of them"
            yield problem("U102", registry.mark(*path), message, hint)


def _names(here: _Path, place: Jurisdiction) -> Iterator[tuple[_Path, str, str]]:
    """Every name with its place and the unit or group it belongs to; main names first."""
    for index, unit in enumerate(place.units):
        yield (*here, "units", index, "name"), unit.name, unit.name
    for index, group in enumerate(place.groups):
        yield (*here, "groups", index, "name"), group.name, group.name
    for index, unit in enumerate(place.units):
        path = (*here, "units", index)
        if unit.full_name:
            yield (*path, "full_name"), unit.full_name, unit.name
        for number, alias in enumerate(unit.aliases):
            yield (*path, "aliases", number), alias, unit.name
    for index, group in enumerate(place.groups):
        for number, alias in enumerate(group.aliases):
            yield (*here, "groups", index, "aliases", number), alias, group.name


def _are_mutual(one: Unit | None, other: Unit | None) -> bool:
    return bool(one and other and one.name in other.aliases and other.name in one.aliases)


def _groups(registry: Loaded[Registry], here: _Path, place: Jurisdiction) -> Iterator[Problem]:
    for index, group in enumerate(place.groups):
        path = (*here, "groups", index)
        if not group.members and not group.every_unit_in_rows:
            message = f"the group {quoted(group.name)} has no members"
            hint = "list them, or write every_unit_in_rows: true"
            yield problem("U104", registry.mark(*path), message, hint)
        for number, member in enumerate(group.members):
            if place.unit(member) is None:
                is_group = place.group(member) is not None
                near = did_you_mean(member, (unit.name for unit in place.units))
                hint = "a group holds units, not groups" if is_group else near
                message = f"{quoted(member)}, a member of {quoted(group.name)}, is no unit here"
                mark = registry.mark(*path, "members", number)
                yield problem("U105", mark, message, hint or "add it to units")


def _successions(registry: Loaded[Registry], here: _Path, place: Jurisdiction) -> Iterator[Problem]:
    follows = {
        unit: place.unit(item.successor)
        for item in place.successions
        if (unit := place.unit(item.unit))
    }
    seen: dict[str, int] = {}
    for index, item in enumerate(place.successions):
        path = (*here, "successions", index)
        for key, name in (("unit", item.unit), ("successor", item.successor)):
            if place.unit(name) is None:
                hint = did_you_mean(name, place.names) or "add it to units"
                message = f"the {key} {quoted(name)} of a succession is not in the registry"
                yield problem("U111", registry.mark(*path, key), message, hint)
        unit = place.unit(item.unit) or item.unit
        mark = registry.mark(*path, "unit")
        if unit in seen:
            message = f"{quoted(item.unit)} has a successor on line {seen[unit]} already"
            yield problem("U117", mark, message, "who comes later succeeds the first successor")
        seen.setdefault(unit, mark.line)
        if (start := place.unit(item.unit)) and leads_back(start, follows):
            message = f"the successions of {quoted(item.unit)} lead back to it"
            hint = "the last unit of a succession has no successor"
            yield problem("U110", registry.mark(*path, "successor"), message, hint)
