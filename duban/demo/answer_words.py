"""The words of an answer by mail, as a liaison writes them on top of the mail that he answers."""

from collections.abc import Iterable, Iterator, Sequence

from duban.demo.deed import Deed
from models.entry import EntryKind
from notifications.wording import plain_day


def answer_words(deeds: Iterable[Deed], items: Sequence[str]) -> str:
    """What is said about items of a mail; their numbers are named where it has several."""
    lines: list[str] = []
    numbers = {name: number for number, name in enumerate(items, start=1)}
    for deed in sorted(deeds, key=lambda deed: numbers.get(deed.obligation, 0)):
        is_one = len(items) == 1 or deed.obligation not in numbers
        number = "" if is_one else f"{numbers[deed.obligation]} "
        lines += _lines(deed, number)
    return "\n".join(lines)


def _lines(deed: Deed, number: str) -> Iterator[str]:
    if deed.entry is EntryKind.EXTENSION_REQUESTED and deed.until:
        yield f"{number}申请延期至{plain_day(deed.until)}，{deed.text}。"
    elif deed.entry is EntryKind.DECLINED:
        yield f"{number}退回：{deed.text}。"
    elif deed.entry is EntryKind.ACKNOWLEDGED:
        yield f"{number}{deed.text}"
    else:
        yield f"{number}已办结。"
        if deed.text:
            yield deed.text
        if deed.passages:
            yield f"{number}进展情况："
            yield from (f"任务{part.number}：{part.text}" for part in deed.passages)
