"""The units and groups of a draft that the registry does not have, ready to paste into it."""

from collections.abc import Iterable
from typing import NamedTuple

from duban.importer.as_yaml import scalar
from models.draft import Draft, How
from models.matrix import Matrix
from models.units import Jurisdiction

_EVERYONE = (
    "各有关",
    "各相关",
    "各责任",
    "各部门",
    "各单位",
    "有关部门",
    "有关单位",
    "相关部门",
    "各成员",
)


class Missing(NamedTuple):
    """Names that the registry lacks, in the order of the document."""

    units: tuple[str, ...]
    groups: tuple[str, ...]


def missing(matrix: Matrix, draft: Draft, place: Jurisdiction | None) -> Missing:
    """The names of a plan's rows and obligations that the place's block does not have."""
    is_group = {
        unit.name
        for row in draft.rows
        for unit in (row.line.units if row.line else ())
        if unit.how is How.GROUP
    }
    units: list[str] = []
    groups: list[str] = []
    for name in dict.fromkeys(_names(matrix)):
        if place and (place.unit(name) or place.group(name)):
            continue
        (groups if name in is_group or name.startswith("各") else units).append(name)
    return Missing(tuple(units), tuple(groups))


def block(found: Missing, jurisdiction: str, is_known: bool) -> str:
    """The entries as text for ``units.yaml``; groups wait for their members.

    A place that ``units.yaml`` does not have is written whole, of another only what to add.
    """
    head = [] if is_known else [f"  - name: {scalar(jurisdiction)}"]
    units = [f"      - {{name: {scalar(name, in_flow=True)}}}" for name in found.units]
    groups = [
        f"      - {{name: {scalar(name, in_flow=True)}, {_who(name)}}}" for name in found.groups
    ]
    lines = [
        *head,
        *_under("units", units, jurisdiction, is_known=is_known),
        *_under("groups", groups, jurisdiction, is_known=is_known),
    ]
    return "\n".join(lines) + "\n" if lines else ""


def _who(group: str) -> str:
    return "every_unit_in_rows: true" if group.startswith(_EVERYONE) else "members: []"


def _under(key: str, entries: list[str], jurisdiction: str, *, is_known: bool) -> list[str]:
    if is_known:
        return [f"# 接在“{jurisdiction}”的 {key}: 下面", *entries] if entries else []
    if entries:
        return [f"    {key}:", *entries]
    return ["    units: []"] if key == "units" else []


def _names(matrix: Matrix) -> Iterable[str]:
    for duty in matrix.duties:
        yield from duty.units
    for entry in matrix.implicit:
        yield from entry.units
    for spec in matrix.obligations:
        if not spec.external:
            yield from spec.who
