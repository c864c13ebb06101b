"""Names in full: a stem without a prefix takes that of the unit before it, within limits."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from duban.importer.units.context import Context, Halls
from duban.importer.units.entry import Entry
from duban.importer.units.names import BARE, Kind, Name, is_seat, read_name
from duban.importer.units.pieces import NO_PIECE
from duban.importer.units.questions import Carried, of_restored, of_written
from duban.importer.units.spelling import correction
from duban.importer.units.terms import CENTRE_STEMS, TOPICS, TWOFOLD_STEMS
from duban.importer.units.vocabulary import ENTERPRISE, LEVELS, PROVINCES, is_stem
from models.draft import How

_PROVINCIAL = ("省", "自治区", "兵团")
_SECTIONS = ("科", "处", "室")
"""Sections of one body: a document of that body names them without any level."""
_LOWEST = ("县", "区", "旗")
_BRANCH = re.compile(r"局[\u4e00-\u9fff]{2,6}分局$")
"""A branch that the bureau of the level above keeps in a county or district."""
_EVERY = re.compile(
    r"^(?P<prefix>各(?:[省市州盟县区旗镇乡、]|街道|开发区|（[^（）]*）)+)(?P<stem>[\u4e00-\u9fff]{2,})$"
)
_SHORT_ORGAN = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,5}(?:局|厅|委|办|院|站|所|队)|[\u4e00-\u9fff]{2,6}(?:中心|办公室|委员会|管理局))$"
)
"""A name so short that only the names around it can say whose it is."""
_AREA = re.compile(
    r"[景园港片库灌街]区|新区|开发区|名胜|保护区|广场|湿地|[街城湖山河岛江港湾园桥]管理(?:局|处|中心|办)"
)
"""What a body that is called after the place which it manages has in its name."""
_PLACE_LENGTHS = (2, 3)
_USUALLY_OF_GOVERNMENT = frozenset(["文明办", "外办", "外事办", "金融办", "信访局"])


class Named(NamedTuple):
    """An entry with its name in full, how it was read, and the code of a question, if any."""

    entry: Entry
    name: str
    how: How
    because: str = ""
    doubt: str | None = None


def in_full(entries: list[Entry], context: Context, before: Sequence[str] = ()) -> list[Named]:
    """Every entry with its name in full, in order; ``before`` are the names of earlier cells."""
    earlier = [Entry(read_name(text), NO_PIECE) for text in before]
    halls = context.halls if context.halls is not Halls.UNKNOWN else halls_of([*earlier, *entries])
    context = context._replace(halls=halls)
    carried, named = _across(earlier, context), []
    carried = carried._replace(is_repeated=_repeats_prefix(entries))
    for entry in entries:
        one = _through_head(_named(entry, carried, context))
        after = _carry(read_name(one.name), one, carried, context)
        carried = after._replace(is_repeated=carried.is_repeated)
        named.append(one)
    return named


def _across(earlier: Sequence[Entry], context: Context) -> Carried:
    """What the earlier cells of a row hand on: the prefix of the last name that has one."""
    carried = Carried()
    for entry in earlier:
        one = Named(entry, entry.name.text, How.WRITTEN)
        carried = _carry(entry.name, one, carried, context)
    return carried._replace(is_crossed=False, cell="前一栏" if carried.prefix else "")


def _repeats_prefix(entries: list[Entry]) -> bool:
    """Whether a line writes the prefix again and again, so that a name without it has none.

    A line in which no name has one shows as much: there is nothing to take over.
    """
    if any(entry.name.kind in BARE and entry.name.is_known for entry in entries):
        return False
    prefixed = sum(entry.name.kind is Kind.PREFIXED for entry in entries)
    return prefixed != 1


def halls_of(entries: list[Entry]) -> Halls:
    """What a single line shows: 省教育厅, or 教育厅 before a name that repeats 省."""
    if any(e.name.kind is Kind.PREFIXED and e.name.stem.endswith("厅") for e in entries):
        return Halls.PREFIXED
    seen, has_prefix = False, False
    for entry in entries:
        if has_prefix and entry.name.kind is Kind.LEVEL and entry.name.is_known:
            return Halls.PREFIXED
        has_prefix = has_prefix or entry.name.level in _PROVINCIAL
        if seen and entry.name.kind is Kind.PREFIXED and entry.name.level in _PROVINCIAL:
            return Halls.BARE
        seen = seen or entry.name.kind is Kind.HALL
    return Halls.UNKNOWN


def _through_head(one: Named) -> Named:
    """The same, with a question where the document writes the unit's head instead of the unit."""
    if not one.entry.piece.post:
        return one
    because = f"原文写的是“{one.entry.piece.post}”"
    because = f"{one.because}；{because}" if one.because else because
    return one._replace(how=How.THROUGH_HEAD, because=because, doubt="through-head")


