"""A digest made into a subject, a plain text and an HTML page; pure, without clock or files."""

from collections import Counter
from functools import cache
from itertools import count
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from notifications.digest import (
    Dated,
    Digest,
    Item,
    PlanHead,
    Row,
    Urgency,
    gathered,
    ordered,
    urgency,
)
from notifications.round_up import week
from notifications.subject import parts, subject
from notifications.wording import (
    LINK_TERMS,
    SENTINEL,
    clean,
    deadline,
    deed,
    full_day,
    labels,
    near_day,
    opinion,
    remaining,
    request,
    rest_day,
    shortened,
)
from notifications.words import ROLES

IN_FULL = 30
"""So many items are set out in full; the rest get one line each."""

_QUOTE = 400
_TITLE = 120
_ROUND_UP = "一周督办情况汇总如下，请审阅"
_PROVISIONAL = "该年放假安排尚未公布，工作日暂按周末推算"

_OVERDUE = (Urgency.SLIP_RED, Urgency.SLIP_ORANGE, Urgency.SLIP_BLUE, Urgency.CHASE)
_OPENINGS = (
    (_OVERDUE, "逾期未办结", "以下事项逾期未办结，请抓紧办理"),
    ((Urgency.DUE_TODAY,), "今日截止", "以下事项今日截止，请按时办理"),
    ((Urgency.DECISION,), "已有处理决定", "以下事项已有处理决定，请知悉并照此办理"),
    ((Urgency.REMINDER,), "临近期限", "以下事项临近期限，请按时办理"),
    ((Urgency.REQUEST,), "申请待审核", "以下申请请审核答复"),
    ((Urgency.INNER_DATE,), "待汇总", "以下报告请抓紧汇总"),
    ((Urgency.ACKNOWLEDGE_CHASE, Urgency.ASSIGNMENT), "待签收", "以下任务交由贵单位办理，请签收"),
    ((Urgency.UNREACHABLE,), "未能送达", "以下通知未能送达，请核实联系人"),
    ((Urgency.FOR_INFORMATION,), "抄送知悉", "以下事项抄送，供掌握情况"),
)
"""Kinds of items by what they ask of the reader: in a list of several, and where there is one."""


class Rendered(NamedTuple):
    """What a reader sees of a mail: one line of subject and the same words twice."""

    subject: str
    text: str
    html: str


class Entry(NamedTuple):
    """One obligation, or several that differ in their unit only, as the templates print it.

    All strings are single lines and not yet escaped; an empty one is left out. ``accent`` names
    the colour of the margin. ``said`` pairs what is asked, for each decision in turn, with the
    opinion behind it: whose words they are, and the words.
    """

    number: int
    label: str
    accent: str
    title: str
    units: str
    deadline: str
    remaining: str
    notes: tuple[str, ...]
    said: list[tuple[str, tuple[str, str]]]
    covers: str
    rows: list[tuple[str, str, str]]
    dated: list[tuple[str, str]]
    quote: str
    document: str
    contact: str


_ACCENTS = {
    Urgency.SLIP_RED: "red",
    Urgency.SLIP_ORANGE: "orange",
    Urgency.SLIP_BLUE: "blue",
    Urgency.CHASE: "red",
    Urgency.DUE_TODAY: "orange",
    Urgency.DECISION: "blue",
    Urgency.REQUEST: "orange",
}


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("notifications", "templates/zh"),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["link_terms"] = LINK_TERMS
    return environment.get_template(name)


def _document(plan: PlanHead) -> str:
    number = f"（{clean(plan.document_number)}）" if plan.document_number else ""
    issued = ""
    if plan.issued_on:
        issued = f"，{plan.issued_on.year}年{plan.issued_on.month}月{plan.issued_on.day}日"
    return f"《{shortened(clean(plan.title), _TITLE)}》{number}{issued}"


def _contact(plan: PlanHead, in_full: bool = True) -> str:
    ways = [clean(plan.coordinator)]
    if plan.coordinator_phone:
        ways.append(f"电话 {clean(plan.coordinator_phone)}")
    if plan.coordinator_address and in_full:
        ways.append(f"邮箱 {clean(plan.coordinator_address)}")
    return "，".join(ways)


def _notes(item: Item, digest: Digest) -> tuple[str, ...]:
    if item.due_on is None or item.days_left is None or item.days_left < 0:
        return ()
    rest = rest_day(item.due_on, item.last_workday, digest.on)
    return tuple(note for note in (rest, _PROVISIONAL if item.provisional else "") if note)


