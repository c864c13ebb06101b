"""``duban explain``: why a date is that date, and why a notice went, will go or stays silent."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from duban.cli.explain_step import step_as_json, step_lines
from duban.cli.layout import folded
from duban.cli.names import is_draft
from duban.cli.options import AsJson, AsOf
from duban.cli.output import print_json, write
from duban.planner.due_dates import RULE_TEXTS
from duban.service.entry_details import details
from duban.service.explain import Explanation
from duban.service.explain import explain as explained
from duban.service.opening import moment_for, open_workplace
from duban.service.step_stories import Fate
from duban.service.words import DRAFT, ENTRIES, FIELDS, ITEM_KINDS, LIGHTS, PROVISIONAL
from duban.service.workplace import Workplace
from duban.settings import Settings
from duban.store.database import Record
from models.entry import EntryKind
from models.obligation import ItemKind
from models.workdays import WorkCalendar
from notifications.wording import full_day
from notifications.words import STAGES

_SATURDAY = 5
_TO_COME = (Fate.NOW, Fate.AHEAD)


def explain(
    obligation: Annotated[
        str, typer.Argument(metavar="OBLIGATION", help="Its id, as `duban ledger --ids` lists it.")
    ],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Say how a due date came about, which notices went, go next, or stay silent, and why.

    What is not in the ledger yet is explained as the matrix has it.
    """
    settings = Settings.read()
    workplace = open_workplace(settings)
    on = moment_for(workplace, as_of, settings.timezone).as_of
    found = explained(workplace, obligation, on)
    if as_json:
        print_json(_as_json(found))
        return
    for section in (_heading, _due, _steps, _entries):
        for line in section(workplace, found):
            write(line)


def _as_json(found: Explanation) -> dict[str, object]:
    item, origin, row = found.obligation, found.origin, found.row
    ahead = [story for story in found.steps if story.fate in _TO_COME]
    return {
        "obligation": item.id,
        "plan": item.plan,
        "kind": item.kind,
        "title": item.title,
        "unit": item.unit,
        "as_of": found.as_of,
        "applied": row is not None,
        "armed_on": found.armed_on,
        "revision": found.revision,
        "stage": row.stage if row else None,
        "light": row.light if row else None,
        "text": item.text,
        "place": origin.source.place if origin.source else None,
        "rule": item.rule,
        "rule_text": RULE_TEXTS.get(item.rule or ""),
        "decided": origin.decision.because if origin.decision else None,
        "proposed_on": origin.proposal,
        "due_on": item.due_on,
        "stated_on": found.stated_on or item.due_on,
        "inner_due_on": found.inner_due_on,
        "last_workday": found.last_workday,
        "awaits": found.awaits,
        "steps": [step_as_json(story) for story in found.steps],
        "next": step_as_json(ahead[0]) if ahead else None,
        "earlier": [
            {"revision": row.revision, "step": row.step, "on": row.on, "address": row.recipient}
            for row in found.earlier
        ],
        "entries": [_entry_as_json(entry) for entry in found.entries],
    }


def _entry_as_json(entry: Record) -> dict[str, object]:
    detail = json.loads(entry.detail) if entry.detail else {}
    return {
        "kind": entry.kind,
        "on": entry.on,
        "by": entry.by,
        "text": entry.text,
        "fields": detail,
    }


def _heading(workplace: Workplace, found: Explanation) -> Iterator[str]:
    item, row = found.obligation, found.row
    unit = workplace.unit_now(item.plan, item.unit, found.as_of)
    yield from folded(f"{unit}　{item.title}")
    yield f"  {item.id}　{ITEM_KINDS[item.kind]}"
    plan = workplace.office.plans.get(item.plan)
    if row:
        yield f"  {full_day(found.as_of)}：{STAGES[row.stage]}，{LIGHTS[row.light]}灯"
    elif plan and is_draft(plan):
        yield f"  {DRAFT}，不会发出通知；以下假定 {full_day(found.armed_on)} 交办"
    else:
        yield f"  尚未录入台账（duban apply）；以下假定 {full_day(found.armed_on)} 交办"
    if found.awaits:
        changed = "、".join(FIELDS.get(name, name) for name in found.awaits)
        yield f"  矩阵已改、台账未改：{changed}（duban plan 查看）"


