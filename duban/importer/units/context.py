"""What a responsibility line cannot say itself: the level of the document, how it writes names."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from models.document import Place
from models.units import Jurisdiction

_SHORT = 2
NONE_WRITTEN: Mapping[str, int] = MappingProxyType({})


class Halls(StrEnum):
    """How a province's document writes its 厅: 教育厅 everywhere, or 省教育厅."""

    BARE = "bare"
    PREFIXED = "prefixed"
    UNKNOWN = "unknown"


class RuleKind(StrEnum):
    """What a sentence settles for the whole document."""

    FIRST_IS_LEAD = "first-is-lead"
    EVERY_ROW = "every-row"
    SAME_BELOW = "same-below"


class Rule(NamedTuple):
    """A sentence that governs the document from its place on.

    ``units`` are those that it adds to every row below (``EVERY_ROW``), in full.
    """

    kind: RuleKind
    text: str
    place: Place
    units: tuple[str, ...] = ()


class Context(NamedTuple):
    """What is known of the document around a line.

    ``level`` is 国, 省, 自治区, 市, 州, 盟, 区, 县, 旗, 镇, 乡 or empty where it is not known.
    ``written`` counts the names that the document writes with their prefix; ``is_unprefixed``:
    it writes none so. ``registry`` holds the office's own names of units.
    """

    level: str = ""
    jurisdiction: str = ""
    registry: Jurisdiction | None = None
    first_is_lead: bool = False
    halls: Halls = Halls.UNKNOWN
    is_unprefixed: bool = False
    written: Mapping[str, int] = NONE_WRITTEN
    rules: tuple[Rule, ...] = ()

    def knows(self, name: str) -> bool:
        """Whether the document elsewhere, or the registry, has exactly this name."""
        return bool(self.written.get(name)) or self.registered(name) is not None

    def is_named_in(self, stem: str) -> bool:
        """Whether a name begins with that of the jurisdiction, as 滨江日报社 does in 滨江市."""
        short = self.jurisdiction[:_SHORT]
        return len(short) == _SHORT and stem.startswith(short)

    def registered(self, name: str) -> str | None:
        """The registry's own name of a unit or group; None if it has none or none is given."""
        if self.registry is None:
            return None
        group = self.registry.group(name)
        return self.registry.unit(name) or (group.name if group else None)


_LEVEL_ENDINGS = (
    ("自治区", "自治区"), ("省", "省"), ("自治州", "州"), ("州", "州"), ("盟", "盟"),
    ("地区", "地区"), ("自治县", "县"), ("县", "县"), ("旗", "旗"), ("街道", "街道"),
    ("镇", "镇"), ("乡", "乡"), ("市", "市"), ("区", "区"),
)  # fmt: skip
_CITY_STATES = ("北京", "上海", "天津", "重庆")


def level_of(jurisdiction: str) -> str:
    """The word of a jurisdiction's level: 滨江市 is 市, 国务院 is 国; empty if unclear."""
    name = jurisdiction.strip()
    if name in ("国务院", "国务院办公厅", "全国", "中国", "中央", "国家"):
        return "国"
    if name in _CITY_STATES:
        return "市"
    return next((level for ending, level in _LEVEL_ENDINGS if name.endswith(ending)), "")