def _dated(dated: Dated, digest: Digest) -> tuple[str, str]:
    when = f"{full_day(dated.due_on)}前{deed(dated.to)}{clean(dated.to or '')}"
    rest = rest_day(dated.due_on, dated.last_workday, digest.on)
    return clean(dated.title), f"{when}；{rest}" if rest else when


def _rows(rows: tuple[Row, ...]) -> list[tuple[str, str, str]]:
    return [(clean(row.number), clean(row.title), ROLES[row.role]) for row in rows]


def _numbers(groups: list[list[Item]], digest: Digest) -> list[int]:
    """The number of each entry: what can be answered has one to be named by, the rest follows."""
    known = {obligation: number for number, obligation in enumerate(digest.numbered, start=1)}
    others = count(len(known) + 1)
    return [known.get(group[0].obligation) or next(others) for group in groups]


def _entry(number: int, group: list[Item], digest: Digest, named: bool) -> Entry:
    item = group[-1]
    units = list(dict.fromkeys(clean(each.unit) for each in group))
    several = f"（共{len(units)}个单位）" if len(units) > 1 else ""
    rows = item.rows if len(units) == 1 else ()
    return Entry(
        number=number,
        label=labels(group),
        accent=_ACCENTS.get(urgency(item), "grey"),
        title=clean(item.title),
        units="、".join(units) + several if named or item.for_information else "",
        deadline=deadline(item),
        remaining=remaining(item),
        notes=_notes(item, digest),
        said=list(dict.fromkeys((request(each), opinion(each)) for each in group)),
        covers=parts(rows),
        rows=_rows(rows),
        dated=[_dated(dated, digest) for dated in item.dated],
        quote=shortened(clean(item.text), _QUOTE),
        document="" if digest.plan else clean(item.plan.document_number or item.plan.title),
        contact="" if digest.plan else _contact(item.plan, in_full=False),
    )


def _line(number: int, group: list[Item], digest: Digest, named: bool) -> str:
    item = group[-1]
    units = list(dict.fromkeys(clean(each.unit) for each in group))
    unit = units[0] if named or item.for_information else ""
    several = f"等{len(units)}个单位" if len(units) > 1 else ""
    by = f"{near_day(item.due_on, digest.on)}前{deed(item.to)}" if item.due_on else ""
    words = [unit + several, clean(item.title), by, remaining(item)]
    return f"{number}. 【{labels(group)}】" + " ".join(word for word in words if word)


def _opening(groups: list[list[Item]]) -> str:
    counts = Counter(urgency(group[0]) for group in groups)
    told = [(sum(counts[rank] for rank in ranks), name, alone) for ranks, name, alone in _OPENINGS]
    present = [kind for kind in told if kind[0]]
    total = f"（共{len(groups)}项）" if len(groups) > 1 else ""
    if not present:
        return _ROUND_UP
    if len(present) == 1:
        return present[0][2] + total
    listed = "、".join(f"{name}{count}项" for count, name, _ in present)
    return f"督办事项共{len(groups)}项，其中{listed}"


def render(digest: Digest) -> Rendered:
    """Subject, text and HTML of a digest, in Chinese.

    Raises:
        ValueError: the digest is empty; an empty mail is never sent.
    """
    if not digest.items and not digest.round_ups:
        raise ValueError(f"digest {digest.key} holds no item")
    groups = gathered(digest.items)
    named = len({item.unit for item in digest.items}) > 1
    plans = digest._replace(items=tuple(ordered(digest.items))).plans
    numbered = list(zip(_numbers(groups, digest), groups, strict=True))
    line = subject(digest)
    page = {
        "sentinel": SENTINEL if digest.reads_replies else "",
        "page": (digest.page.url, full_day(digest.page.good_until)) if digest.page else None,
        "subject": line,
        "salutation": clean(digest.salutation),
        "today": full_day(digest.on),
        "opening": _opening(groups),
        "entries": [_entry(number, group, digest, named) for number, group in numbered[:IN_FULL]],
        "lines": [_line(number, group, digest, named) for number, group in numbered[IN_FULL:]],
        "plans": [(_document(plan), _contact(plan)) for plan in plans],
        "signature": clean(digest.plan.coordinator) if digest.plan else "",
        "answers": [clean(sentence) for sentence in digest.how_to_answer],
        "round_ups": [week(part, digest.on) for part in digest.round_ups],
    }
    return Rendered(
        line,
        _template("digest.txt.j2").render(page),
        _template("digest.html.j2").render(page),
    )
