"""What a draft leaves open, as the numbered questions of a plan."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.draft import Doubt, Draft, Part, Row
from models.matrix import Matrix

_SHOWN = 20
_FIELDS = frozenset(Matrix.model_fields)


class Asked(NamedTuple):
    """A question: what it is about, its code, the words, a proposal, the line of the document."""

    about: str
    code: str
    question: str
    proposal: str | None
    line: int | None


def questions(draft: Draft) -> list[Asked]:
    """Every question of a draft, those of one kind about many rows put into one."""
    keys = {duty.key for duty in draft.dated}
    numbers = {row.number for row in draft.rows}
    known = {"plan", *_FIELDS, *keys, *numbers}
    asked = [_of(doubt, known) for doubt in draft.doubts]
    asked += _without_lead(draft.rows)
    asked += _groups(draft)
    asked += _owers(draft)
    return list(_merged(asked))


def _of(doubt: Doubt, known: set[str]) -> Asked:
    about = doubt.about if doubt.about in known else "plan"
    line = doubt.place.line if doubt.place else None
    return Asked(about, doubt.code, doubt.message, doubt.suggestion, line)


def _without_lead(rows: Iterable[Row]) -> Iterator[Asked]:
    """The rows in which the document declares no lead, in one question."""
    rows = list(rows)
    with_units = [row for row in rows if row.line and row.line.units]
    open_rows = [row for row in with_units if not any(_is_lead(row))]
    if not open_rows:
        return
    if len(open_rows) == len(with_units):
        words = f"{len(open_rows)}项任务均未写明牵头单位。"
    else:
        numbers = "、".join(row.number for row in open_rows[:_SHOWN])
        words = f"{numbers}{'等' if len(open_rows) > _SHOWN else ''}未写明牵头单位。"
    proposal = "暂以各项首列单位为牵头建议，由办公室逐项确认。"
    yield Asked("plan", "no-lead", words, proposal, open_rows[0].place.line)


def _is_lead(row: Row) -> Iterator[bool]:
    return (unit.part is Part.LEAD for unit in (row.line.units if row.line else ()))


def _groups(draft: Draft) -> Iterator[Asked]:
    if draft.groups:
        names = "”“".join(draft.groups[:_SHOWN])
        words = f"“{names}”包括哪些单位，文件没有列名。"
        proposal = "在 units.yaml 的 groups 中列出成员。"
        yield Asked("plan", "group-members", words, proposal, None)


def _owers(draft: Draft) -> Iterator[Asked]:
    for duty in draft.dated:
        if not duty.who:
            words = f"“{duty.title[:60]}”没有写由谁负责。"
            yield Asked(duty.key, "who-unknown", words, None, duty.place.line)


def _merged(asked: Iterable[Asked]) -> Iterator[Asked]:
    """Each question once; the same words about several rows name the others behind them."""
    asked = list(dict.fromkeys(asked))
    about_owers = {one.line for one in asked if one.code == "who-unknown" and one.about != "plan"}
    done: set[tuple[str, str]] = set()
    for one in asked:
        if one.code == "who-unknown" and one.about == "plan" and one.line in about_owers:
            continue
        key = (one.code, one.question)
        if key in done:
            continue
        done.add(key)
        others = [each.about for each in asked if (each.code, each.question) == key][1:]
        also = f"（{'、'.join(others[:_SHOWN])}同）" if others else ""
        yield one._replace(question=one.question + also)
