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
    """The entries as text for ``units.yaml``; groups wait for their members."""
    lines: list[str] = []
    if not is_known:
        lines.append(f"  - name: {scalar(jurisdiction)}")
    if found.units:
        lines += [
            "    units:",
            *(f"      - {{name: {scalar(n, in_flow=True)}}}" for n in found.units),
        ]
    elif not is_known:
        lines.append("    units: []")
    if found.groups:
        lines.append("    groups:")
        for name in found.groups:
            what = "every_unit_in_rows: true" if name.startswith(_EVERYONE) else "members: []"
            lines.append(f"      - {{name: {scalar(name, in_flow=True)}, {what}}}")
    return "\n".join(lines) + "\n" if lines else ""


def _names(matrix: Matrix) -> Iterable[str]:
    for duty in matrix.duties:
        yield from duty.units
    for entry in matrix.implicit:
        yield from entry.units
    for spec in matrix.obligations:
        if not spec.external:
            yield from spec.who
