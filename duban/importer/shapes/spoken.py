"""Sentences that only say who does a measure: 市教育局牵头，市财政局配合。"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from duban.importer.units.line import entries_of
from duban.importer.units.lists import is_list
from duban.importer.units.names import Kind, Name, is_complete
from duban.importer.units.phrases import ROLE_LABEL

_SENTENCE = re.compile(r"[^。！？；;\n]+")
_AFTER_TITLE = re.compile(r"^[^，,。：:]{2,40}[：:]\s*")
LEAD_IN = (
    r"(?:(?:本|此|该|上述|以上)(?:项|条|款|类)?(?:工作|任务|措施|事项|行动|内容)?的?[，,]?)?"
    r"(?:均|都|主要|具体)?(?:(?:责任|任务|职责)分工[：:])?"
)
"""What may stand before such a list: 本项工作, 具体."""

_LEAD_IN = re.compile(rf"\s*{LEAD_IN}(?:(?<=[：:])|(?=[由请]|责任|牵头|主办|承办))")
_LABEL = re.compile(rf"(?:^|(?<=[，,]))({ROLE_LABEL})(?:分别)?(?:为|是|[：:])")
_DUTY = r"(?:按照?|依据?|根据)(?:各自|部门|有关)?的?(?:职责|职能|分工)(?:分工|权限)?"
_MANNER = rf"(?:{_DUTY}|分别|分工|共同|联合|协同|具体|总|统筹|积极|负责)*"
_DONE = (
    r"(?:(?:贯彻|组织|推进|推动|督促|负责|抓好?|协调)*(?:落实|实施|推进)|负责|抓总|办理|完成|承担)"
)
_ROLE = re.compile(
    rf"(?P<strong>{_MANNER}(?:牵头{_DONE}?|主办|承办|负责{_DONE}?|(?:贯彻|组织|推动|督促|抓好?)+(?:落实|实施)))$"
    rf"|{_MANNER}(?:配合|参与|参加|协办|协助|协同)(?:{_DONE}|配合)?$"
    rf"|(?:(?<=[\u4e00-\u9fff）])(?:落实|实施|推进|办理))$"
)
_JOINT = re.compile(r"会同|联合(?!会)")
_BEFORE = re.compile(
    r"^(?:并|再|另)?(?:分别|统一|共同|主要|具体)?[由请](?=.{2})|^(?:并|再)?会同(?=.{2})"
)
_FOR_ALL = re.compile(
    r"^(?:各级.*|(?:[省市县区]?(?:各|有关|相关|全体))+[^县市区镇乡街]*(?:部门|单位|地|地区|方面|机构)"
    r"|各地各?部门|各地各?单位)$"
)
_NO_NAME = re.compile(
    r"由|^(?:需要?|督促|督导|指导|协调|支持|建立|成立|明确|按照?|根据|依托|通过|推动|确保|要求|报(?!社)|送|经(?!开|济)"
    r"|组织(?!部)|其他)"
)
_ORGAN = re.compile(r"^[\u4e00-\u9fff]{2,10}(?:(?<![干全内])部|委|局|署|厅|总公司|总社)$")
_TIME = re.compile(r"(?:\d{4}年|今年|每年|全年|长期|年底|\d{1,2}月|持续|常年)[^，,]{0,12}$")
_CLAUSES = re.compile(r"[，,]|(?<=[头合与加责实办施助同])、")
_TAIL = re.compile(r"[，,]\s*|(?<=问题|事项|工作|任务|内容)(?=由)")
_PLAN = re.compile(
    r"(?:于?(?:\d{4}年|今年|年底|\d{1,2}月)[^，,、]{0,10})?(?:抓紧|尽快|认真|牵头|负责|共同)*"
    r"(?:研究(?=提|制|拟|起|解|办|确|落|，|$)|提出|制定|制订|拟订|拿出|起草|出台)[^，,、]{0,24}$"
)
_SHORTEST, _LONGEST = 5, 400


class Spoken(NamedTuple):
    """A list at ``[begin:end]`` of a text; its sentence goes on until ``until``.

    ``begin`` lies behind 本项工作; behind ``end`` stands what the units are to do, if anything.
    """

    begin: int
    end: int
    until: int


def spoken_lists(text: str) -> Iterator[Spoken]:
    """The sentences of a text that name units and their parts, and say nothing else.

    What follows the colon of a title counts as a sentence. 由市教育局负责日常工作 is none: it says
    what the unit is to do.
    """
    for found in _SENTENCE.finditer(text):
        begin, end = found.span()
        title = _AFTER_TITLE.match(found[0]) if begin == 0 else None
        starts = [begin, begin + title.end()] if title else [begin]
        spoken = (Spoken(_behind_lead_in(text, at), end, end) for at in starts)
        yield from [each for each in spoken if is_spoken_list(text[each.begin : end].rstrip())][:1]


def spoken_tails(text: str) -> Iterator[Spoken]:
    """The sentences that end in who does what stands before it: …，由市教育局会同市财政局落实.

    What they are to do may stand behind them: …研究提出意见. A sentence that names units and says
    nothing else is taken whole.
    """
    whole = {each.until: each for each in spoken_lists(text)}
    for found in _SENTENCE.finditer(text):
        tails = (
            _tail(text, found.start() + at.end(), found.end()) for at in _TAIL.finditer(found[0])
        )
        if spoken := whole.get(found.end()) or next(filter(None, tails), None):
            yield spoken


def _tail(text: str, begin: int, until: int) -> Spoken | None:
    sentence = text[begin:until].rstrip("：: ")
    plan = _PLAN.search(sentence)
    if is_spoken_list(sentence):
        return Spoken(begin, begin + len(sentence), until)
    if plan and is_spoken_list(sentence[: plan.start()] + "负责"):
        return Spoken(begin, begin + plan.start(), until)
    return None


def _behind_lead_in(text: str, at: int) -> int:
    found = _LEAD_IN.match(text, at)
    return found.end() if found else at + len(text[at:]) - len(text[at:].lstrip())


def is_spoken_list(sentence: str) -> bool:
    """Whether a sentence without its full stop consists of units and their parts alone."""
    if not _SHORTEST <= len(sentence) <= _LONGEST:
        return False
    if labels := list(_LABEL.finditer(sentence)):
        return labels[0].start() == 0 and _are_labelled(sentence, labels)
    names: list[str] = []
    strong = is_said = False
    pending = ""
    for clause in _CLAUSES.split(sentence):
        body = _BEFORE.sub("", clause.strip())
        if _TIME.match(body):
            continue
        role = _ROLE.search(body)
        units = (body[: role.start()] if role else body).strip("、 ")
        is_joint = bool(_JOINT.search(clause))
        is_said |= is_joint or bool(_BEFORE.match(clause.strip()))
        names += filter(None, _JOINT.split(units))
        strong |= bool(role and (role["strong"] or is_joint))
        if (not units and not role) or (pending and clause.strip()[:1] in "由请"):
            return False
        pending = "" if role else units
    return strong and not pending and _are_units(names, is_said)


def _are_labelled(sentence: str, labels: list[re.Match[str]]) -> bool:
    ends = [*(label.start() for label in labels[1:]), len(sentence)]
    return _are_units(
        [sentence[at.end() : end].strip("，,、 ") for at, end in zip(labels, ends, strict=True)]
    )


def _are_units(names: list[str], is_said: bool = False) -> bool:
    """Whether all are lists of units, and at least one of them names more than 各部门.

    ``is_said``: 由 or 会同 stands before them, so that an organ is one whatever its field is.
    """
    parts = [part for name in names for part in re.split(r"[、和]", name)]
    is_for_all = all(_FOR_ALL.match(part) for part in parts)
    if is_for_all or any(_NO_NAME.search(name) for name in names):
        return False
    if is_said and any(is_list(part) or _ORGAN.search(part) for part in parts):
        return all(_is_name(each.name) for name in names for each in entries_of(name))
    return all(map(is_list, names))


def _is_name(name: Name) -> bool:
    return is_complete(name.text) and name.kind not in (Kind.ODD, Kind.TOPIC)
