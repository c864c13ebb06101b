"""Names as people type them: found, or refused with the names that are near."""

from collections.abc import Iterable, Mapping

from duban.errors import UnknownPlan, UnknownUnit
from duban.loader.findings import did_you_mean
from models.matrix import Status
from models.office import Office, Plan


def plan_named(plans: Mapping[str, Plan], name: str) -> Plan:
    """The plan of that id.

    Raises:
        UnknownPlan: there is none.
    """
    if name not in plans:
        raise unknown_plan(name, plans)
    return plans[name]


def is_draft(item: Plan) -> bool:
    """Whether a plan has not been issued yet."""
    return item.matrix.status is Status.DRAFT


def unknown_plan(name: str, known: Iterable[str]) -> UnknownPlan:
    """The refusal of a plan's name, with what may have been meant."""
    names = list(known)
    hint = did_you_mean(name, names) or f"the plans are {', '.join(names)}"
    return UnknownPlan(f'there is no plan "{name}"', hint)


def units_named(office: Office, name: str, in_ledger: Iterable[str]) -> set[str]:
    """The units that a name or alias stands for, in whichever plans.

    Raises:
        UnknownUnit: neither the registry nor the ledger knows it.
    """
    known = set(in_ledger)
    places = office.registry.jurisdictions
    found = {unit for place in places if (unit := place.unit(name))} | ({name} & known)
    if not found:
        names = known.union(*(place.names for place in places))
        raise UnknownUnit(f'no unit is called "{name}"', did_you_mean(name, names))
    return found
