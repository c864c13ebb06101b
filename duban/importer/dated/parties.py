"""Who a sentence speaks of: its subject, taken apart and matched with the units of the document."""

import re
from typing import NamedTuple

from duban.importer.dated.passage import Passage, Scope

_ORGAN = (
    r"人民政府|政府|委员会办公室|委员会|办公室|领导小组|工作组|专班|部门|单位|残联|妇联|"
    r"工商联|总工会|红十字会|团委|科协|文联|"
    r"镇街|街镇|乡镇|镇街道|街道办事处|街道|县区|区县|县（市、区）|县\(市、区\)|市州|各地|"
    r"各级|[各区县市镇乡]\)|"
    r"(?<=[一-龥]{2})(?:厅|局|委|办|部|院|署|会|社|站|中心|公司|集团|银行|机关|企业|机构|"
    r"学校|高校|院校|医院|协会|法院|检察院|管委会)"
)
_NO_SUBJECT = (
    r"(?!于|分别|向|对|根据|为|按|依|落实|贯彻|将|把|以|通过|推动|加强|结合|围绕|针对|鼓励|"
    r"支持|引导|组织(?![、部和])|开展|实施|促进|"
    r"完善|建立|建设|制定|配合|会同|帮助|协调|督促|指导|要|应|发挥|充分|强化|深化|做好|"
    r"健全|推进|到|在|自|从|如|若|凡)"
)
_ENTITY = rf"{_NO_SUBJECT}[^,。;:!?□向]{{0,60}}?(?:{_ORGAN})(?:[(（][^()（）]{{1,12}}[)）])?"
_MODAL = (
    r"要|应当?|须|需(?!求)|将|负责|牵头|会同|每[年季月半]|于(?=\d|□|每|当)|在(?=\d|□)|按年|"
    r"按季|按月|按职责|按任务|按要求|按照|□|每|根据|进一步|切实|加强|统筹|定期|及时|结合|"
    r"原则上|分别|共同|应按|对照|认真|可|汇总|审核|制定|出台|编制|报送|上报|召开|建立|组织|"
    r"开展|向(?=[^,。;]{2,20}(?:报|公))"
)
_SUBJECT = re.compile(rf"^(?:并)?(?:请|由)?(?P<who>{_ENTITY})\s?,?(?={_MODAL})")
_TIMED = re.compile(
    r"^(?:自\d{4}年起|在?[^,。;]{0,8}(?:实施)?期间|每年度?|同时|此外|其中|其次|首先|另外|"
    r"[一二三四五六七八九十]是|[(（]?\d{1,2}[)）.、]?)\s?,?"
)
_LACKING = re.compile(r"^(?P<who>[^,。;]{4,40}未[^,。;]{2,16}的)\s?,(?=要|应|须|需)")
_LOCAL = re.compile(
    r"^(?:全[省市县区]|地方)?(?:各地区?|各级|地方各级|各级地方)(?:党委政府|党委、政府|"
    r"人民政府|政府|党委)?(?:和[^,。]{0,10})?$"
)
_LOWER = re.compile(
    r"各(?:(?:自治[州县旗]|街道|乡镇|镇街|街镇|县区|区县|市州|开发区|园区|[市州县区旗镇乡])|"
    r"[（(][^（()）]+[)）]|、)+"
)
_GENERAL = re.compile(
    r"^(?:[^各]{0,3})?各?(?:有关|相关|责任|成员|牵头|组成|主管|区级|市级|县级|省级)*(?:有关|"
    r"相关|责任|成员|牵头)(?:部门|单位|地区)|^各(?:级|地)?各?(?:部门|单位|地区)$"
)
_OUTSIDE = re.compile(
    r"企业|公司|事业单位|机构|学校|院校|高校|医院|协会|商会|合作社|社会组织|未达到|机关和|"
    r"机关、|(?<!责任|成员|有关|相关|主管|下属|直属|牵头|各级)(?<!各)单位$"
)
_BODIES = re.compile(r"机关[、和]事业单位|用人单位|企业|学校|机构")
_PREFIX, _FIELD = 3, 4
"""Longest prefix of a place or level, and longest bare name of a field of work."""
_LEVELS = ("国务院", "中央", "国家", "全国")


class Party(NamedTuple):
    """A subject: the units it stands for, and whether they lie outside the plan's reach."""

    names: tuple[str, ...]
    external: bool


