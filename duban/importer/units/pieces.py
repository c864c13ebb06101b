"""What a span holds: names, the part that a verb gives them, 等, and what is no unit."""

import re
from typing import NamedTuple

from duban.importer.units.names import Kind, Name, is_complete, read_name
from duban.importer.units.normal import CLOSE, OPEN
from duban.importer.units.phrases import ROLE_BRACKET, VERB, part_of
from duban.importer.units.posts import ends_name, holder
from duban.importer.units.scan import Span
from duban.importer.units.terms import TOPICS
from duban.importer.units.vocabulary import GROUP
from models.draft import Part

_JOINT = re.compile(r"(?P<lead>会同|会商)|联合(?!会|国|体|社|工会|党|组|支部|惩戒|执法)")
_CONJUNCTION = re.compile(r"[+＋]|以及|及(?!其|时)|和|与|暨|或(?!者)|、|，")
_CLASS = r"(?:(?![和及与、，；]|会同|联合|牵头|负责|配合)[\u4e00-\u9fff])"
_ET_CETERA = re.compile(
    r"(?<=[\u4e00-\u9fff）])(?<![高初中同优平均])等(?!级|次)(?:[0-9一二三四五六七八九十]{1,3}|多)?(?:个|家)?(?:有关|相关|各)*"
    r"(?:县市区|县区|区县|市县|县市|县（市、区）|县（市）|县|乡镇|镇街|街道|地市|地区"
    rf"|{_CLASS}{{0,10}}(?:部门|单位|部委|机关|企业|国企|央企|机构|方面|组织|团体|媒体|高校|院校|学校|医院|银行|公司|集团|协会|学会|商会|院所|院团|园区|开发区)"
    r"(?:（单位）|（企业）|[和、及与]?(?:有关|相关)?(?:单位|企业|机构|人员|部门|地方))*)?$"
)
"""等 and what class of bodies goes on: 等部门, 等7县, 等有关高校, 等基础电信企业."""
_LEADING = re.compile(
    r"^(?:[0-9]{1,2}[.)）]\s*|由|请|其中|同时|并由|并|以及|另由|另|原则上|主要|分别|以)(?=.{2})|^[及与和](?=.{2})"
)
_BY = ("由", "请", "并由", "另由")
_BRACKET = re.compile(r"（([^（）]*)）$")
_NOTE = re.compile(
    r"职责|分工|下同|负责|排名|排序|首位|第一|牵头|按|[0-9]|除外|不含|包括|方面|工作|联系|辖区内"
)
_UNDER_ONE_ROOF = re.compile(r"合署(?:办公)?$")
_OTHER_NOUN = re.compile(r"^(?:[局厅委办部处科站所]|分局|总队|支队|中心)$")
"""What the same organ is called elsewhere: 公安厅（局）."""
_GENERIC = re.compile(
    r"^(?:单位|(?:人民)?政府|企业|机构|组织|街道|部门|开发区|园区|乡镇|镇|乡|学校|个人|县|区|市|管委会)$"
)
_RUN_TOGETHER = re.compile(r"(?<=[局厅委办部联会院社心司])(?=(?:省|市|州|区|县|旗)[\u4e00-\u9fff])")
_LONGEST = 300
"""Nothing so long without a separator is a name; the words are handed on as they are."""


class Piece(NamedTuple):
    """A name as it stands at ``[begin:end]`` of the line; ``part`` where a verb or label says it.

    ``whole_end`` lies behind 等部门, ``is_open``: 等 follows. ``is_parted``: no separator parts it
    from the name before. ``post`` is the head or person through whom ``text`` is named.
    """

    text: str
    begin: int
    end: int
    separator: str
    part: Part | None = None
    whole_end: int = 0
    is_open: bool = False
    is_parted: bool = False
    post: str = ""

    @property
    def is_person(self) -> bool:
        """Whether it names a post or a person, and no unit."""
        return bool(self.post) and self.post == self.text


NO_PIECE = Piece("", 0, 0, "")


class Cut(NamedTuple):
    """A span taken apart; ``verb`` is a part that goes to the pieces before it too.

    ``has_joint``: 会同 stands in it; what is before it leads, what follows supports. Another unit
    begins at ``tail``, behind the verb, where a separator is lost.
    """

    pieces: tuple[Piece, ...]
    verb: Part | None
    has_joint: bool
    tail: int | None = None


def cut_span(flat: str, span: Span) -> Cut:
    """Take a span of the line apart."""
    begin = span.begin
    if span.end - begin > _LONGEST:
        return Cut((), None, False)
    while found := _leading(flat[begin : span.end]):
        begin += found
    verb = _verb(flat, begin, span.end)
    end = verb.start() if verb else span.end
    if roof := _UNDER_ONE_ROOF.search(flat, begin, end):
        end = roof.start()
    pieces = _names(flat, begin, end, span)
    has_joint = any(lead for lead, _, _ in _joint_parts(flat, begin, end))
    if verb is None:
        return Cut(tuple(pieces), None, has_joint)
    return Cut(tuple(pieces), part_of(verb), has_joint, _tail(flat, verb.end(), span.end))


