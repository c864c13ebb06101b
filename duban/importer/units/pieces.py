"""What a span holds: names, the part that a verb gives them, 等, and what is no unit."""

import re
from typing import NamedTuple

from duban.importer.units.names import Kind, is_complete, read_name
from duban.importer.units.normal import CLOSE, OPEN
from duban.importer.units.scan import Span
from duban.importer.units.terms import TOPICS
from duban.importer.units.vocabulary import GROUP
from models.draft import Part

_DUTY = (
    r"(?:按照?|依据?|根据|结合|依照)(?:照|据)?(?:各自|自身|部门|有关|相关)?(?:的)?"
    r"(?:职责|职能|职权|权限|业务|任务|法定职责|分工|责任)"
)
_VERB = re.compile(
    r"(?:(?:持续|长期|积极|统筹|深入|抓好|同步|全力|协调|(?:紧密)?结合(?:各自|自身|本地区?)?实际|因地制宜|依法)+(?:抓好)?)?(?:(?P<lead>(?:共同|联合|负责|总)?牵头|主办|负总责|为主(?!任)|抓总)"
    r"|(?P<supporting>(?:积极|协同|共同|按职责)?配合|参与|参加|协办|协助|协同|协作|支持|会办)"
    rf"|(?P<responsible>{_DUTY}|(?:分别|共同|分工|分级|具体|各自|按分工|协同|承担)?负责|组织实施|分工落实|落实|承办|实施"
    r"|推进|承担|完成|执行|组织(?:开展|落实|推进|协调)|坚持|抓好))"
)
_JOINT = re.compile(r"(?P<lead>会同|会商)|联合(?!会|国|体|社|工会|党|组|支部|惩戒|执法)")
_CONJUNCTION = re.compile(r"以及|及(?!其|时)|和|与|暨|或(?!者)|、|，")
_ET_CETERA = re.compile(
    r"(?<=[\u4e00-\u9fff）])(?<![高初中同优平均])等(?!级|次)(?:[0-9一二三四五六七八九十]{1,3}|多)?(?:个|家)?"
    r"(?:国务院|[省市区县州旗]?政府|[省市区县州旗](?=有关|相关|各)|[省市区县州]级|[省市区县州]直|各|有关|相关|职能|成员|责任|主管|行业|配套|主要|重点|新闻|金融|保险|科研|直属|驻[省市区县州])*"
    r"(?:(?:部门|单位|机关|企业|机构|方面|组织)(?:（单位）|（企业）|[和、及](?:单位|企业|机构|人员|部门))?)?$"
)
_LEADING = re.compile(
    r"^(?:[0-9]{1,2}[.)）]\s*|由|请|其中|同时|并由|并|以及|另由|另|原则上|主要|分别|以)(?=.{2})|^[及与和](?=.{2})"
)
_ROLE_BRACKET = re.compile(
    r"（(?:(?P<lead>牵头(?:单位|部门|负责)?|主办(?:单位)?|总牵头)"
    r"|(?P<supporting>配合(?:单位|部门)?|协办(?:单位)?|参与(?:单位)?)"
    r"|(?P<responsible>责任单位|负责|承办(?:单位)?|落实))）$"
)
_NOTE_BRACKET = re.compile(
    r"（[^（）]*(?:职责|分工|下同|负责|排名|排序|首位|第一|牵头|按|[0-9]|除外|不含|包括|方面|工作|联系|辖区内)[^（）]*）$"
)
_GENERIC = frozenset(
    [
        "单位",
        "政府",
        "企业",
        "机构",
        "组织",
        "街道",
        "部门",
        "人民政府",
        "开发区",
        "园区",
        "乡镇",
        "镇",
        "乡",
        "学校",
        "个人",
        "县",
        "区",
        "市",
        "管委会",
    ]
)
_RUN_TOGETHER = re.compile(r"(?<=[局厅委办部联会院社心司])(?=(?:省|市|州|区|县|旗)[\u4e00-\u9fff])")


_LONGEST = 300
"""Nothing so long without a separator is a name; the words are handed on as they are."""


class Piece(NamedTuple):
    """A name as it stands at ``[begin:end]`` of the line; ``part`` where a verb or label says it.

    ``whole_end`` lies behind 等部门, ``is_open``: 等 follows. ``is_parted``: no separator parts it
    from the name before.
    """

    text: str
    begin: int
    end: int
    separator: str
    part: Part | None = None
    whole_end: int = 0
    is_open: bool = False
    is_parted: bool = False


class Cut(NamedTuple):
    """A span taken apart; ``verb`` is a part that goes to the pieces before it too.

    ``has_joint``: 会同 stands in it; what is before it leads, what follows supports.
    """

    pieces: tuple[Piece, ...]
    verb: Part | None
    has_joint: bool


def cut_span(flat: str, span: Span) -> Cut:
    """Take a span of the line apart."""
    begin = span.begin
    if span.end - begin > _LONGEST:
        return Cut((), None, False)
    while found := _leading(flat[begin : span.end]):
        begin += found
    verb = _verb(flat, begin, span.end)
    end = verb.start() if verb else span.end
    pieces = _names(flat, begin, end, span)
    has_joint = any(lead for lead, _, _ in _joint_parts(flat, begin, end))
    return Cut(tuple(pieces), _part(verb) if verb else None, has_joint)


