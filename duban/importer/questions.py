"""What a draft leaves open, as the numbered questions of a plan."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from models.draft import Doubt, Draft, Part, Row
from models.matrix import Matrix

_SHOWN = 20
_ALIKE = frozenset((
    "open-ended", "no-prefix", "prefix-from-level", "prefix-after-break", "prefix-after-other",
    "prefix-of-party", "prefix-of-organ", "prefix-of-group", "prefix-of-hall", "unknown-stem",
    "prefix-of-enterprise", "shared-noun", "topic-group", "bare-group", "dual-name",
    "through-head", "year-assumed", "date-without-year",
))  # fmt: skip
"""Codes of questions, each about quoted words, that one decision answers for a document."""
_NAMED = re.compile(r"(?P<before>[^“]*)“(?P<name>.*)”(?P<rest>[^”]*)$", re.DOTALL)
_LEADING = re.compile(
    r"(?<!共同)(?<!联合)(?<!分别)(?<!各自)(?:牵头|主办)(?!单位|部门|责任|主体|机构)"
)
"""A verb that may give the lead to one unit only: 市民政局、市残联牵头."""
_FIELDS = frozenset(Matrix.model_fields)


class Asked(NamedTuple):
    """A question: what it is about, its code, the words, a proposal, the line of the document.

    ``also`` are other rows to which the same words apply.
    """

    about: str
    code: str
    question: str
    proposal: str | None
    line: int | None
    also: tuple[str, ...] = ()


def questions(draft: Draft) -> list[Asked]:
    """Every question of a draft, those of one kind about many rows put into one."""
    keys = {duty.key for duty in draft.dated}
    numbers = {row.number for row in draft.rows}
    known = {"plan", *_FIELDS, *keys, *numbers}
    asked = [_of(doubt, known) for doubt in draft.doubts if not _is_group(doubt, draft.groups)]
    asked += _without_rows(draft.rows)
    asked += _joint_leads(draft.rows)
    asked += _without_lead(draft.rows)
    asked += _groups(draft)
    asked += _owers(draft)
    return list(_merged(asked))


def _is_group(doubt: Doubt, groups: Collection[str]) -> bool:
    """Whether it asks for the members of a group, as one question does for all groups."""
    said = _NAMED.match(doubt.message)
    return doubt.code == "open-ended" and said is not None and said["name"] in groups


def _of(doubt: Doubt, known: set[str]) -> Asked:
    about = doubt.about if doubt.about in known else "plan"
    line = doubt.place.line if doubt.place else None
    return Asked(about, doubt.code, doubt.message, doubt.suggestion, line)


def _without_rows(rows: Iterable[Row]) -> Iterator[Asked]:
    if not any(rows):
        words = "没有找到写明责任单位的任务。"
        yield Asked("plan", "no-rows", words, "对照原文逐项补写任务和责任单位。", None)


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
        words = f"{_numbers(row.number for row in open_rows)}未写明牵头单位。"
    proposal = "暂以各项首列单位为牵头建议，由办公室逐项确认。"
    yield Asked("plan", "no-lead", words, proposal, open_rows[0].place.line)


def _joint_leads(rows: Iterable[Row]) -> Iterator[Asked]:
    """The rows in which a verb gives the lead to several units, in one question.

    A column or a label of leads, and 共同牵头, say themselves that the units lead together.
    """
    found = {
        row: "、".join(unit.name for unit in row.line.units if unit.part is Part.LEAD)
        for row in rows
        if row.line and sum(_is_lead(row)) > 1 and _LEADING.search(row.line.text)
    }
    if found:
        first, *others = found
        words = "；".join(f"{row.number}（{names}）" for row, names in found.items())
        yield Asked(
            first.number,
            "joint-lead",
            f"写有两个以上牵头单位，是否共同牵头？{words}。",
            "按共同牵头处理。",
            first.place.line,
            tuple(row.number for row in others),
        )


def _is_lead(row: Row) -> Iterator[bool]:
    return (unit.part is Part.LEAD for unit in (row.line.units if row.line else ()))


def _groups(draft: Draft) -> Iterator[Asked]:
    if draft.groups:
        names = "”“".join(draft.groups[:_SHOWN])
        words = f"“{names}”包括哪些单位，文件没有列名。"
        proposal = "在单位名录（units.yaml）里写明有哪些成员。"
        yield Asked("plan", "group-members", words, proposal, None)


def _owers(draft: Draft) -> Iterator[Asked]:
    """The obligations that nobody is named for; of rows without units that is asked already."""
    bare = {row.number for row in draft.rows if not (row.line and row.line.units)}
    for duty in draft.dated:
        if not duty.who and not (duty.duties and bare.issuperset(duty.duties)):
            words = f"“{duty.title[:60]}”没有写由谁负责。"
            yield Asked(duty.key, "who-unknown", words, None, duty.place.line)


def _merged(asked: Iterable[Asked]) -> Iterator[Asked]:
    """Each question once; what is asked alike of several names or rows is one question."""
    asked = list(dict.fromkeys(asked))
    about_owers = {one.line for one in asked if one.code == "who-unknown" and one.about != "plan"}
    alike: dict[tuple[str, str], list[Asked]] = {}
    for one in asked:
        if one.code == "who-unknown" and one.about == "plan" and one.line in about_owers:
            continue
        said = _said_of(one)
        alike.setdefault((one.code, said["rest"] if said else one.question), []).append(one)
    return map(_as_one, alike.values())


def _said_of(one: Asked) -> re.Match[str] | None:
    """The name that a question is about and what it asks; None where each is decided alone."""
    return _NAMED.match(one.question) if one.code in _ALIKE else None


def _as_one(asked: list[Asked]) -> Asked:
    """The first of the questions, with the rows and the names of all."""
    first = asked[0]
    also = tuple(dict.fromkeys(each.about for each in asked))[1:]
    rows: dict[str, list[str]] = {}
    for each in asked:
        rows.setdefault(each.question, []).append(each.about)
    said = [found for question in rows if (found := _NAMED.match(question))]
    if len(rows) == 1:
        words = first.question + (f"（{_numbers(also)}同）" if also else "")
        return first._replace(question=words, also=also)
    names = "、".join(f"“{each['name']}”（{_numbers(rows[each.string])}）" for each in said)
    proposals = dict.fromkeys(
        f"{found['name']}：{each.proposal}"
        for each in asked
        if each.proposal and (found := _NAMED.match(each.question))
    )
    words = f"{said[0]['before']}{names}{said[0]['rest']}"
    is_same = len({each.proposal for each in asked}) == 1
    proposal = first.proposal if is_same else "；".join(proposals) or None
    return first._replace(question=words, proposal=proposal, also=also)


def _numbers(numbers: Iterable[str]) -> str:
    once = list(dict.fromkeys(numbers))
    return "、".join(once[:_SHOWN]) + ("等" if len(once) > _SHOWN else "")
