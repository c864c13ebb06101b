"""``duban plan``: what apply would change in the ledger."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from duban import clock
from duban.cli.layout import filled, folded, table
from duban.cli.names import is_draft
from duban.cli.options import AsJson, Plans
from duban.cli.output import print_json, write
from duban.cli.renumbered import renumbered_in_words
from duban.planner.changes import Change, ChangeKind
from duban.service.apply import Difference, differences, refuse_drafts
from duban.service.opening import open_workplace
from duban.service.renumbering import renumbered
from duban.service.saved_plan import difference_as_json, save
from duban.service.words import DRAFT, ITEM_KINDS, changed
from duban.service.workplace import Workplace, known_plans
from duban.settings import Settings
from models.obligation import ItemKind, Role

CHANGED = 4
"""The exit code of ``--detailed-exitcode`` where there is something to apply."""

_MARKS = {ChangeKind.ADD: "+", ChangeKind.CHANGE: "~", ChangeKind.WITHDRAW: "-"}
_WORDS = {ChangeKind.ADD: "新增", ChangeKind.CHANGE: "变更", ChangeKind.WITHDRAW: "撤销"}
_INDENT = " " * 5


def plan(
    names: Plans = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Save the changes for `duban apply --file`."),
    ] = None,
    detailed_exitcode: Annotated[
        bool, typer.Option("--detailed-exitcode", help="0: nothing to apply, 4: changes.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what apply would change in the ledger; nothing is written there.

    Drafts (征求意见稿) are shown and never saved, applied or counted as changes.
    """
    workplace = open_workplace(Settings.read())
    plans = known_plans(workplace, dict.fromkeys(names or []))
    found = differences(workplace, plans)
    ready = [part for part, item in zip(found, plans, strict=True) if not is_draft(item)]
    if out:
        if not ready:
            refuse_drafts(plans)
        save(out, ready, clock.now())
    if as_json:
        print_json([_as_json(workplace, difference) for difference in found])
    else:
        print_differences(workplace, found)
        if out:
            write(f"已存入 {out}，可用 duban apply --file {out} 录入。")
    if detailed_exitcode and any(difference.changes for difference in ready):
        raise typer.Exit(CHANGED)


def print_differences(workplace: Workplace, found: Iterable[Difference]) -> None:
    """Every change, plan by plan, with what must be acknowledged anew and a count at the end."""
    for difference in found:
        item = workplace.office.plans[difference.plan]
        mark = f"【{DRAFT}，不会录入】" if is_draft(item) else ""
        write(f"{difference.plan}　{item.matrix.title}{mark}")
        _print_changes(difference.changes)
        if difference.asks_again:
            write("  需重新签收：")
            said = [
                f"{key.rpartition('/')[2]}（{summary}）"
                for key, summary in difference.asks_again.items()
            ]
            for line in filled(said, indent="    "):
                write(line)
        for line in renumbered_in_words(renumbered(difference.changes)):
            write(line)
        write(f"  {_count(difference)}")
        write("")


def _as_json(workplace: Workplace, difference: Difference) -> dict[str, object]:
    item = workplace.office.plans[difference.plan]
    return difference_as_json(difference) | {"draft": is_draft(item)}


def _print_changes(changes: Iterable[Change]) -> None:
    """One line for what is the same for several units, and the units below it."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        groups.setdefault(_sameness(change), []).append(change)
    lines = table((_row(group[0]) for group in groups.values()), {3: 24}, indent="  ")
    for group, line in zip(groups.values(), lines, strict=True):
        write(line)
        for more in (*_field_lines(group[0]), *_units(group)):
            write(more)


def _sameness(change: Change) -> tuple[object, ...]:
    """What two units' changes have in common to be shown as one."""
    item = change.obligation
    key = item.id.removesuffix(item.unit)
    return change.kind, key, item.title, item.due_on, tuple(change.fields.items())


def _row(group: Change) -> list[str]:
    item = group.obligation
    is_row = item.kind is ItemKind.DUTY
    return [
        _MARKS[group.kind],
        item.due_on.isoformat() if item.due_on else "—",
        ITEM_KINDS[item.kind],
        f"{item.duties[0]} {item.title}" if is_row else item.title,
    ]


def _field_lines(change: Change) -> Iterator[str]:
    for name, (before, after) in change.fields.items():
        said = "：".join(changed(name, before, after))
        yield from folded(said, indent=_INDENT, hanging=_INDENT + "  ")


def _units(group: list[Change]) -> Iterator[str]:
    leads = [item.obligation.unit for item in group if item.obligation.role is Role.LEAD]
    others = [item.obligation.unit for item in group if item.obligation.role is not Role.LEAD]
    if leads:
        yield from filled(leads, indent=f"{_INDENT}牵头：", hanging=_INDENT)
    if others:
        count = f"{len(others)}个单位：" if len(others) > 1 else ""
        yield from filled(others, indent=_INDENT + count, hanging=_INDENT)


def _count(difference: Difference) -> str:
    kinds = Counter(change.kind for change in difference.changes)
    if not kinds:
        return "没有变化"
    said = "，".join(f"{_WORDS[kind]} {kinds[kind]} 项" for kind in ChangeKind if kinds[kind])
    again = len(difference.asks_again)
    return said + (f"，{again} 个单位需重新签收" if again else "")
