"""Whether the statements of one answer can all be meant."""

from collections import defaultdict
from collections.abc import Iterable

from models.answer import Statement
from models.entry import EntryKind

_A, _C, _D, _E, _R = (
    EntryKind.ACKNOWLEDGED,
    EntryKind.COMPLETED,
    EntryKind.DECLINED,
    EntryKind.EXTENSION_REQUESTED,
    EntryKind.REPORTED,
)
_WORDS = {_A: "签收", _C: "办结", _D: "退回", _E: "申请延期", _R: "报告进展"}
_EXCLUDE = (frozenset({_A, _D}), frozenset({_C, _D}), frozenset({_E, _D}), frozenset({_R, _D}),
            frozenset({_C, _E}))  # fmt: skip


def contradictions(statements: Iterable[Statement], count: int) -> list[str]:
    """What the statements say of one item that cannot both hold, in Chinese."""
    about: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        is_of_one = statement.items or (range(1, count + 1) if statement.for_all else (0,))
        for item in is_of_one:
            about[item].append(statement)
    found = [words for item, said in sorted(about.items()) for words in _conflicts(item, said)]
    return list(dict.fromkeys(found))


def _conflicts(item: int, said: list[Statement]) -> Iterable[str]:
    place = f"第{item}项" if item else "同一事项"
    kinds = {statement.kind for statement in said}
    for pair in _EXCLUDE:
        if pair <= kinds:
            first, second = (_WORDS[kind] for kind in sorted(pair))
            yield f"{place}既“{first}”又“{second}”，前后矛盾"
    if _C in kinds and any(statement.is_nil for statement in said):
        yield f"{place}既“办结”又“无进展”，前后矛盾"
    if len({statement.until for statement in said if statement.kind is _E}) > 1:
        yield f"{place}写了不同的延期日期"
