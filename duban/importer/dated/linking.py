"""Keys of the dated duties, and which of them needs another's result."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from duban.importer.dated.passage import Found
from models.draft import DatedDuty, Doubt
from models.matrix import ObligationKind

_STEMS = (
    ("中期", "midterm"),
    ("终期", "final"),
    ("总结评估", "final"),
    ("年度", "annual"),
    ("每年", "annual"),
    ("按年度", "annual"),
    ("季度", "quarterly"),
    ("半年", "half-year"),
)
_UPWARD = frozenset({ObligationKind.REPORT, ObligationKind.EVALUATION})


def linked(duties: Sequence[DatedDuty], doubts: Sequence[Doubt]) -> Found:
    """The duties, each once, with keys and ``feeds``: a report feeds what its receiver owes."""
    unique: list[DatedDuty] = []
    for duty in _shared_date(list(duties)):
        if duty not in unique:
            unique.append(duty)
    keyed = _keyed(unique)
    feeding = [duty._replace(feeds=_feeds(index, keyed)) for index, duty in enumerate(keyed)]
    return Found(tuple(feeding), tuple(dict.fromkeys(doubts)))


def _shared_date(duties: list[DatedDuty]) -> list[DatedDuty]:
    """A yearly evaluation reported in the same breath has to be done by the day of the report."""
    for index, (duty, after) in enumerate(pairwise(duties)):
        is_pair = duty.kind == ObligationKind.EVALUATION and after.kind == ObligationKind.REPORT
        is_one_breath = duty.who == after.who and duty.place == after.place
        if is_pair and is_one_breath and duty.due == {"rule": "by-year"} and _is_yearly(after):
            duties[index] = duty._replace(due=after.due)
    return duties


def _is_yearly(duty: DatedDuty) -> bool:
    return duty.due is not None and duty.due["rule"] in ("yearly-day", "month-end")


def _keyed(duties: list[DatedDuty]) -> list[DatedDuty]:
    stems = [duty.key or _stem(duty) for duty in duties]
    total, seen = Counter(stems), Counter[str]()
    keyed = []
    for stem, duty in zip(stems, duties, strict=True):
        seen[stem] += 1
        keyed.append(duty._replace(key=f"{stem}-{seen[stem]}" if total[stem] > 1 else stem))
    return keyed


def _stem(duty: DatedDuty) -> str:
    """The stem of a key: what the words say of the time, and the kind."""
    words = duty.title + duty.text
    if duty.kind in _UPWARD:
        for chinese, stem in _STEMS:
            if chinese in (duty.title if stem in ("midterm", "final") else words):
                return f"{stem}-{duty.kind}"
    return (
        f"row-{duty.duties[0].lower().replace('.', '-')}-{duty.kind}"
        if duty.duties
        else str(duty.kind)
    )


def _feeds(index: int, duties: list[DatedDuty]) -> str | None:
    duty = duties[index]
    if duty.external or not duty.due:
        return None
    if duty.kind == ObligationKind.EVALUATION:
        return _reported(index, duties)
    if duty.kind != ObligationKind.REPORT or not duty.to:
        return None
    owed = [
        other
        for other in duties
        if other.kind in _UPWARD
        and other is not duty
        and not other.external
        and other.due
        and any(name in (duty.to, f"{duty.to}办公室") for name in other.who)
    ]
    reports = [other for other in owed if other.kind == ObligationKind.REPORT]
    return (reports or owed)[-1].key if owed else None


def _reported(index: int, duties: list[DatedDuty]) -> str | None:
    """The report that hands in this evaluation: the next duty, of the same owers, same day."""
    after = duties[index + 1] if index + 1 < len(duties) else None
    if after and after.kind == ObligationKind.REPORT and after.who == duties[index].who:
        return after.key if after.due == duties[index].due else None
    return None
