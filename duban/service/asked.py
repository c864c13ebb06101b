"""The rows of a plan that an answer may be written about, one by one."""

from collections.abc import Iterable
from typing import NamedTuple

from duban.store import mapping
from duban.store.database import Record
from models.matrix import Duty, Target
from models.obligation import ItemKind, Role, Stage
from models.office import Plan
from notifications.words import ROLES


class Asked(NamedTuple):
    """A row that something is to be written about, with its targets and the unit's part in it."""

    duty: Duty
    role: str

    @property
    def targets(self) -> tuple[Target, ...]:
        """What figures are asked for."""
        return self.duty.targets


def share_of(plan: Plan, share: Iterable[Record], numbers: tuple[str, ...] = ()) -> list[Asked]:
    """The open rows of a unit in the plan's order; where numbers are given, those of them."""
    roles = {
        mapping.numbers(row.duties)[0]: ROLES[Role(row.role)]
        for row in share
        if row.kind == ItemKind.DUTY.value and not Stage(row.stage).is_over
    }
    return [
        Asked(duty, roles[duty.number])
        for duty in plan.matrix.duties
        if duty.number in roles and (not numbers or duty.number in numbers)
    ]


def asked_in(plan: Plan, row: Record, share: Iterable[Record]) -> list[Asked]:
    """The rows that an answer to one item may be written about: of a report all that it covers."""
    if row.kind not in (ItemKind.DUTY.value, ItemKind.REPORT.value):
        return []
    owned = list(share)
    return share_of(plan, owned, mapping.numbers(row.duties)) or share_of(plan, owned)