def _tail(flat: str, begin: int, end: int) -> int | None:
    """Where a unit begins behind a verb: 市教育局牵头市财政局配合."""
    while begin < end and (verb := VERB.match(flat, begin, end)):
        begin = verb.end()
    names = cut_span(flat, Span(begin, end, "，")).pieces if begin < end else ()
    return begin if names and _is_unit(read_name(names[0].text)) else None


def _is_unit(name: Name) -> bool:
    is_named = name.kind is Kind.PREFIXED and name.is_known
    return is_named or (name.kind is Kind.GROUP and is_complete(name.text))


def _leading(text: str) -> int:
    found = _LEADING.match(text)
    if found and found.group() in _BY and read_name(text[found.end() :]).is_known:
        return found.end()
    if not found or read_name(text).is_known or read_name(text).kind is Kind.GROUP:
        return 0
    return found.end()


def _verb(flat: str, begin: int, end: int) -> re.Match[str] | None:
    """The first verb that follows a whole name (or nothing), outside of brackets."""
    text = "".join(flat[begin:end].split())
    name = read_name(text)
    if (found := VERB.match(text)) and _is_unit(read_name(text[found.end() :])):
        return VERB.match(flat, begin, end)
    if (name.is_known and name.kind is not Kind.OUTSIDE) or (
        text.endswith(("单位", "部门")) and GROUP.search(text)
    ):
        return None
    for found in VERB.finditer(flat, begin, end):
        before = "".join(flat[begin : found.start()].split())
        if before.count("（") != before.count("）"):
            continue
        if not before or _is_list_end(before):
            return found
    return None


def _is_list_end(before: str) -> bool:
    bare = _ET_CETERA.sub("", before)
    return bare != before or ends_name(bare) or bare in TOPICS or bool(ROLE_BRACKET.search(bare))


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
    if pieces and span.is_parted:
        pieces[0] = pieces[0]._replace(is_parted=True)
    return pieces


def _joint_parts(flat: str, begin: int, end: int) -> list[tuple[bool, int, int]]:
    for found in _JOINT.finditer(flat, begin, end):
        before = "".join(flat[begin : found.start()].split())
        after = _ET_CETERA.sub("", "".join(flat[found.end() : end].split()))
        is_after = not after or ends_name(after)
        if is_after and (not before or ends_name(before) or _is_unit(read_name(after))):
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
    is_topic = read_name(left).stem in TOPICS
    if is_topic or not _is_balanced(left) or _GENERIC.match(right) or not ends_name(left):
        return False
    if whole.startswith("各级") and right in ("政府", "人民政府", "有关部门"):
        return False
    return ends_name(right) or right in TOPICS


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


def _begins_known(name: Name) -> bool:
    if name.is_known and name.kind is Kind.PREFIXED:
        return True
    text = name.text
    return any(
        read_name(text[: at.start()]).is_known for at in _RUN_TOGETHER.finditer(text) if at.start()
    )


def _note(flat: str, begin: int, end: int) -> re.Match[str] | None:
    """A bracket behind a name that holds no other name: a task, a time, how work is shared."""
    found = _BRACKET.search(flat, begin, end)
    before = "".join(flat[begin : found.start()].split()) if found else ""
    if not found or not (ends_name(before) or before in TOPICS):
        return None
    if _OTHER_NOUN.match(found[1]):
        return None
    if read_name(before).kind is Kind.GROUP:
        return found if _NOTE.search(found[1]) else None
    is_noted, inside = bool(_NOTE.search(found[1])), "".join(found[1].split())
    heads = [VERB.split(words, maxsplit=1)[0] for words in re.split("[、，；]", inside)]
    is_name = any(
        read_name(head).is_known
        or (not is_noted and (is_complete(head) or head in TOPICS or head.startswith("各")))
        for head in heads
        if head
    )
    return None if is_name else found


def _piece(flat: str, begin: int, end: int, separator: str, part: Part | None) -> Piece | None:
    words = flat[begin:end]
    begin += len(words) - len(words.lstrip())
    end = begin + len(words.strip())
    whole_end, is_open = end, False
    if (found := _ET_CETERA.search(flat[begin:end])) and found.start():
        end, is_open = begin + found.start(), True
    while found := ROLE_BRACKET.search(flat, begin, end) or _note(flat, begin, end):
        if found.re is ROLE_BRACKET:
            part = part_of(found)
        end = found.start()
    text = "".join(flat[begin:end].split())
    if not text:
        return None
    unit, post = holder(text)
    whole_end = whole_end if is_open else end
    return Piece(unit or text, begin, end, separator, part, whole_end, is_open, post=post)
