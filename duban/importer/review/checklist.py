"""What to confirm, in the order of what a mistake would cost: wrong units first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from duban.importer.review.view import DatedView, Link, Question, RowView
from models.draft import Draft, How

_COMPLETED = (How.PREFIX_INHERITED, How.SHARED_NOUN, How.ALIAS, How.DUAL_NAME)


class Check(NamedTuple):
    """One thing to confirm: its title, what to look for, where."""

    title: str
    remark: str
    links: tuple[Link, ...]


def checklist(
    draft: Draft,
    rows: Sequence[RowView],
    dated: Sequence[DatedView],
    asked: Sequence[Question],
) -> list[Check]:
    """What there is to confirm, the costliest first; what does not occur is left out."""
    found = (*_units(draft, rows), *_questions(asked), *_dates(dated), *_rest(draft, rows))
    return list(found)


def _units(draft: Draft, rows: Sequence[RowView]) -> Iterator[Check]:
    doubtful = [(row, chip) for row in rows for chip in row.units if chip.is_doubtful]
    if doubtful:
        links = tuple(
            Link(f"{row.number} {chip.written} → {chip.name}", chip.id) for row, chip in doubtful
        )
        yield Check(f"有疑问的单位 {len(doubtful)} 处", "逐个对照原文；认不准的问印发单位", links)
    if empty := [row for row in rows if not row.units]:
        yield Check(f"没有单位的事项 {len(empty)} 项", "补上责任单位，或删去该项", _links(empty))
    completed = list(_completed(draft))
    if completed:
        remark = "名称不是照抄原文，看补得对不对；同一写法只列一次"
        yield Check(f"补全的单位名称 {len(completed)} 种", remark, tuple(completed))
    if groups := [row for row in rows if row.is_open_ended]:
        remark = "原文以“等”或“有关部门”结尾，是否还有别的单位"
        yield Check(f"单位没有列全的事项 {len(groups)} 项", remark, _links(groups))


def _completed(draft: Draft) -> Iterator[Link]:
    seen: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], str] = {}
    for at, row in enumerate(draft.rows, 1):
        for nth, unit in enumerate(row.line.units if row.line else (), 1):
            if unit.how in _COMPLETED and unit.written != unit.name and not unit.is_doubtful:
                key = unit.written, unit.name
                seen[key] += 1
                first.setdefault(key, f"r{at}u{nth}")
    for key, times in seen.items():
        more = f"（{times} 处）" if times > 1 else ""
        yield Link(f"{key[0]} → {key[1]}{more}", first[key])


def _questions(asked: Sequence[Question]) -> Iterator[Check]:
    if asked:
        links = tuple(Link(f"问题 {each.number}", f"Q{each.number}") for each in asked)
        yield Check(f"待决定的问题 {len(asked)} 个", "逐条决定，同意建议的照建议填写", links)


def _dates(dated: Sequence[DatedView]) -> Iterator[Check]:
    if without := [each for each in dated if not each.has_due]:
        remark = "文件没有写日期：不定日期就不催办"
        yield Check(f"没有期限的事项 {len(without)} 项", remark, _titles(without))
    if due := [each for each in dated if each.has_due]:
        links = tuple(Link(f"{each.title}：{each.due}", each.id) for each in due)
        yield Check(f"期限 {len(due)} 项", "日期、由谁报、报给谁", links)


def _rest(draft: Draft, rows: Sequence[RowView]) -> Iterator[Check]:
    proposed = [row for row in rows if row.units and not row.is_lead_declared]
    if proposed:
        remark = "文件没有写明牵头单位，首列单位只是建议；确认之前不作为牵头单位通知"
        yield Check(f"牵头单位待确认 {len(proposed)} 项", remark, _links(proposed))
    if figures := [row for row in rows if row.quantities]:
        count = sum(len(row.quantities) for row in figures)
        yield Check(f"数量指标 {count} 个", "数、单位、“以上”还是“以下”", _links(figures))
    if funded := [row for row in rows if row.funding]:
        yield Check(f"资金渠道 {len(funded)} 项", "名称有没有断开或连在一起", _links(funded))
    if draft.groups:
        remark = "、".join(draft.groups) + "：在 units.yaml 里列出成员后才能逐个送达"
        yield Check(f"合称 {len(draft.groups)} 个", remark, ())
    yield Check("文件信息", "文号、发文机关、日期、期限、状态", (Link("见页首", "top"),))


def _links(rows: Iterable[RowView]) -> tuple[Link, ...]:
    return tuple(Link(row.number, row.id) for row in rows)


def _titles(dated: Iterable[DatedView]) -> tuple[Link, ...]:
    return tuple(Link(each.title, each.id) for each in dated)
