"""What a clerk is told where rows have got other numbers."""

from collections.abc import Iterator, Mapping

from duban.cli.layout import filled

_STAYS = (
    "台账里记在一个编号下的内容（签收、进展、办结）留在这个编号下，不跟着事项走。",
    "方案已经录入过（duban apply）的：保留原来的编号，新增的事项用没有用过的编号；",
    "或者给方案换一个新的 id，作为新方案录入。",
)


def renumbered_in_words(renumbered: Mapping[str, str], indent: str = "  ") -> Iterator[str]:
    """The rows that have changed their number, and what that means for the ledger, as lines."""
    if not renumbered:
        return
    yield f"{indent}注意：{len(renumbered)} 个事项的编号变了："
    yield from filled(moves(renumbered), indent=f"{indent}  ")
    for line in _STAYS:
        yield f"{indent}{line}"


def moves(renumbered: Mapping[str, str]) -> list[str]:
    """Each old number with the new one."""
    return [f"{old} → {new}" for old, new in renumbered.items()]