def _part(found: re.Match[str]) -> Part:
    if found["lead"]:
        return Part.LEAD
    return Part.SUPPORTING if found["supporting"] else Part.RESPONSIBLE


def _leading(text: str) -> int:
    found = _LEADING.match(text)
    if not found or read_name(text).is_known or read_name(text).kind is Kind.GROUP:
        return 0
    return found.end()


def _verb(flat: str, begin: int, end: int) -> re.Match[str] | None:
    """The first verb that follows a whole name (or nothing), outside of brackets."""
    text = "".join(flat[begin:end].split())
    name = read_name(text)
    if (name.is_known and name.kind is not Kind.OUTSIDE) or (
        text.endswith(("单位", "部门")) and GROUP.search(text)
    ):
        return None
    for found in _VERB.finditer(flat, begin, end):
        before = "".join(flat[begin : found.start()].split())
        if before.count("（") != before.count("）"):
            continue
        if not before or _is_list_end(before):
            return found
    return None


def _is_list_end(before: str) -> bool:
    bare = _ET_CETERA.sub("", before)
    return bare != before or is_complete(bare) or bare in TOPICS or bool(_ROLE_BRACKET.search(bare))


def _names(flat: str, begin: int, end: int, span: Span) -> list[Piece]:
    """The names of a stretch, parted at 会同, 联合, conjunctions and where a separator is lost."""
    pieces: list[Piece] = []
    part, separator = span.label, span.separator
    for lead, start, stop in _joint_parts(flat, begin, end):
        own = Part.LEAD if lead else part
        for number, (left, right, is_parted) in enumerate(_conjoined(flat, start, stop)):
            sign = separator if number == 0 else "、"
            if piece := _piece(flat, left, right, sign, own):
                pieces.append(piece._replace(is_parted=is_parted))
        part = Part.SUPPORTING if lead else part
        separator = "、"
    return pieces


def _joint_parts(flat: str, begin: int, end: int) -> list[tuple[bool, int, int]]:
    for found in _JOINT.finditer(flat, begin, end):
        before = "".join(flat[begin : found.start()].split())
        after = "".join(flat[found.end() : end].split())
        if (is_complete(before) or not before) and (
            not after or is_complete(_ET_CETERA.sub("", after))
        ):
            rest = _joint_parts(flat, found.end(), end)
            return [(found["lead"] is not None, begin, found.start()), *rest]
    return [(False, begin, end)]


def _conjoined(flat: str, begin: int, end: int) -> list[tuple[int, int, bool]]:
    text = flat[begin:end]
    bare = _ET_CETERA.sub("", "".join(text.split()))
    name = read_name(bare)
    if not name.is_known or name.kind is Kind.OUTSIDE or "，" in text:
        for found in _CONJUNCTION.finditer(flat, begin, end):
            if _parts_names(flat[begin : found.start()], flat[found.end() : end], bare):
                rest = _conjoined(flat, found.end(), end)
                return [*_run_together(flat, begin, found.start()), *rest]
    return _run_together(flat, begin, end)


def _parts_names(left: str, right: str, whole: str) -> bool:
    left, right = "".join(left.split()), _ET_CETERA.sub("", "".join(right.split()))
    if not _is_balanced(left) or right in _GENERIC or not is_complete(left):
        return False
    if whole.startswith("各级") and right in ("政府", "人民政府", "有关部门"):
        return False
    return is_complete(right) or right in TOPICS


def _is_balanced(text: str) -> bool:
    return sum(text.count(sign) for sign in OPEN) == sum(text.count(sign) for sign in CLOSE)


def _run_together(flat: str, begin: int, end: int) -> list[tuple[int, int, bool]]:
    text = flat[begin:end]
    name = read_name("".join(text.split()))
    if not name.is_known and name.kind in (Kind.PREFIXED, Kind.LEVEL, Kind.ODD, Kind.OWN):
        for at in _RUN_TOGETHER.finditer(text):
            left, right = read_name(text[: at.start()]), read_name(text[at.start() :])
            if left.is_known and left.kind is Kind.PREFIXED and _begins_known(right):
                middle = begin + at.start()
                tail = _run_together(flat, middle, end)
                return [(begin, middle, False), (middle, tail[0][1], True), *tail[1:]]
    return [(begin, end, False)]


def _begins_known(name: object) -> bool:
    if not isinstance(name, tuple):
        return False
    text = str(name[0])
    if read_name(text).is_known and read_name(text).kind is Kind.PREFIXED:
        return True
    return any(
        read_name(text[: at.start()]).is_known for at in _RUN_TOGETHER.finditer(text) if at.start()
    )


def _piece(flat: str, begin: int, end: int, separator: str, part: Part | None) -> Piece | None:
    while begin < end and flat[begin].isspace():
        begin += 1
    while end > begin and flat[end - 1].isspace():
        end -= 1
    whole_end, is_open = end, False
    if (found := _ET_CETERA.search(flat[begin:end])) and found.start():
        end, is_open = begin + found.start(), True
    while found := _ROLE_BRACKET.search(flat, begin, end) or _NOTE_BRACKET.search(flat, begin, end):
        if found.re is _ROLE_BRACKET:
            part = _part(found)
        end = found.start()
    text = "".join(flat[begin:end].split())
    whole_end = whole_end if is_open else end
    return Piece(text, begin, end, separator, part, whole_end, is_open) if text else None
