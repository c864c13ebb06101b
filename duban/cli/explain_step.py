"""One step of a ladder as ``duban explain`` tells it."""

from collections.abc import Iterator

from duban.cli.layout import folded
from duban.service.board import BoardRow
from duban.service.step_stories import Fate, StepStory, Told
from duban.service.words import POSTS, silence
from duban.store.outbox import MailState
from notifications.wording import LABELS, full_day
from notifications.words import STAGES

_ANCHORS = {"apply": "交办之日", "due": "期限", "T": "T"}
_UNITS = {"days": "天", "working days": "个工作日"}


def step_as_json(story: StepStory) -> dict[str, object]:
    """A step for programs; ``counted_from`` and ``counted_to`` show the counting."""
    return {
        "step": story.step,
        "kind": story.kind,
        "on": story.on,
        "at": _at(story),
        "counted_from": story.anchor_on,
        "counted_to": story.counted,
        "to": story.to,
        "fate": story.fate,
        "because": story.because,
        "told": [told._asdict() for told in story.told],
    }


def step_lines(story: StepStory, row: BoardRow | None) -> Iterator[str]:
    """The day of a step, how it was counted, and what became of it."""
    yield f"  {full_day(story.on)}　{LABELS[story.kind]}（{story.step}）"
    yield from folded(f"      怎么算：{_counting(story)}", hanging=" " * 14)
    yield from folded(f"      {_fate(story, row)}", hanging=" " * 8)
    for told in story.told:
        yield from folded(f"        {_told(told)}", hanging=" " * 10)


def _at(story: StepStory) -> str:
    at = story.at
    if not at.sign:
        return at.anchor
    return f"{at.anchor} {'+' if at.sign > 0 else '-'} {at.offset.count} {at.offset.unit}"


def _counting(story: StepStory) -> str:
    at = story.at
    anchor = f"{_ANCHORS.get(at.anchor, at.anchor)} {story.anchor_on}"
    if at.sign:
        direction = "后" if at.sign > 0 else "前"
        length = f"{at.offset.count}{_UNITS[at.offset.unit]}"
        said = f"{anchor} {direction}推 {length}，是 {story.counted}"
    else:
        said = f"{anchor} 当日"
    if story.counted == story.on:
        return said
    moved = "提前到前一个工作日" if story.on < story.counted else "顺延到后一个工作日"
    return f"{said}；{story.counted} 是休息日，{moved}"


def _fate(story: StepStory, row: BoardRow | None) -> str:
    posts = "、".join(POSTS[post] for post in story.to)
    match story.fate:
        case Fate.SAID:
            note = f"（{silence(story.because)}）" if story.because else ""
            return f"已告知{note}："
        case Fate.SILENT:
            return f"不发：{silence(story.because)}"
        case Fate.ANSWERED:
            return f"不发：{STAGES[row.stage] if row else ''}，不再提醒"
        case Fate.PASSED:
            return "不发：加入规则时这一天已过"
        case Fate.NOW:
            return f"下次运行时发，送{posts}"
        case Fate.AHEAD:
            return f"到时发，送{posts}"


def _told(told: Told) -> str:
    who = f"{POSTS[told.role]} {told.address}"
    mail = f"邮件 {told.mail}"
    match told.state:
        case MailState.SENT:
            return f"{who}　{told.sent_on} 已发（{mail}）"
        case MailState.PENDING:
            return f"{who}　{told.on} 起排队待发（{mail}）"
        case MailState.UNCERTAIN:
            return f"{who}　是否送达不明，将以同一编号再发（{mail}）"
        case MailState.FAILED:
            return f"{who}　退信（{mail}）：{told.reply}"
        case _:
            return f"{who}　未发，发送前已无需告知（{mail}）"
