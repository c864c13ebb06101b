"""What is asked about a name: the code of the question, None where nothing is unclear."""

import re
from typing import NamedTuple

from duban.importer.units.context import Context, Halls
from duban.importer.units.names import Kind, Name, is_complete, read_name
from duban.importer.units.terms import TWOFOLD_STEMS
from duban.importer.units.vocabulary import ENTERPRISE, OPEN_GROUP, PROVINCES

_GENERAL_SEAT = re.compile(
    r"^(?:功能区|园区|开发区|工业园区|产业园区|管理区|新区|街道|乡镇|镇|乡|村)?"
    r"(?:管委会|办事处|政府|人民政府|管理机构)$"
)
_GENERAL_POST = re.compile(r"^(?:海关|机场|空管站|铁路局|边检(?:总)?站|边防检查(?:总)?站)$")
"""Bodies that answer upwards, named without their place."""
_ODD = re.compile(
    r"([\u4e00-\u9fff]{1,3})\1|(?<![高初中同优平均])等(?!级|次)|.{2}(?<!公)司.{2,}司$"
)
"""A doubled stretch, 等 inside a name, or two departments of a ministry run together."""
_LISTED = ("各", "驻", "中央驻")
"""What a group of which nothing is left open begins with."""
_FLUENT = ("", "、", "/")
_FULL_LENGTH = 6


class Carried(NamedTuple):
    """What the next stem can take over: the prefix, and whether something stood between.

    ``is_repeated``: the line repeats the prefix of every name that has one. ``cell`` is 前一栏
    where the prefix comes from an earlier cell of the row.
    """

    prefix: str = ""
    level: str = ""
    is_party: bool = False
    is_crossed: bool = False
    is_assumed: bool = False
    of: str = ""
    is_repeated: bool = False
    cell: str = ""

    @property
    def is_alone(self) -> bool:
        """Whether a name that nobody knows has nothing to take over."""
        return self.is_repeated or self.is_crossed


def of_written(name: Name, context: Context) -> str | None:
    """What is unclear about a name that stands as it is written."""
    if context.registered(name.text):
        return None
    if name.kind is Kind.GROUP and not is_complete(name.text):
        return "bare-group"
    if name.kind is Kind.GROUP:
        is_listed = name.text.startswith(_LISTED) and not OPEN_GROUP.search(name.text)
        return None if is_listed else "open-ended"
    questions = (
        ("two-levels", _is_two_levels(name)),
        ("bare-group", name.kind is Kind.OWN and bool(_GENERAL_SEAT.match(name.text))),
        ("no-prefix", context.level != "国" and bool(_GENERAL_POST.match(name.text))),
        ("prefix-of-enterprise", _is_general_enterprise(name)),
        ("dual-name", bool(name.tail) and name.is_known),
        ("topic-group", name.kind in (Kind.TOPIC_GROUP, Kind.TOPIC)),
        ("unknown-stem", not name.is_known and bool(_ODD.search(name.text))),
        ("not-understood", name.kind is Kind.ODD),
    )
    return next((code for code, is_asked in questions if is_asked), None)


def _is_two_levels(name: Name) -> bool:
    if name.kind is not Kind.PREFIXED or name.is_known or name.is_party:
        return False
    below = read_name(name.stem)
    return below.is_known and below.kind is Kind.PREFIXED and below.level == below.prefix


def _is_general_enterprise(name: Name) -> bool:
    is_enterprise = name.kind is Kind.OUTSIDE and not name.is_known
    is_full = name.text.startswith(("国", *PROVINCES)) or len(name.stem) > _FULL_LENGTH
    return is_enterprise and bool(ENTERPRISE.search(name.stem)) and not is_full


def of_restored(
    name: Name, separator: str, carried: Carried, context: Context, is_twofold: bool
) -> str | None:
    """What is unclear about a name whose prefix was taken over.

    ``is_twofold``: the document writes the name both as the Party's and as the government's.
    """
    is_party = name.kind is Kind.PARTY and not carried.is_party
    is_other = bool(context.level) and carried.level != context.level
    questions = (
        ("dual-name", bool(name.tail)),
        ("prefix-of-group", carried.prefix.startswith("各")),
        ("prefix-from-level", not carried.prefix or carried.is_assumed),
        ("prefix-after-other", carried.is_crossed or is_other),
        ("prefix-of-organ", is_twofold or name.stem in TWOFOLD_STEMS),
        ("prefix-of-party", is_party),
        ("prefix-after-break", separator not in _FLUENT),
        ("prefix-of-hall", name.kind is Kind.HALL and context.halls is Halls.UNKNOWN),
        ("unknown-stem", not name.is_known),
    )
    return next((code for code, is_asked in questions if is_asked), None)