def subject(clause: str) -> tuple[int, int, int] | None:
    """The span of the subject that a piece of even text begins with, and where its verb begins."""
    shift = 0
    while (timed := _TIMED.match(clause[shift:])) and timed.end():
        shift += timed.end()
    rest = clause[shift:]
    found = _LACKING.match(rest) or _SUBJECT.match(rest)
    if not found or not found["who"].strip("□ "):
        return None
    return shift + found.start("who"), shift + found.end("who"), shift + found.end()


def party(who: str, passage: Passage, scope: Scope) -> Party:
    """The units that a subject names, as the document's rows write them."""
    if who.endswith("的"):
        bodies = _BODIES.findall(passage.text[: passage.text.rfind(who)])
        return Party((who + (bodies[-1] if bodies else "单位"),), True)
    known = tuple(dict.fromkeys((*passage.units, *scope.units)))
    if _LOCAL.match(who):
        lower = next((match[0] for name in known if (match := _LOWER.match(name))), None)
        return Party((lower or who,), False)
    if _is_above(who, scope):
        return Party((who,), True)
    if who not in known and _OUTSIDE.search(who) and not _GENERAL.match(who):
        return Party((re.sub(r"^(?:各类|各)(?=企业)", "", who),), True)
    names = _separate(who)
    resolved = [_resolve(name, passage.units, known) for name in names]
    return Party(tuple(dict.fromkeys(resolved)), False)


def is_general(name: str) -> bool:
    """Whether a name stands for all units of the plan: 各有关部门, 各责任单位."""
    return _GENERAL.match(name) is not None


def is_local(name: str) -> bool:
    """Whether a name is a group of lower governments: 各镇街, 各县区人民政府."""
    return name.startswith("各") and not is_general(name)


def _is_above(who: str, scope: Scope) -> bool:
    place = scope.jurisdiction or ""
    if who.startswith(_LEVELS):
        return place != "全国"
    higher = {"市": "省", "县": "市省", "区": "市省", "旗": "市省"}.get(place[-1:], "")
    return who[:1] in higher and bool(higher) and who not in scope.units


def _separate(who: str) -> list[str]:
    """The names of a list: 市残联、妇联 -> 市残联, 市妇联; 各有关部门和镇街 -> …, 各镇街."""
    pieces = [
        piece for piece in re.split(r"、|以及|及其|及|和(?!国|谐)|与", _kept_whole(who)) if piece
    ]
    if not pieces:
        return [who]
    first = pieces[0]
    names = []
    for piece in pieces:
        name = piece.replace("\0", "、").replace("\1", "和").strip()
        is_short = first.startswith("各") and not name.startswith(("各", "省", "市", "县", "区"))
        names.append("各" + name if is_short else name)
    return names


def _kept_whole(who: str) -> str:
    whole = re.sub(r"[(（][^()（）]*[)）]", lambda match: match[0].replace("、", "\0"), who)
    return re.sub(
        r"(?<=资源)和(?=社会)|(?<=文化)和(?=旅游)|(?<=工业)和(?=信息)|(?<=发展)和(?=改革)|"
        r"(?<=住房)和(?=城乡)",
        "\1",
        whole,
    )


def _resolve(name: str, own: tuple[str, ...], known: tuple[str, ...]) -> str:
    """The unit of the row, or else of the document, that this name means; itself if none does."""
    if is_general(name):
        return name
    full = re.sub(r"(?<!人民)政府", "人民政府", name)
    for candidate in (name, full):
        if candidate in known:
            return candidate
    for units in (own, known):
        for is_meant in (_is_same_group, _is_ending, _is_field):
            for unit in units:
                if is_meant(name, unit):
                    return unit
    return name


def _is_same_group(name: str, unit: str) -> bool:
    plain = re.sub(r"人民|政府", "", name)
    return name.startswith("各") and plain == re.sub(r"人民|政府", "", unit)


def _is_ending(name: str, unit: str) -> bool:
    return len(name) > 1 and unit.endswith(name) and len(unit) - len(name) <= _PREFIX


def _is_field(name: str, unit: str) -> bool:
    """组织, 人力社保部门, 烟草专卖行政主管部门: the field of the work names the unit."""
    stem = re.sub(r"(?:专卖)?(?:行政)?(?:主管)?(?:管理)?(?:部门)?$", "", name)
    is_field = stem != name or len(name) <= _FIELD
    return is_field and len(stem) > 1 and not is_local(unit) and (stem in unit)
