"""The two ways into the loader: an office that is sound, or everything that is wrong with it."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from duban.errors import InvalidOffice
from duban.loader.read import OfficeFiles, read_office
from duban.loader.rules import (
    calendar,
    dates,
    figures,
    names,
    obligations,
    policy,
    roster,
    rows,
    substitutes,
    units,
)
from models.office import Office, Plan
from models.problem import Problem, Severity
from models.units import Registry

_RULES = (
    names.problems,
    units.problems,
    rows.problems,
    figures.problems,
    dates.problems,
    obligations.problems,
    policy.problems,
    roster.problems,
    substitutes.problems,
    calendar.problems,
)


def load_office(folder: Path) -> Office:
    """The office kept in a folder such as ``matrices/``.

    Raises:
        InvalidOffice: the files have errors; all problems, warnings too, are in it.
    """
    files = read_office(folder)
    problems = _all_problems(files)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise InvalidOffice(problems)
    return _office(files)


def load_sound_plans(folder: Path) -> Office:
    """The office without the plans whose own files have errors: one slip stops one plan, not all.

    Raises:
        InvalidOffice: what the plans share (units, policies, workdays) has errors.
    """
    files = read_office(folder)
    problems = _all_problems(files)
    left_out: Counter[str] = Counter()
    for problem in problems:
        if problem.severity is Severity.ERROR:
            home = Path(problem.mark.path).parent
            if home not in files.found.plans:
                raise InvalidOffice(problems)
            left_out[home.name] += 1
    files.plans = [plan for plan in files.plans if plan.folder.name not in left_out]
    office = _office(files)
    return replace(office, left_out=dict(left_out))


def check_office(folder: Path) -> tuple[list[Problem], int]:
    """Every problem of an office's files by place, and how many files were read."""
    files = read_office(folder)
    return _all_problems(files), len(files.found.files)


def _all_problems(files: OfficeFiles) -> list[Problem]:
    found = files.problems + [problem for rule in _RULES for problem in rule(files)]
    return sorted(set(found))


def _office(files: OfficeFiles) -> Office:
    plans = {
        item.matrix.value.id: Plan(
            item.matrix.value, item.roster.value, item.place, item.policy.value
        )
        for item in files.plans
        if item.roster and item.place and item.policy
    }
    registry = files.registry.value if files.registry else Registry(jurisdictions=())
    policies = {name: loaded.value for name, loaded in files.policies.items()}
    return Office(plans, registry, policies, files.calendar)
