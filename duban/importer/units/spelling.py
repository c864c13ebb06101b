"""Names that look misspelt, held against names that are known."""

from collections.abc import Iterator

from duban.importer.units.context import Context
from duban.importer.units.names import Kind, Name, read_name
from duban.importer.units.vocabulary import NOUNS, is_stem

_LEAST = 5
_STABLE = (
    "人力资源社会保障", "人力资源和社会保障", "市场监督管理", "退役军人事务", "住房城乡建设",
    "住房和城乡建设", "工业和信息化", "自然资源和规划", "国有资产监督管理", "政务服务数据管理",
    "粮食和物资储备", "药品监督管理", "机关事务管理", "公共资源交易",
)  # fmt: skip
"""Long topics that places do not vary: a character exchanged in one is a slip of the pen."""
_SEGMENT = 3


def correction(name: Name, context: Context) -> str | None:
    """The name that is probably meant, where this one is known to nobody; None if there is none.

    Only a name that the registry has is proposed, where there is one; else a name of the
    document's own level before one of the level that is written.
    """
    text = name.text
    if name.is_known or context.registered(text) or name.kind is Kind.GROUP:
        return None
    found = [each for each in _candidates(name, context) if _is_of_level(each, name, context)]
    found.sort(key=lambda each: read_name(each).level != context.level)
    return next(filter(None, (_registered(each, context) for each in found)), None)


def _candidates(name: Name, context: Context) -> Iterator[str]:
    """What the name may have been meant as: plain slips first, then names the document writes."""
    text, written = name.text, context.written
    for plain in _without_doubling(text):
        if written.get(plain, 0) or context.registered(plain) or read_name(plain).is_known:
            yield plain
    if len(text) < _LEAST:
        return
    yield from (
        other
        for other in written
        if written[other] > written.get(text, 0) and _is_slip(text, other)
    )
    if context.registry:
        yield from (other for other in sorted(context.registry.names) if _is_slip(text, other))
    yield from (each for each in _with_halves_swapped(name) if context.knows(each))
    if usual := _usual_topic(name):
        yield usual


def _is_slip(text: str, other: str) -> bool:
    return other[0] == text[0] and _is_one_edit(text, other)


def _is_of_level(text: str, name: Name, context: Context) -> bool:
    """Whether a proposal keeps the place that is written, or is of the document's own level."""
    other = read_name(text)
    is_own = other.level == context.level and other.prefix == other.level
    return other.prefix == name.prefix or is_own or not name.prefix


def _registered(text: str, context: Context) -> str | None:
    """The registry's spelling of a proposal; one character apart is near enough."""
    if context.registered(text) or context.registry is None:
        return text
    near = (each for each in sorted(context.registry.names) if _is_slip(text, each))
    return next(near, None)


def _without_doubling(text: str) -> list[str]:
    """The text with a doubled stretch once, or, as in 省市市场监管局, without the first level."""
    once = [
        text[:at] + text[at + size :]
        for size in range(1, _SEGMENT + 1)
        for at in range(len(text) - 2 * size + 1)
        if text[at : at + size] == text[at + size : at + 2 * size]
    ]
    return [*once, text[1:]] if once else []


def _with_halves_swapped(name: Name) -> list[str]:
    """The name with the words of its topic the other way round: 农村农业厅 for 农业农村厅."""
    noun = next((noun for noun in NOUNS if name.stem.endswith(noun)), "")
    topic = name.stem.removesuffix(noun)
    turned = [topic[at:] + topic[:at] for at in range(2, len(topic) - 1)]
    return [name.text.replace(topic, each, 1) for each in turned if is_stem(each + noun)]


def _usual_topic(name: Name) -> str | None:
    """The name with one character of a long topic exchanged, such as 人力资原社会保障局."""
    noun = next((noun for noun in NOUNS if name.stem.endswith(noun)), "")
    topic = name.stem.removesuffix(noun)
    if len(topic) < _LEAST:
        return None
    for usual in _STABLE:
        if len(usual) == len(topic) and _is_one_edit(usual, topic):
            return name.text.replace(topic, usual, 1) if is_stem(usual + noun) else None
    return None


def _is_one_edit(one: str, other: str) -> bool:
    """Whether one character was exchanged, left out or added, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1 or one == other or min(len(one), len(other)) < _LEAST - 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    rest, rest_of_other = one[at:], other[at:]
    return (
        rest[1:] == rest_of_other[1:]
        or rest[1:] == rest_of_other
        or rest == rest_of_other[1:]
        or (rest[:2] == rest_of_other[1::-1] and rest[2:] == rest_of_other[2:])
    )