def _carry(name: Name, one: Named, carried: Carried, context: Context) -> Carried:
    if name.text.startswith("中央"):
        return Carried(of=name.text)
    if (every := _EVERY.match(name.text)) and is_stem(every["stem"]) and not is_seat(name.text):
        return Carried(every["prefix"], "各", of=name.text)
    if name.kind is not Kind.PREFIXED:
        is_between = name.kind in (Kind.OUTSIDE, Kind.GROUP, Kind.OWN, Kind.PLACE)
        return carried._replace(is_crossed=carried.is_crossed or is_between)
    is_higher = (
        bool(context.level) and name.level != context.level and len(name.prefix) <= len(name.level)
    )
    if is_higher or ENTERPRISE.search(name.stem):
        return carried._replace(is_crossed=True)
    is_party = name.is_party or name.stem.startswith("委")
    is_assumed = one.doubt == "prefix-from-level"
    return Carried(name.prefix, name.level, is_party, is_assumed=is_assumed, of=one.name)


def _named(entry: Entry, carried: Carried, context: Context) -> Named:
    name = entry.name
    if _is_local_head_office(name, carried, context):
        name = name._replace(kind=Kind.LEVEL, is_known=False)
        entry = entry._replace(name=name)
    if entry.how is How.SHARED_NOUN:
        return _shared(entry, carried, context)
    if entry.how is not How.WRITTEN:
        return Named(entry, name.text, entry.how, entry.because)
    if name.kind in BARE:
        return _bare(entry, carried, context)
    if better := _correction(name, context):
        because = f"原文为“{name.text}”，疑有错漏"
        return Named(entry, better, How.CORRECTED, because, "misspelt")
    how = How.WRITTEN
    if name.kind in (Kind.GROUP, Kind.TOPIC_GROUP):
        how = How.GROUP
    elif name.tail:
        how = How.DUAL_NAME
    return Named(entry, name.text, how, "", of_written(name, context))


def _is_local_head_office(name: Name, carried: Carried, context: Context) -> bool:
    """Whether a 总局 behind names of the document's own level may be of that level too."""
    is_own = bool(carried.prefix) and carried.level == context.level != "国"
    return (
        is_own
        and name.kind is Kind.OUTSIDE
        and name.stem.endswith("总局")
        and name.stem not in CENTRE_STEMS
        and not name.stem.startswith(("国家", "中国"))
    )


def _correction(name: Name, context: Context) -> str | None:
    if name.kind in (Kind.GROUP, Kind.TOPIC_GROUP, Kind.OUTSIDE, Kind.PLACE, Kind.OWN):
        return None
    return correction(name, context)


def _shared(entry: Entry, carried: Carried, context: Context) -> Named:
    if entry.doubt or entry.name.kind not in BARE:
        code = entry.doubt or (None if is_seat(entry.name.text) else "shared-noun")
        return Named(entry, entry.name.text, How.SHARED_NOUN, entry.because, code)
    bare = _bare(entry, carried, context)
    return bare._replace(how=How.SHARED_NOUN, because=entry.because, doubt="shared-noun")


def _bare(entry: Entry, carried: Carried, context: Context) -> Named:
    name = entry.name
    if not name.is_known and (better := _correction(name, context)):
        fixed = _bare(entry._replace(name=read_name(better)), carried, context)
        because = f"原文为“{name.text}”，疑有错漏"
        return fixed._replace(how=How.CORRECTED, because=because, doubt="misspelt")
    is_placed = context.is_named_in(name.stem) or name.stem.startswith(PROVINCES)
    if not name.is_known and is_placed:
        return Named(entry, name.text, How.WRITTEN)
    if context.level == "国":
        return _of_the_centre(entry, carried)
    return _bare_hall(entry, carried, context) or _local(entry, carried, context)


