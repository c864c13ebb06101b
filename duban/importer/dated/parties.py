"""Who a sentence speaks of: its subject, taken apart and matched with the units of the document."""

import re
from typing import NamedTuple

from duban.importer.dated.passage import Passage, Scope
from duban.importer.units.context import Context, level_of
from duban.importer.units.line import compile_line
from duban.importer.units.names import Kind, is_complete, read_name
from duban.importer.units.normal import normal
from duban.importer.units.vocabulary import ENTERPRISE, EVERY_UNIT, FIRM_LAST, GROUP
from models.draft import ReadUnit

_NO_SUBJECT = re.compile(
    r"(?:全力|大力|积极|努力|力争|争取|确保|加快|持续|稳步|扎实|深入|有序|着力|切实|于|分别|向|对|根据|为|按|依|落实|贯彻|将|把|以|通过|推动|加强|结合|围绕|针对|鼓励|"
    r"支持|引导|组织(?![、部和])|开展|实施|促进|"
    r"完善|建立|建设|制定|配合|会同|帮助|协调|督促|指导|要|应|发挥|充分|强化|深化|做好|"
    r"健全|推进|到|在|自|从|如|若|凡)"
)
_MODAL = re.compile(
    r"\s?,?(?=要|应当?|须|需(?!求)|将|负责|牵头|会同|每[年季月半]|于(?=\d|□|每|当)|在(?=\d|□)|按年|"
    r"按季|按月|经(?=[^,。;]{2,20}(?:后|同意))|按职责|按任务|按要求|按照|□|每|根据|进一步|切实|加强|统筹|定期|及时|结合|"
    r"原则上|分别|共同|应按|对照|认真|可|汇总|审核|制定|出台|编制|报送|上报|召开|建立|组织(?!部)|"
    r"开展|向(?=[^,。;]{2,20}(?:报|公)))"
)
_ASKING = re.compile(r"并?(?:请|由)?")
_BODY = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:机构|机关|学校|高校|院校|医院|社|站)$")
_HOLDING = re.compile(r"[申举承主协筹创兴合]办$")
"""A verb at the end of the words before a date, and no office: 全力申办2023年…."""
_ENDED = re.compile(r"[,。;:!?□向]")
_TIMED = re.compile(
    r"^(?:自\d{4}年起|在?[^,。;]{0,8}(?:实施)?期间|每年度?|同时|此外|其中|其次|首先|另外|"
    r"[一二三四五六七八九十]是|[(（]?\d{1,2}[)）.、]?)\s?,?"
)
_EVERY_LEVEL = re.compile(
    r"各(?:级|地|地方|省份|省区市|自治[区州县旗]|直辖市|[省市州盟县区旗镇乡街道、]+)(?:人民)?(?:政府)?$"
)
_LACKING = re.compile(r"^(?P<who>[^,。;]{4,40}未[^,。;]{2,16}的)\s?,(?=要|应|须|需)")
_OWN_PAPER = re.compile(
    r"(?P<who>各(?:牵头|责任|成员|承办|有关|相关)*(?:部门|单位))的(?=[^,。;□]{2,30}(?:方案|材料|报告|"
    r"总结|情况|清单|名单|台账)(?:要|应|须|需|务必?|请|于|□))"
)
_LOCAL = re.compile(
    r"^(?:全[省市县区]|地方)?(?:各地区?|各级|地方各级|各级地方)(?:党委政府|党委、政府|"
    r"人民政府|政府|党委)?(?:和[^,。]{0,10})?$"
)
_LOWER = re.compile(
    r"各(?:(?:自治[州县旗]|街道|乡镇|镇街|街镇|县区|区县|市州|开发区|园区|[市州县区旗镇乡])|"
    r"[（(][^（()）]+[)）]|、)+"
)
_OUTSIDE = re.compile(
    r"企业|公司|事业单位|机构|学校|院校|高校|医院|协会|商会|合作社|社会组织|未达到|机关和|"
    r"机关、|(?<!责任|成员|有关|相关|主管|下属|直属|牵头|各级)(?<!各)单位$"
)
_BODIES = re.compile(r"机关[、和]事业单位|用人单位|企业|学校|机构")
_PREFIX, _FIELD = 3, 4
"""Longest prefix of a place or level, and longest bare name of a field of work."""
_LONGEST = 66
"""The longest subject."""
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
    found = _LACKING.match(clause, shift) or _OWN_PAPER.match(clause, shift)
    if found:
        return found.start("who"), found.end("who"), found.end()
    asked = _ASKING.match(clause, shift)
    begin = asked.end() if asked else shift
    if _NO_SUBJECT.match(clause, begin):
        return None
    for modal in _MODAL.finditer(clause, begin + 1):
        who = clause[begin : modal.start()]
        if len(who) > _LONGEST or _ENDED.search(who):
            return None
        if _is_body(normal(who)):
            return begin, modal.start(), modal.end()
    return None


def _is_body(who: str) -> bool:
    """Whether the words can be those who are asked to do something."""
    is_several = is_complete(who) and GROUP.search(who)
    patterns = (FIRM_LAST, ENTERPRISE, _BODY)
    named = any(pattern.search(who) for pattern in patterns)
    if _HOLDING.search(who):
        return False
    return bool(named or is_several or _EVERY_LEVEL.fullmatch(who))


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
    if who not in known and _OUTSIDE.search(who) and not EVERY_UNIT.match(who):
        return Party((re.sub(r"^(?:各类|各)(?=企业)", "", who),), True)
    level = level_of(scope.jurisdiction or "")
    line = compile_line(who, passage.place, Context(level, scope.jurisdiction or ""))
    names = [name for unit in line.units for name in _names(unit)] or [(who,)]
    resolved = [_resolve(each, passage.units, known) for each in names]
    return Party(tuple(dict.fromkeys(resolved)), False)


def is_general(name: str) -> bool:
    """Whether a name stands for all units of the plan: 各有关部门, 各责任单位."""
    return EVERY_UNIT.match(name) is not None


def is_local(name: str) -> bool:
    """Whether a name is a group of lower governments: 各镇街, 各县区人民政府."""
    return name.startswith("各") and not is_general(name)


def _is_above(who: str, scope: Scope) -> bool:
    place = scope.jurisdiction or ""
    if who.startswith(_LEVELS):
        return place != "全国"
    higher = {"市": "省", "县": "市省", "区": "市省", "旗": "市省"}.get(place[-1:], "")
    return who[:1] in higher and bool(higher) and who not in scope.units


def _names(unit: ReadUnit) -> list[tuple[str, ...]]:
    """What a unit may be called in the rows: in full, as written; fields of work one by one."""
    if read_name(unit.name).kind is Kind.TOPIC_GROUP:
        return [(field,) for field in re.split("、|和|及|等", unit.name) if field]
    return [(unit.written, unit.name) if unit.is_doubtful else (unit.name, unit.written)]


def _resolve(names: tuple[str, ...], own: tuple[str, ...], known: tuple[str, ...]) -> str:
    """The unit of the row, or else of the document, that these names mean; the first if none."""
    if is_general(names[0]):
        return names[0]
    full = [re.sub(r"(?<!人民)政府", "人民政府", name) for name in names]
    for candidate in (*names, *full):
        if candidate in known:
            return candidate
    for units in (own, known):
        for is_meant in (_is_same_group, _is_ending, _is_field):
            for unit in units:
                if any(is_meant(name, unit) for name in names):
                    return unit
    return names[0]


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
