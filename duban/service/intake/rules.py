"""What is done about a mail that came in: pure, from what is known of it to a verdict.

Nothing is guessed. An answer acts only where it can belong to one mail of ours alone, its sender
answers for the unit, and no server of ours doubts him; all else is left to the office, with what
was understood. So a forged sender can do no more than leave a note.
"""

from collections.abc import Iterable
from typing import NamedTuple

from duban.service.intake.checks import Authentication, Checks, Contact, Token
from duban.service.words import ENTRIES
from duban.store.received import ReceivedState
from models.answer import Reading, Statement
from models.entry import EntryKind
from models.obligation import ItemKind

_E, _S = EntryKind, ReceivedState


class Item(NamedTuple):
    """A numbered item of the mail that is answered.

    ``assignment`` is the id of its unit's assignment. ``is_answerable``: the sender answers for its
    unit, and was not told merely for his information.
    """

    obligation: str
    kind: ItemKind
    unit: str
    assignment: str
    is_answerable: bool = True
    is_for_information: bool = False


class Step(NamedTuple):
    """One thing to enter: what is said about which obligation."""

    obligation: str
    statement: Statement


class Verdict(NamedTuple):
    """What becomes of a mail: its state, why (Chinese), what is entered, in which order.

    ``named`` are the obligations that its attachments are evidence of.
    """

    state: ReceivedState
    because: str = ""
    steps: tuple[Step, ...] = ()
    named: tuple[str, ...] = ()


def judge(
    checks: Checks, items: tuple[Item, ...] | None, reading: Reading, found: str = ""
) -> Verdict:
    """The verdict on a reply; ``items`` is None where it answers no mail that is known.

    ``found`` is what is wrong with finding the mail, where several could be meant.
    """
    if doubt := found or _doubt(checks, items):
        return Verdict(_S.OFFICE, doubt)
    if checks.contact is Contact.OFFICE:
        return _of_office(reading)
    if not items:
        return Verdict(_S.OFFICE, "该邮件没有可以回信办理的事项")
    steps, troubles = _steps(items, reading)
    reasons = [*troubles, *_not_understood(reading)]
    if not steps:
        return Verdict(_S.OFFICE, _joined(reasons) or "没有读懂这封回信")
    state = _S.PARTLY if reasons else _S.ACTED
    named = dict.fromkeys(step.obligation for step in steps)
    return Verdict(state, _joined(reasons), tuple(steps), tuple(named))


def lessened(state: ReceivedState, *, is_any_held: bool) -> ReceivedState:
    """What a mail comes to where something that it says could not be entered."""
    if state not in (_S.ACTED, _S.PARTLY):
        return state
    return _S.PARTLY if is_any_held else _S.OFFICE


def _doubt(checks: Checks, items: tuple[Item, ...] | None) -> str:
    """Why an answer must not act, whatever it says; empty if it may."""
    if checks.token is Token.FORGED:
        return "回信地址中的校验码不对：不是本系统发出的，或该邮件的事项编号已有变动"
    if items is None:
        return "看不出回复的是哪一封邮件：没有回信校验码，也没有引用本系统的邮件"
    if checks.authentication is Authentication.FAIL:
        said = "，".join(f"{method}={result}" for method, result in checks.results.items())
        return f"邮件服务器认为发件人身份可疑（{said}）"
    if checks.contact is Contact.UNKNOWN:
        return "发件人不是该邮件所涉单位登记的联系人"
    return ""


def _of_office(reading: Reading) -> Verdict:
    """The office decides on its pages; that it has got a mail of ours needs nobody's attention."""
    says = {statement.kind for statement in reading.statements}
    if says == {_E.ACKNOWLEDGED} and not reading.unclear:
        return Verdict(_S.IGNORED, "督办单位自己的回执，不需办理")
    return Verdict(_S.OFFICE, "抄送督办单位的邮件不能用回信办理，请在专班页面或用命令登记")


