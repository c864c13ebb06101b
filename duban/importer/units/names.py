"""One name of a list: what kind of body it is, its prefix, its stem."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from duban.importer.units.terms import CENTRE_STEMS, LEVEL_STEMS, PARTY_STEMS, TOPICS
from duban.importer.units.vocabulary import (
    ENTERPRISE,
    GROUP,
    LAST,
    LEVEL_LIKE_PLACES,
    LEVELS,
    MASKED,
    VERTICAL,
    is_stem,
    split_topic,
)

_LEVEL = "|".join(LEVELS)
_FIRST_LEVEL = re.compile(rf"(?:{_LEVEL})")
_LEVEL_END = re.compile(rf"(?={'|'.join(sorted(LEVELS, key=len, reverse=True))})")
_COMMITTEE = re.compile(r"^(?:党委|委(?!员|办$|办公|督查))")
_TAIL = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）$")
_PLACE = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,12}?(?:自治区|省|自治州|州|市|盟|地区|区|自治县|县|旗|镇|乡|街道|苏木)"
    r"|[\u4e00-\u9fff]{1,8}(?:高新|经开|保税))$"
)
_SEAT = re.compile(
    r"(?:人民政府|政府|管委会|管理委员会|办事处|街道办|党工委|党委|行署|行政公署|村委会|居委会"
    r"|政府残工委|人民政府残工委|管理机构)$"
)
_INSTITUTION = re.compile(
    r"(?:大学|学院|学校|中学|小学|医院|研究院|研究所|协会|学会|商会|基金会|委党校|(?<!公)(?<!上)司|(?:产业|工业|物流|科技|创业|软件|示范)园)$"
)
_GENERAL_INSTITUTION = re.compile(
    r"^(?:第?[一二三四五六七八九十]|人民|中心|中西?|医结合|中医|妇幼|保健|儿童|传染病|精神卫生|职业|技术|师范|技师|开放|广播电视"
    r"|老年|高级|实验|特殊教育)*(?:医院|学院|大学|中学|学校|小学)$"
)
"""Schools and hospitals as every place calls its own: 人民医院, 职业技术学院."""
_TOPICAL = re.compile(r"(?:部门|机关|系统|主管部门)$")
_LEAGUE = re.compile(rf"^团({_LEVEL})委$")
_JOINT = re.compile(
    rf"^(?P<place>[\u4e00-\u9fff]{{0,8}}?(?P<level>{_LEVEL}))(?:党)?委(?P=place)(?:人民)?政府(?P<office>[\u4e00-\u9fff]{{2,}})$"
)
"""One office of the Party's committee and the government: 市委市政府督查室."""
_ORGAN = re.compile(
    r"[局厅委办]|牵头|负责|配合|参与|协助|会商|(?<![省市州])(?<!^)会同|[^\u4e00-\u9fff]"
)
"""What no name of a place holds; 会同 is a county too."""
_CENTRAL = ("国家", "中国", "国务院", "中央", "中共中央", "全国", "最高人民", "国网")
_SHORT = 2


class Kind(StrEnum):
    """What a name is, as far as prefixes are concerned."""

    PREFIXED = "prefixed"
    PARTY = "party"
    LEVEL = "level"
    HALL = "hall"
    GROUP = "group"
    TOPIC_GROUP = "topic-group"
    OUTSIDE = "outside"
    OWN = "own"
    PLACE = "place"
    TOPIC = "topic"
    ODD = "odd"


BARE = frozenset({Kind.PARTY, Kind.LEVEL, Kind.HALL})
"""Kinds of names that lack a prefix."""


class Name(NamedTuple):
    """A name taken apart: 「滨江市委组织部」 is prefix 滨江市, stem 组织部, the Party's.

    ``tail`` is the bracket of a dual name; ``is_known``: the vocabulary has the stem.
    """

    text: str
    kind: Kind
    prefix: str = ""
    level: str = ""
    stem: str = ""
    tail: str = ""
    is_party: bool = False
    is_known: bool = False


@lru_cache(maxsize=4096)
def read_name(text: str) -> Name:
    """The name taken apart; ``text`` has no white space and full-width brackets."""
    tail = found.group() if (found := _TAIL.search(text)) and found.start() else ""
    core = text[: len(text) - len(tail)]
    return (_known(core) or _unknown(core))._replace(text=text, tail=tail)


