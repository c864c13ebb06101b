"""Why an act is refused, in English for the command line and in Chinese for mails and pages."""

from collections.abc import Iterable

from duban.errors import ChangedMeanwhile, StageConflict
from duban.service.words import ENTRIES
from duban.store.database import Record
from models.entry import EntryKind
from models.life import Objection, Refusal
from models.obligation import Stage
from notifications.words import STAGES

VERBS = {
    EntryKind.ACKNOWLEDGED: "acknowledge",
    EntryKind.REPORTED: "report",
    EntryKind.COMPLETED: "complete",
    EntryKind.DECLINED: "decline",
    EntryKind.EXTENSION_REQUESTED: "request-extension",
    EntryKind.RETURNED: "return",
    EntryKind.ACCEPTED: "accept",
    EntryKind.CLOSED_OUT: "close-out",
    EntryKind.DECLINE_REFUSED: "refuse-decline",
    EntryKind.EXTENSION_GRANTED: "grant-extension",
    EntryKind.EXTENSION_REFUSED: "refuse-extension",
    EntryKind.REASSIGNED: "reassign",
    EntryKind.SUSPENDED: "suspend",
    EntryKind.RESUMED: "resume",
}
"""The command for each entry that a person makes."""

_ENGLISH = {
    Objection.NO_REASON: "it needs a reason",
    Objection.TOO_LATE_TO_DECLINE: "it could be declined until {fact}",
    Objection.NO_DUE_DATE: "it has no due date to put off",
    Objection.EXPIRED: "it was due on {fact}: an extension must be requested before",
    Objection.ALREADY_REQUESTED: "an extension until {fact} waits for a decision already",
    Objection.NO_DATE: "it needs a date",
    Objection.USED_UP: "its due date may be put off {fact} times and has been",
    Objection.NOT_LATER: "the new date must be after the due date, {fact}",
    Objection.TOO_FAR: "its due date may be put off until {fact} at most",
    Objection.NOT_REQUESTED: "no extension waits for a decision",
    Objection.NOT_AHEAD: "the date must be after {fact}",
    Objection.SAME_PERSON: "{fact} accepted the result: another person must close it out",
}
_CHINESE = {
    Objection.NO_REASON: "请写明理由",
    Objection.TOO_LATE_TO_DECLINE: "退件期限已过（最迟{fact}），请与督办联系人联系",
    Objection.NO_DUE_DATE: "该事项没有期限，无需申请延期",
    Objection.EXPIRED: "期限（{fact}）已过，延期应在期限前提出",
    Objection.ALREADY_REQUESTED: "已申请延期至{fact}，正在等待批复",
    Objection.NO_DATE: "请写明日期",
    Objection.USED_UP: "该事项最多延期{fact}次，已经用完",
    Objection.NOT_LATER: "新的日期应晚于现在的期限（{fact}）",
    Objection.TOO_FAR: "延期最迟到{fact}",
    Objection.NOT_REQUESTED: "没有等待批复的延期申请",
    Objection.NOT_AHEAD: "日期应晚于{fact}",
    Objection.SAME_PERSON: "审核与销号须由两人办理：{fact}已审核认可，请由其他人销号",
}


def refused(row: Record, kind: EntryKind, refusal: Refusal, last: Record | None) -> StageConflict:
    """The error for an act that the rules do not allow; ``last`` is the item's latest entry."""
    english, chinese = _because(kind, refusal)
    return StageConflict(
        f"{row.id}: {english}{_last(last)}",
        f"possible now: {', '.join(VERBS[legal] for legal in refusal.legal) or 'nothing'}",
        chinese,
    )


def changed_meanwhile(row: Record, since: Iterable[Record]) -> ChangedMeanwhile:
    """The error for an act by somebody who had not seen the latest entries."""
    told = [
        (entry.on, ENTRIES[EntryKind(entry.kind)], entry.kind, entry.by, entry.text)
        for entry in since
    ]
    english = "; ".join(f"{on} {kind} by {by}" for on, _, kind, by, _ in told)
    chinese = "；".join(
        f"{on} {by}登记“{word}”{f'（{text}）' if text else ''}" for on, word, _, by, text in told
    )
    return ChangedMeanwhile(
        f"{row.id} has changed since you looked: {english}",
        "look again, then decide",
        f"您打开之后，这一事项有了变化：{chinese}。请核对后再办理。",
    )


def _because(kind: EntryKind, refusal: Refusal) -> tuple[str, str]:
    if refusal.objection is Objection.STAGE:
        stage = Stage(str(refusal.fact))
        legal = "、".join(ENTRIES[entry] for entry in refusal.legal) or "无"
        return (
            f"it is {stage}; it cannot be {kind.value} now",
            f"该事项{STAGES[stage]}，现在不能登记“{ENTRIES[kind]}”；可以办理：{legal}",
        )
    english, chinese = _ENGLISH[refusal.objection], _CHINESE[refusal.objection]
    return english.format(fact=refusal.fact), chinese.format(fact=refusal.fact)


def _last(entry: Record | None) -> str:
    return f" (last: {entry.on} {entry.kind} by {entry.by})" if entry else ""
