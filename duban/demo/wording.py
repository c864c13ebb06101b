"""What invented units write: the sentences of ``answers.yaml`` with numbers filled in.

The same unit writes the same about the same row in every run.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from zlib import crc32

import yaml

from models.answer import Figure, Passage
from models.matrix import Duty

_FILE = Path(__file__).parent / "answers.yaml"
_RANGE = re.compile(r"\{(\d+(?:\.\d)?)-(\d+(?:\.\d)?)\}")
_EACH = 5
"""A town writes about every fifth row, so that each row has some towns and none has all."""


def chance(key: str, below: int = 100) -> int:
    """A number from 0 up to a bound, the same every time for the same key."""
    return crc32(key.encode()) % below


class Wording:
    """The sentences, read once; ``towns`` are the towns that owe a summary, in the plan's order."""

    def __init__(self, duties: Sequence[Duty], towns: Sequence[str]) -> None:
        self._duties = duties
        self._towns = list(towns)

    @cached_property
    def _texts(self) -> Mapping[str, Any]:
        texts: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
        return texts

    def passages(self, unit: str, summary: str) -> tuple[Passage, ...]:
        """What a unit writes about its rows in the summary ``midterm`` or ``final``."""
        rows = self._texts[summary]["rows"]
        found = []
        for place, duty in enumerate(self._duties):
            text = self._text(unit, place, rows[duty.number])
            if text:
                seed = f"{summary}/{unit}/{duty.number}"
                found.append(
                    Passage(duty.number, filled(text, unit, seed), self._figures(unit, duty, seed))
                )
        return tuple(found)

    def _text(self, unit: str, place: int, row: Mapping[str, Any]) -> str:
        if unit not in self._towns:
            return str(row["units"].get(unit, ""))
        index = self._towns.index(unit)
        if place % _EACH != index * 2 % _EACH:
            return ""
        variants = row["towns"]
        return str(variants[(index // _EACH + place) % len(variants)])

    def _figures(self, unit: str, duty: Duty, seed: str) -> tuple[Figure, ...]:
        who = "towns" if unit in self._towns else unit
        values = {
            target.metric: self._texts["figures"].get(target.metric, {}).get(who)
            for target in duty.targets
        }
        return tuple(
            Figure(metric, filled(value, unit, f"{seed}/{metric}"))
            for metric, value in values.items()
            if value
        )

    def remark(self, unit: str, summary: str) -> str:
        """What one unit in seven adds to its summary; empty for the others."""
        remarks = self._texts[summary]["general"]
        number = chance(f"remark/{summary}/{unit}", 7 * len(remarks))
        return str(remarks[number]) if number < len(remarks) else ""

    def sentence(self, kind: str, unit: str, seed: str) -> str:
        """What is said on any other occasion of a kind."""
        variants = self._texts["others"][kind]
        return filled(variants[chance(seed, len(variants))], unit, seed)


def filled(text: str, unit: str, seed: str) -> str:
    """A sentence with a number of each range in it, and the word for the unit's own place."""
    text = text.replace("{镇}", "街道" if unit.endswith("街道") else "镇")
    parts = iter(range(len(text)))
    return _RANGE.sub(lambda found: _number(found[1], found[2], f"{seed}/{next(parts)}"), text)


def _number(first: str, last: str, seed: str) -> str:
    if "." not in first:
        low, high = int(first), int(last)
        number = low + chance(seed, high - low + 1)
        is_coarse = high > _COARSE and not low % 10 and not high % 10
        return str(number // 10 * 10 if is_coarse else number)
    low, high = round(float(first) * 10), round(float(last) * 10)
    return f"{(low + chance(seed, high - low + 1)) / 10:g}"


_COARSE = 500
"""Above it people round to tens."""
