"""The subject line: what, and until when."""

from collections import Counter

from models.notice import Reason
from models.obligation import Role
from models.policy import NoticeKind
from notifications.digest import Digest, Item, Row, Urgency, gathered, urgency
from notifications.wording import clean, deed, labels, near_day, remaining, shortened
from notifications.words import ROLES

_TITLE = 48
_UNIT = 24
_NUMBER = 24


def parts(rows: tuple[Row, ...]) -> str:
    """牵头1项、责任2项."""
    counts = Counter(row.role for row in rows)
    return "、".join(f"{ROLES[role]}{counts[role]}项" for role in Role if counts[role])


def _matter(item: Item, digest: Digest) -> str:
    title = shortened(clean(item.title), _TITLE)
    if item.kind in (NoticeKind.DECISION, NoticeKind.REQUEST) and (news := _news(item, digest)):
        return f"{title} {news}"
    if item.due_on is None:
        return title
    day = near_day(item.due_on, digest.on)
    if item.days_left == 0:
        return f"{title} 请于今日（{day[:-1].replace('（', ' ')}）{deed(item.to)}"
    overdue = item.days_left is not None and item.days_left < 0
    verb = "应于" if overdue or item.for_information else "请于"
    return f"{title} {verb}{day}前{deed(item.to)} · {remaining(item)}"


def _news(item: Item, digest: Digest) -> str:
    """What a decision or a request comes to, where a due date does not say it."""
    if item.reason is Reason.REASSIGNED and item.heir:
        return f"已转由{shortened(clean(item.heir), _UNIT)}办理"
    if item.until:
        lead = "申请延至" if item.reason is Reason.EXTENSION_REQUESTED else "暂缓至"
        return f"{lead}{near_day(item.until, digest.on)}"
    return ""


def _plan_matter(item: Item) -> str:
    plan = shortened(clean(item.plan.title), _TITLE)
    if item.kind is NoticeKind.ACKNOWLEDGE_CHASE:
        return f"{plan} 任务尚未签收，请尽快签收"
    share = parts(item.rows)
    return f"{plan}：{share}，请签收" if share else f"{plan} 请签收"


def _named(group: list[Item], matter: str) -> str:
    units = list(dict.fromkeys(item.unit for item in group))
    first = shortened(clean(units[0]), _UNIT)
    return f"{first}等{len(units)}个单位 {matter}" if len(units) > 1 else f"{first} {matter}"


def _round_up(digest: Digest) -> str:
    """【督办周报】… 截至10月21日（周一）：逾期3项、待审核2项; several plans are only counted."""
    first, *others = digest.round_ups
    plan = shortened(clean(first.plan.title), _TITLE)
    overdue = sum(len(matter.units) for part in digest.round_ups for matter in part.overdue)
    waiting = sum(len(matter.units) for part in digest.round_ups for matter in part.waiting)
    more = f"等{len(others) + 1}个方案" if others else ""
    told = f"逾期{overdue}项、待审核{waiting}项"
    return f"【督办周报】{plan}{more} 截至{near_day(digest.on, digest.on)}：{told}"


def subject(digest: Digest) -> str:
    """The most urgent item, how many there are, and the document's number; one line.

    It stays under 200 characters whatever the names: titles are shortened, dates never.
    """
    groups = gathered(digest.items)
    if not groups:
        return _round_up(digest)
    first = groups[0][-1]  # of several decisions the last
    rank = urgency(first)
    if rank in (Urgency.ASSIGNMENT, Urgency.ACKNOWLEDGE_CHASE):
        matter = _plan_matter(first)
    elif first.for_information or rank is Urgency.UNREACHABLE:
        matter = _named(groups[0], _matter(first, digest))
    else:
        matter = _matter(first, digest)
    more = f" 等{len(groups)}项" if len(groups) > 1 else ""
    plan = digest.plan
    number = plan.document_number if plan else None
    tail = f"（{shortened(clean(number), _NUMBER)}）" if number else ""
    return f"【{labels(groups[0])}】{matter}{more}{tail}"