def _known(core: str) -> Name | None:
    """What the vocabulary knows, or what begins with 国家, 中国 or 各."""
    if core.startswith(_CENTRAL) and core not in _CENTRAL and not GROUP.search(core):
        return Name(core, Kind.OUTSIDE, stem=core, is_known=True)
    if core.startswith("党委") and core[_SHORT:] in PARTY_STEMS:
        return Name(core, Kind.PARTY, stem=core[_SHORT:], is_known=True)
    if core.startswith("各"):
        return Name(core, Kind.GROUP, stem=core)
    if is_stem(core):
        return Name(core, _bare_kind(core), stem=core, is_known=True)
    prefixed = _prefixed(core)
    return prefixed if prefixed and prefixed.is_known else None


def _unknown(core: str) -> Name:
    if GROUP.search(core) or core.endswith("成员单位"):
        return Name(core, Kind.GROUP, stem=core)
    return _outside(core) or _prefixed(core) or _other(core)


def is_complete(text: str) -> bool:
    """Whether the text can be a whole name: it ends in a noun that names end in."""
    core = _TAIL.sub("", text)
    return bool(core) and bool(LAST.search(core)) and len(core) > 1


def is_seat(text: str) -> bool:
    """Whether the name is that of a place's government or its like, such as 杭州市人民政府."""
    return bool(_SEAT.search(text))


def _bare_kind(core: str) -> Kind:
    if core in PARTY_STEMS and core not in LEVEL_STEMS:
        return Kind.PARTY
    if core.endswith(("部", "总局")) and core not in LEVEL_STEMS:
        return Kind.OUTSIDE
    return Kind.HALL if core.endswith("厅") and not core.endswith("办公厅") else Kind.LEVEL


def _outside(core: str) -> Name | None:
    topic = split_topic(core)
    is_ministry = core.endswith(("总局", "总署")) or (
        topic is not None and topic[1] in ("部", "署")
    )
    is_above = core not in _CENTRAL and VERTICAL.search(core)
    if core in CENTRE_STEMS or is_ministry or is_above:
        return Name(core, Kind.OUTSIDE, stem=core, is_known=True)
    return None


def _other(core: str) -> Name:
    kind = Kind.ODD
    if core in TOPICS:
        kind = Kind.TOPIC
    elif _TOPICAL.search(core):
        kind = Kind.TOPIC_GROUP
    elif _GENERAL_INSTITUTION.match(core):
        kind = Kind.LEVEL
    elif _SEAT.search(core) or _INSTITUTION.search(core):
        kind = Kind.OWN
    elif _PLACE.match(core):
        kind = Kind.PLACE
    elif ENTERPRISE.search(core):
        kind = Kind.OUTSIDE
    elif LAST.search(core) and len(core) > _SHORT - 1:
        kind = Kind.LEVEL
    return Name(core, kind, stem=core)


def _prefixed(core: str) -> Name | None:
    if league := _LEAGUE.match(core):
        return Name(core, Kind.PREFIXED, league[1], league[1], "团委", is_known=True)
    if (joint := _JOINT.match(core)) and is_stem(joint["office"]):
        return Name(
            core, Kind.PREFIXED, joint["place"], joint["level"], joint["office"], is_known=True
        )
    cuts = _cuts(core)
    readings = [_cut_at(core, cut) for cut in cuts]
    known = next((each for each in readings if each.is_known), None)
    if known or not readings:
        return known
    plain = readings[-1]
    if _TOPICAL.search(plain.stem):
        return plain._replace(kind=Kind.TOPIC_GROUP)
    if not LAST.search(plain.stem) or len(plain.stem) < _SHORT:
        return None
    return plain if not _SEAT.search(core) else None


def _cuts(core: str) -> list[int]:
    """Where a prefix may end, the longest first; a level at the very beginning counts alone."""
    masked = MASKED.sub(lambda word: "□" * len(word.group()), core)
    first = _FIRST_LEVEL.match(masked)
    if first and not core.startswith(LEVEL_LIKE_PLACES):
        return [first.end()]
    ends = {
        at.start() + len(level)
        for at in _LEVEL_END.finditer(masked)
        for level in LEVELS
        if at.start() and masked.startswith(level, at.start())
    }
    usable = (end for end in ends if end < len(core) and not _ORGAN.search(core[:end]))
    return sorted(usable, reverse=True)


def _cut_at(core: str, cut: int) -> Name:
    prefix, stem = core[:cut].removeprefix("中共").removeprefix("共青团"), core[cut:]
    committee = _COMMITTEE.match(stem)
    rest = stem[committee.end() :] if committee else stem
    is_party = committee is not None and bool(rest)
    stem = rest or stem
    if is_party and rest.startswith(f"{prefix}直"):
        rest = rest.removeprefix(prefix)
    level = next(level for level in LEVELS if prefix.endswith(level))
    return Name(core, Kind.PREFIXED, prefix, level, stem, "", is_party, not rest or is_stem(rest))