def _due(workplace: Workplace, found: Explanation) -> Iterator[str]:
    item, origin = found.obligation, found.origin
    yield ""
    yield "一、期限"
    if item.kind is ItemKind.ASSIGNMENT:
        yield "  签收没有期限；从交办之日起催签收。"
        return
    if origin.source:
        yield f"  出处：{origin.source.place}（第 {origin.source.line} 行）"
    if item.text:
        yield from folded(f"  原文：{item.text}", hanging=" " * 8)
    if item.rule:
        yield from folded(f"  规则：{RULE_TEXTS[item.rule]}（{item.rule}）", hanging=" " * 8)
    if origin.decision:
        said = f"{origin.decision.month_day}，{origin.decision.because}"
        yield from folded(f"  决定：{said}", hanging=" " * 8)
    if origin.note:
        yield from folded(f"  说明：{origin.note}", hanging=" " * 8)
    yield from _due_day(workplace.calendar, found)


def _due_day(calendar: WorkCalendar, found: Explanation) -> Iterator[str]:
    item, origin = found.obligation, found.origin
    if item.due_on is None or found.last_workday is None:
        if origin.proposal:
            yield f"  期限：待办公室决定；建议 {full_day(origin.proposal)}。决定之前不提醒。"
        elif item.kind is ItemKind.DUTY:
            yield "  期限：文件没有写，是常年事项，到方案最后一日为止；随方案的报送一并报告。"
        else:
            yield "  期限：文件没有写明哪一日，只登记，不提醒。"
        return
    mark = f"（{PROVISIONAL}：{item.due_on.year}年的放假安排尚未公布）"
    provisional = mark if calendar.is_provisional(item.due_on) else ""
    yield f"  期限：{full_day(item.due_on)}，{_kind_of_day(calendar, item.due_on)}{provisional}"
    if found.last_workday != item.due_on:
        yield f"  T：{full_day(found.last_workday)}，期限前最后一个工作日；提醒从这一天往前算"
    else:
        yield f"  T：{full_day(found.last_workday)}，就是期限当日；提醒从这一天往前算"
    if found.stated_on:
        yield f"  文件写明的期限：{full_day(found.stated_on)}；经批准延期或暂缓后为现在的期限"
    if found.inner_due_on:
        yield f"  退办后的重报时限：{full_day(found.inner_due_on)}；目前按这一天催办"
    yield f"  逾期：从 {full_day(calendar.shift(item.due_on, 1))} 起，即期限后第一个工作日"


def _kind_of_day(calendar: WorkCalendar, day: date) -> str:
    is_weekend = day.weekday() >= _SATURDAY
    if calendar.is_workday(day):
        return "周末调休，照常上班" if is_weekend else "工作日"
    return "周末，休息" if is_weekend else "放假，休息"


def _steps(workplace: Workplace, found: Explanation) -> Iterator[str]:
    yield ""
    yield "二、通知"
    if not found.steps:
        yield "  没有可发的通知。"
    for story in found.steps:
        yield from step_lines(story, found.row)
    for row in found.earlier:
        state = f"第 {row.revision} 版期限的 {row.step}"
        yield f"  此前：{row.on} {state}，{row.recipient}"
    ahead = [story for story in found.steps if story.fate in _TO_COME]
    yield ""
    if ahead:
        yield f"  接下来：{full_day(max(ahead[0].on, found.as_of))} {ahead[0].step}"
    else:
        yield "  接下来：没有了。"


def _entries(workplace: Workplace, found: Explanation) -> Iterator[str]:
    if not found.entries:
        return
    yield ""
    yield "三、记录"
    for entry in found.entries:
        said = f"：{entry.text}" if entry.text else ""
        line = f"{entry.on} {ENTRIES[EntryKind(entry.kind)]}（{entry.by}）{said}"
        yield from folded(f"  {line}", hanging=" " * 4)
        for name, value in details(entry):
            shown = value.replace("\n", "")
            yield from folded(f"    {name}：{shown}", hanging=" " * 6)
