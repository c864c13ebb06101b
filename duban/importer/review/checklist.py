"""What to confirm, in the order of what a mistake would cost: wrong units first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from duban.importer.review.shown import DatedView, Link, RowView
from models.draft import Draft, How

_COMPLETED = (How.PREFIX_INHERITED, How.SHARED_NOUN, How.ALIAS, How.DUAL_NAME)


class Check(NamedTuple):
    """One thing to confirm: its title, what to look for, where."""

    title: str
    remark: str
    links: tuple[Link, ...]


def checklist(draft: Draft, rows: Sequence[RowView], dated: Sequence[DatedView]) -> list[Check]:
    """What to confirm besides the questions and the rows with doubts, the costliest first."""
    return [*_names(draft), *_dates(dated), *_rest(rows)]


def _names(draft: Draft) -> Iterator[Check]:
    if completed := tuple(_completed(draft)):
        remark = "名称不是照抄原文，看补得对不对；同一写法只列一次"
        yield Check(f"补全的单位名称 {len(completed)} 种", remark, completed)


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


def _dates(dated: Sequence[DatedView]) -> Iterator[Check]:
    if due := [each for each in dated if each.has_due]:
        links = tuple(Link(f"{each.named}：{each.due}", each.id) for each in due)
        yield Check(f"定了期限的 {len(due)} 项", "日期、由谁报、报给谁", links)
    if without := [each for each in dated if not each.has_due]:
        remark = "看原文是否写了期限；不定日期就不催办"
        links = tuple(Link(each.named, each.id) for each in without)
        yield Check(f"没有定出日期的 {len(without)} 项", remark, links)


def _rest(rows: Sequence[RowView]) -> Iterator[Check]:
    if figures := [row for row in rows if row.quantities]:
        count = sum(len(row.quantities) for row in figures)
        yield Check(f"数量指标 {count} 个", "数、单位、“以上”还是“以下”", _links(figures))
    if funded := [row for row in rows if row.funding]:
        yield Check(f"资金渠道 {len(funded)} 项", "名称有没有断开或连在一起", _links(funded))
    yield Check("文件信息", "文号、发文机关、印发日期、实施期限", (Link("见页首", "top"),))


def _links(rows: Iterable[RowView]) -> tuple[Link, ...]:
    return tuple(Link(row.number, row.id) for row in rows)
