"""The fields of a form that ask row by row: a text for each row, a figure for each target."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zlib import crc32

from duban.service.asked import Asked
from models.answer import Figure, Passage
from models.matrix import Target

NIL_AND_MORE = "勾选了“零报告”，又逐项填写了内容：请取消勾选，或清空各项。"

_LONGEST_FIGURE = 30


def passage_field(number: str) -> str:
    """The field in which is written about a row."""
    return f"passage-{number}"


def figure_field(number: str, metric: str) -> str:
    """The field of a figure; it follows the metric, so that an edited plan mixes nothing up."""
    return f"figure-{number}-{crc32(metric.encode()):08x}"


def target_words(target: Target) -> str:
    """What a figure is asked for, and what the document sets."""
    until = f"，{target.by}前" if target.by else ""
    return f"计量单位：{target.unit}。文件要求：{target.text}{until}。"


def passages(
    rows: Iterable[Asked], words: Mapping[str, str], errors: dict[str, str]
) -> Iterator[Passage]:
    """What was typed about each row; ``errors`` says by field what cannot be taken."""
    for asked in rows:
        number = asked.duty.number
        figures = tuple(_figures(asked, words, errors))
        text = words.get(passage_field(number), "")
        if text or figures:
            yield Passage(number, text, figures)


def _figures(asked: Asked, words: Mapping[str, str], errors: dict[str, str]) -> Iterator[Figure]:
    for target in asked.targets:
        field = figure_field(asked.duty.number, target.metric)
        typed = unicodedata.normalize("NFKC", words.get(field, "")).replace(",", "").strip()
        if not typed:
            continue
        if len(typed) <= _LONGEST_FIGURE and _is_number(typed):
            yield Figure(target.metric, typed)
        else:
            errors[field] = "请只填数字，例如 600 或 98.5；说明文字请写在办理情况中。"


def _is_number(typed: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?%?", typed, re.ASCII) is not None


def kept(is_nil: bool, told: tuple[Passage, ...]) -> dict[str, Any]:
    """What the ledger keeps of an answer beside its text; only the keys that say something."""
    parts = [
        {"number": part.number, "text": part.text}
        | ({"figures": [f._asdict() for f in part.figures]} if part.figures else {})
        for part in told
    ]
    return ({"nil": True} if is_nil else {}) | ({"passages": parts} if parts else {})
