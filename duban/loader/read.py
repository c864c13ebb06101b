"""One pass over an office's files: each is read once, and becomes a model or problems."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from duban.loader import nodes, schema, text
from duban.loader.files import PLAN, ROSTER, Listing, listing
from duban.loader.schema import Loaded
from models.matrix import Matrix
from models.policy import Policy
from models.problem import Problem
from models.roster import Roster
from models.units import Jurisdiction, Registry
from models.workdays import LocalDays, WorkCalendar, WorkYear

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class PlanFiles:
    """One plan's files as far as they could be read, and what of the registry concerns it."""

    folder: Path
    matrix: Loaded[Matrix]
    roster: Loaded[Roster] | None
    has_roster: bool
    place: Jurisdiction | None
    policy: Loaded[Policy] | None


@dataclass
class OfficeFiles:
    """Everything that was read, and every problem so far."""

    found: Listing
    registry: Loaded[Registry] | None = None
    policies: dict[str, Loaded[Policy]] = field(default_factory=dict)
    years: list[Loaded[WorkYear]] = field(default_factory=list)
    local: Loaded[LocalDays] | None = None
    plans: list[PlanFiles] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def calendar(self) -> WorkCalendar:
        """The workdays of all years that were read."""
        local = self.local.value if self.local else None
        return WorkCalendar((year.value for year in self.years), local)


def read_office(folder: Path) -> OfficeFiles:
    """Read and validate each file of an office by itself; the rules across files come later."""
    found = listing(folder)
    office = OfficeFiles(found, problems=list(found.problems))
    if found.units:
        office.registry = read_file(Registry, found.units, office.problems)
    for path in found.policies:
        if policy := read_file(Policy, path, office.problems):
            office.policies.setdefault(path.stem, policy)
    _read_workdays(office)
    for path in found.plans:
        _read_plan(office, path)
    return office


def read_workdays(folder: Path) -> WorkCalendar:
    """The workdays that an office's files know; a file that cannot be read is left out."""
    office = OfficeFiles(listing(folder))
    _read_workdays(office)
    return office.calendar


def _read_workdays(office: OfficeFiles) -> None:
    for path in office.found.years:
        if year := read_file(WorkYear, path, office.problems):
            office.years.append(year)
    if office.found.local:
        office.local = read_file(LocalDays, office.found.local, office.problems)


def read_file(model: type[M], path: Path, problems: list[Problem]) -> Loaded[M] | None:
    """One file as its model; what is wrong with it is added to the problems."""
    name = str(path)
    content, found = text.read(path, name)
    problems += found
    if content is None:
        return None
    root, found = nodes.parse(content, name)
    problems += found
    if root is None:
        return None
    loaded, found = schema.read(model, root, name)
    problems += found
    return loaded


def _read_plan(office: OfficeFiles, folder: Path) -> None:
    has_roster = (folder / ROSTER).is_symlink() or (folder / ROSTER).exists()
    roster = matrix = None
    if office.found.has(folder / ROSTER):
        roster = read_file(Roster, folder / ROSTER, office.problems)
    if office.found.has(folder / PLAN):
        matrix = read_file(Matrix, folder / PLAN, office.problems)
    if matrix:
        registry = office.registry.value if office.registry else None
        place = registry.of(matrix.value.jurisdiction) if registry else None
        policy = office.policies.get(matrix.value.policy)
        office.plans.append(PlanFiles(folder, matrix, roster, has_roster, place, policy))
