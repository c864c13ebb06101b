"""How a reader can answer, in whole sentences, and only in ways that exist."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.policy import NoticeKind
from notifications.digest import Item
from notifications.wording import month_after, plain_day

TO_THE_OFFICE = (
    "请直接回复本邮件，由督办联系人登记：已收到请写“签收”，有进展请写进展情况，"
    "完成请写“已办结”并附材料。"
)
"""Where people read the answers, not a program."""

BY_PHONE = "也可拨打所列督办联系电话说明情况。"

_EVIDENCE = "佐证材料可作为附件，随回复一并发来。"
_ANYTHING = "如有情况需要说明，可直接回复本邮件。"
_ASSIGNED = (NoticeKind.ASSIGNMENT, NoticeKind.ACKNOWLEDGE_CHASE)


def how_to_answer(
    items: Iterable[Item],
    numbered: Sequence[str],
    *,
    reads_replies: bool,
    wants_evidence: bool,
) -> tuple[str, ...]:
    """The ways to answer for those of the items that are numbered, each a sentence.

    ``reads_replies``: a program reads them, and knows the words that are named here.
    """
    owed = {numbered.index(i.obligation) + 1: i for i in items if i.obligation in numbered}
    if not owed:
        return ()
    by_reply = _by_reply(owed, wants_evidence) if reads_replies else (_to_the_office(owed),)
    has_phone = any(item.plan.coordinator_phone for item in owed.values())
    return (*by_reply, BY_PHONE) if has_phone else tuple(by_reply)


def _to_the_office(owed: Mapping[int, Item]) -> str:
    is_asked = any(item.kind in _ASSIGNED or item.due_on for item in owed.values())
    return TO_THE_OFFICE if is_asked else _ANYTHING


def _by_reply(owed: Mapping[int, Item], wants_evidence: bool) -> Iterator[str]:
    items = owed.values()
    is_assigned = any(item.kind in _ASSIGNED for item in items)
    is_dated = any(item.due_on for item in items)
    if not is_assigned and not is_dated:
        yield _ANYTHING
        return
    words = list(_words(items, is_assigned, is_dated))
    yield f"直接回复本邮件，在回复开头写明：{'；'.join(words)}。"
    if len(items) > 1:
        yield (
            f"本邮件有{len(items)}项，请在每句前写上序号，如“{_example(owed)}”；"
            "全部签收的写“全部签收”。不写序号的回复须由人工核对。"
        )
    rows = next((item.rows for item in items if item.to and len(item.rows) > 1), ())
    if rows:
        yield f"报送总结的，请按任务分段写，每段以“任务{rows[0].number}：”这样的字样开头。"
    if wants_evidence and is_dated:
        yield _EVIDENCE


def _words(items: Iterable[Item], is_assigned: bool, is_dated: bool) -> Iterator[str]:
    """The words that an answer begins with, and when each is meant."""
    yield "已收悉的写“签收”"
    if is_dated:
        yield "有进展的写“进展：具体情况”，没有进展的写“无进展”"
        yield "已完成的写“已办结”"
    ahead = [item.due_on for item in items if item.due_on and (item.days_left or 0) >= 0]
    if ahead:
        yield f"需要延期的写“申请延期至{plain_day(month_after(max(ahead)))}，原因：具体原因”"
    if is_assigned:
        yield "不属于本单位职责的写“退回：具体原因”"


def _example(owed: Mapping[int, Item]) -> str:
    """A whole answer with numbers that the mail has, each with words that fit its item."""
    dated = sorted(number for number, item in owed.items() if item.due_on)
    others = sorted(number for number, item in owed.items() if item.kind in _ASSIGNED)
    match dated, others:
        case [first, second, third, *_], _:
            return f"{first}、{third} 已办结；{second} 进展：具体情况"
        case [first, second], _:
            return f"{first} 已办结；{second} 进展：具体情况"
        case [first], [second, *_]:
            return f"{first} 已办结；{second} 签收"
        case [], [first, second, *_]:
            return f"{first} 签收；{second} 退回：具体原因"
    return f"{(dated or others)[0]} 进展：具体情况"
