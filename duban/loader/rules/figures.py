"""Figures that several plans ask of one unit: a burden that one return could spare."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple
from unicodedata import normalize

from duban.loader.findings import problem, quoted
from duban.loader.read import OfficeFiles, PlanFiles
from models.problem import Problem, SourceMark

_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_LETTERS = re.compile(r"\w+")
_SHOWN = 3


class _Figure(NamedTuple):
    """A metric that a row of a plan sets, where it stands, and whom it is asked of, in order."""

    plan: PlanFiles
    row: str
    metric: str
    mark: SourceMark
    units: dict[str, None]


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """Each figure of a plan that an earlier one of the same place asks of the same unit too."""
    figures: dict[tuple[str, str], list[_Figure]] = {}
    for plan in office.plans:
        for figure in _figures(plan):
            key = plan.matrix.value.jurisdiction, _normal(figure.metric)
            figures.setdefault(key, []).append(figure)
    for same in figures.values():
        for one, other in combinations(same, 2):
            shared = [unit for unit in other.units if unit in one.units]
            if one.plan is not other.plan and shared and _overlap(one.plan, other.plan):
                more = " …" if len(shared) > _SHOWN else ""
                units = ", ".join(shared[:_SHOWN]) + more
                said = f"{one.plan.matrix.value.id}, row {one.row}, at the same time"
                message = f"{quoted(other.metric)} is asked of {units} by {said}"
                yield problem("M106", other.mark, message, "ask once, and use the answer twice")


def _figures(plan: PlanFiles) -> Iterator[_Figure]:
    matrix, place = plan.matrix.value, plan.place
    if place is None:
        return
    in_rows = [name for duty in matrix.duties for name in duty.units if not place.group(name)]
    for index, duty in enumerate(matrix.duties):
        names = duty.units + matrix.implicit_units(duty.number)
        units = dict.fromkeys(place.members(names, place.members(in_rows)))
        for number, target in enumerate(duty.targets):
            mark = plan.matrix.mark("duties", index, "targets", number, "metric")
            yield _Figure(plan, duty.number, target.metric, mark, units)


def _normal(metric: str) -> str:
    """The metric without brackets, blanks and marks, in one form of width and case."""
    plain = normalize("NFKC", metric).casefold()
    return "".join(_LETTERS.findall(_BRACKETS.sub("", plain))) or plain


def _overlap(one: PlanFiles, other: PlanFiles) -> bool:
    first, second = one.matrix.value.period, other.matrix.value.period
    return first.first <= second.last and second.first <= first.last
