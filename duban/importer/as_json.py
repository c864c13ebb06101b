"""The questions of a draft, and a plan to show it by, for ``duban import --json``."""

from typing import Any

from duban.importer.questions import Asked
from models.matrix import Matrix
from models.office import Plan
from models.policy import Duration, Policy
from models.roster import OfficeContact, Roster
from models.units import Group, Jurisdiction


def questions_json(asked: list[Asked]) -> list[dict[str, Any]]:
    """Each question with the line that it comes from, its code and what is proposed."""
    return [
        {
            "line": one.line,
            "code": one.code,
            "message": one.question,
            "suggestion": one.proposal,
            "about": one.about,
        }
        for one in asked
    ]


def shown_plan(matrix: Matrix, place: Jurisdiction | None, groups: tuple[str, ...] = ()) -> Plan:
    """The draft as a plan that can be shown; its roster and its policy are empty.

    ``groups`` are names that the document uses for several units; those that the place does not
    know have no members.
    """
    known = place or Jurisdiction(name=matrix.jurisdiction, units=())
    missing = [name for name in groups if known.unit(name) is None and known.group(name) is None]
    known = Jurisdiction(
        name=known.name,
        units=known.units,
        groups=(*known.groups, *(Group.model_construct(name=name) for name in missing)),
        successions=known.successions,
    )
    office = OfficeContact.model_construct(unit=matrix.coordinator, contact=())
    roster = Roster(
        plan=matrix.id, coordinating_office=office, inspection_office=office, contacts=()
    )
    policy = Policy(
        id=matrix.policy,
        title=matrix.policy,
        notices_at="09:00",
        amber=Duration(count=10, unit="working days"),
        assignment=(),
        due=(),
    )
    return Plan(matrix, roster, known, policy)
