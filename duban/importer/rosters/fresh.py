"""A roster made anew from a list of contacts."""

from collections.abc import Iterable
from datetime import date

from duban.importer.as_yaml import scalar
from duban.importer.rosters.contact_yaml import unit_block
from duban.importer.rosters.reading import Holder
from models.roster import Post


def fresh_roster(
    plan: str, source: str, coordinator: str, holders: Iterable[Holder], since: date
) -> str:
    """The YAML of a roster that nobody has yet; the two offices are left to be filled in.

    ``coordinator`` is the unit that runs the plan, empty where that is not known; its liaison, if
    the list has one, is proposed as the coordinating office's contact.
    """
    units: dict[str, list[Holder]] = {}
    for holder in holders:
        units.setdefault(holder.unit, []).append(holder)
    own = units.get(coordinator, [])
    liaison = next((each.address for each in own if each.post is Post.LIAISON), "")
    lines = [
        "# yaml-language-server: $schema=../schema/roster.schema.json",
        f"plan: {plan}",
        f"note: {scalar(f'由 {source} 导入，须由办公室核实')}",
        "# 名单里没有写明的单位标着（待补）：写上单位和邮箱，去掉行首的 #，再运行 duban check。",
        *_office("coordinating_office", coordinator, liaison),
        *_office("inspection_office", "", ""),
        "contacts:" if units else "contacts: []",
        *(unit_block(unit, held, since) for unit, held in units.items()),
    ]
    return "\n".join(lines) + "\n"


def _office(key: str, unit: str, address: str) -> list[str]:
    is_known = bool(unit and address)
    mark = "" if is_known else "# "
    return [
        f"{mark}{key}:",
        f"{mark}  unit: {scalar(unit) if unit else '（待补）'}",
        f"{mark}  contact: {address or '（待补邮箱）'}",
    ]