def _local(entry: Entry, carried: Carried, context: Context) -> Named:
    name = entry.name
    if context.registered(name.text) == name.text and not carried.prefix:
        return Named(entry, name.text, How.WRITTEN, "名录中即为此名")
    is_of_above = context.level in _LOWEST and bool(_BRANCH.search(name.stem))
    is_alone = carried.is_alone and not _is_of_the_list(entry, carried)
    if not name.is_known and (name.stem.endswith(_SECTIONS) or is_alone or is_of_above):
        return Named(entry, name.text, How.WRITTEN, "", "no-prefix")
    base = carried.prefix or context.level
    if not base or (context.is_unprefixed and not carried.prefix):
        doubtful = not context.is_unprefixed or not name.is_known
        return Named(entry, name.text, How.WRITTEN, "", "no-prefix" if doubtful else None)
    return _with_prefix(entry, base, carried, context)


def _is_of_the_list(entry: Entry, carried: Carried) -> bool:
    """Whether a short name nobody knows is read as its neighbours are; it is asked about."""
    stem = entry.name.stem
    is_of_a_place = _AREA.search(stem) or any(
        stem[:size] not in TOPICS and is_stem(stem[size:]) for size in _PLACE_LENGTHS
    )
    is_listed = entry.piece.separator in "、" and bool(_SHORT_ORGAN.match(stem))
    return is_listed and carried.prefix in LEVELS and not is_of_a_place


def _of_the_centre(entry: Entry, carried: Carried) -> Named:
    if entry.name.kind is Kind.PARTY and carried.of.startswith("中央"):
        because = f"沿用“{carried.of}”的“中央”"
        return Named(entry, "中央" + entry.name.text, How.PREFIX_INHERITED, because)
    if entry.name.kind is Kind.PARTY and entry.name.stem not in CENTRE_STEMS:
        because = "按文件层级补“中央”"
        full = "中央" + entry.name.text
        return Named(entry, full, How.PREFIX_INHERITED, because, "prefix-from-level")
    return Named(entry, entry.name.text, How.WRITTEN)


def _bare_hall(entry: Entry, carried: Carried, context: Context) -> Named | None:
    """A 厅 that stays as it is; None where it takes the prefix."""
    name = entry.name.text
    if entry.name.kind is not Kind.HALL:
        return None
    if context.halls is Halls.BARE or (context.halls is Halls.UNKNOWN and not carried.prefix):
        return Named(entry, name, How.WRITTEN, "文件中各厅不加层级" if carried.prefix else "")
    if context.halls is Halls.PREFIXED and not carried.prefix and context.level not in _PROVINCIAL:
        return Named(entry, name, How.WRITTEN, "", "no-prefix")
    return None


def _with_prefix(entry: Entry, base: str, carried: Carried, context: Context) -> Named:
    name = entry.name
    if carried.prefix and context.level and carried.level not in (context.level, ""):
        base = carried.prefix if len(carried.prefix) > len(carried.level) else context.level
    committee = base + ("党委" if base == "自治区" else "委")
    stem = name.stem + name.tail
    options = {"plain": base + stem, "party": committee + stem}
    if name.stem in ("团委", "共青团"):
        options = {"plain": base + "团委", "league": f"团{base}委"}
    chosen = options["party"] if _is_party(entry, carried) else options["plain"]
    elsewhere = [option for option in options.values() if context.knows(option)]
    because = (
        f"沿用{carried.cell}“{carried.of}”的“{base}”" if carried.prefix else f"按文件层级补“{base}”"
    )
    if len(elsewhere) == 1:
        return Named(
            entry, elsewhere[0], How.PREFIX_INHERITED, because + "，文件别处或名录有此全名"
        )
    if name.kind is Kind.PARTY and chosen == options["party"]:
        because = because.replace(f"“{base}”", f"“{committee}”")
    code = of_restored(name, entry.piece.separator, carried, context, len(elsewhere) > 1)
    return Named(entry, chosen, How.PREFIX_INHERITED, because, code)


def _is_party(entry: Entry, carried: Carried) -> bool:
    if entry.name.stem in _USUALLY_OF_GOVERNMENT:
        return False
    if entry.name.stem in TWOFOLD_STEMS:
        return carried.is_party
    return entry.name.kind is Kind.PARTY