def _steps(items: tuple[Item, ...], reading: Reading) -> tuple[list[Step], list[str]]:
    said: dict[Item, list[Statement]] = {}
    troubles: list[str] = []
    for statement in reading.statements:
        meant, trouble = _meant(items, statement)
        for item in meant:
            said.setdefault(item, []).append(statement)
        troubles += [trouble] if trouble else []
    steps: dict[tuple[object, ...], Step] = {}
    for item, statements in said.items():
        if _contradict(statements):
            words = "、".join(dict.fromkeys(ENTRIES[each.kind] for each in statements))
            troubles.append(f"同一事项的答复互相矛盾（{words}）")
            continue
        for statement in statements:
            step = Step(_target(item, statement), statement)
            steps.setdefault(_what(step), step)
    return _in_order(steps.values()), troubles


def _target(item: Item, statement: Statement) -> str:
    return item.assignment if statement.kind is _E.ACKNOWLEDGED else item.obligation


def _meant(items: tuple[Item, ...], statement: Statement) -> tuple[list[Item], str]:
    """The items that a statement is about, and what keeps it from being about others."""
    if statement.items:
        numbers = dict.fromkeys(statement.items)
        known = [items[number - 1] for number in numbers if 0 < number <= len(items)]
        strange = [str(number) for number in numbers if not 0 < number <= len(items)]
    else:
        known, strange = list(items), []
    closed = [item for item in known if not item.is_answerable]
    answered = [item for item in known if item.is_answerable]
    if not statement.items:
        if not statement.for_all and not _is_one(items, statement):
            return [], f"没有写明是第几项：“{_quoted(statement)}”（该邮件有{len(items)}项）"
        closed = [] if answered else closed
        answered = _for_all(answered, statement)
    trouble = "；".join(
        [f"该邮件没有第{number}项" for number in strange] + [_refusal(item) for item in closed]
    )
    return answered, trouble


def _is_one(items: tuple[Item, ...], statement: Statement) -> bool:
    """Whether words without a number can mean one thing only."""
    owed = {_target(item, statement) for item in items if not item.is_for_information}
    return len(owed) <= 1


def _for_all(items: list[Item], statement: Statement) -> list[Item]:
    """Of all items those that can be meant: an assignment is acknowledged or declined, no more."""
    if statement.kind in (_E.ACKNOWLEDGED, _E.DECLINED):
        return items
    return [item for item in items if item.kind is not ItemKind.ASSIGNMENT] or items


def _refusal(item: Item) -> str:
    if item.is_for_information:
        return f"“{item.unit}”的事项只抄送发件人知悉，不能由其办理"
    return f"发件人不是{item.unit}登记的联系人"


def _what(step: Step) -> tuple[object, ...]:
    """What tells a step from one that says the same again."""
    kind, text, until = step.statement.kind, step.statement.text, step.statement.until
    if kind is _E.ACKNOWLEDGED:
        return step.obligation, kind
    return step.obligation, kind, text, until


def _contradict(statements: list[Statement]) -> bool:
    kinds = {statement.kind for statement in statements}
    if _E.DECLINED in kinds and len(kinds) > 1:
        return True
    if {_E.COMPLETED, _E.EXTENSION_REQUESTED} <= kinds:
        return True
    return len({statement.until for statement in statements if statement.until}) > 1


_ORDER = (_E.ACKNOWLEDGED, _E.REPORTED, _E.EXTENSION_REQUESTED, _E.COMPLETED, _E.DECLINED)


def _in_order(steps: Iterable[Step]) -> list[Step]:
    """What a later word of the same mail would make illegal comes first."""
    return sorted(steps, key=lambda step: _ORDER.index(step.statement.kind))


def _not_understood(reading: Reading) -> list[str]:
    if not reading.unclear:
        return []
    lines = "／".join(" ".join(line.split()) for line in reading.unclear)
    return [f"没有读懂：“{_cut(lines)}”{f'（{reading.because}）' if reading.because else ''}"]


def _quoted(statement: Statement) -> str:
    word = ENTRIES[statement.kind]
    text = _cut(" ".join(statement.text.split()))
    return f"{word}：{text}" if text else word


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_SHOWN = 80


def _joined(reasons: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(reasons))
