"""Lists of responsible units inside running text: which brackets and labels hold one."""

import re
from typing import NamedTuple

from duban.importer.units.entry import Entry
from duban.importer.units.line import entries_of, is_noise
from duban.importer.units.names import BARE, Kind, is_complete
from duban.importer.units.normal import OPEN, normal, partners
from duban.importer.units.phrases import LABEL, OTHER_LABEL, ROLE_AT_END, ROLE_LABEL
from duban.importer.units.terms import PARTY_STEMS
from duban.importer.units.vocabulary import FIRM_LAST, split_topic

_ORDINARY = re.compile(
    r"^\s*(?:含(?!山)|不含|包括|包含|以下(?!各)|简称|下称|如(?![东皋])|例如|即(?!墨)|指(?!挥)|详见|见|参见|附|除|其中|联系|注|截至|截止|又称|暂定|"
    r"试行|征求|修订|《|“|<|〈|是|或|也|约|近|共(?![青和])|及以上|不|从(?![江化])|自(?![治然规贡])|经(?![济信发开合])|当(?![涂阳雄])|对(?!外)|在|"
    r"以|按|根据|原(?![平阳州])|现|为)"
)
_SHARED_OUT = re.compile(r"(?:负责|牵头|落实)\s*$|牵头[^。；]*(?:配合|参与|参加|协助)\s*$")
_MANNER = re.compile(
    r"^(?:分(?!管)|逐|层|谁|专(?!班)|每|一|统一|实行|坚持|人员|机构|场所|属地|单位|部门)"
)
"""How work is shared out, or what must be there: 分级负责, 机构落实."""
_BROKEN_OFF = "的地得所等级性类式型化"
_ENDS = re.compile(r"^\s*(?:$|[。；！？\n]|[（〔【])")
_SPEAKING = re.compile(
    r"残联|妇联|工商联|团委|编办|网信办|总工会|红十字会|科协|侨联|政法委|政府办|法院|检察院|公安局|督查室|融媒体中心|支队|大队|总队"
    r"|社科联|文联|贸促会|关工委|供销社|企业联合会|人武部|台办|外办|疾控中心|大数据中心|公共资源交易中心|公积金"
)
_EVERY_ROW = re.compile(r"^(?:以下|下列)各项?(?:任务|工作|措施)")
_LABEL_BRACKET = re.compile(rf"[（〔【]{ROLE_LABEL}[：]?[】〕）]")
_FEW = 4
_SEVERAL = 3
_LONGEST = 1500


class ListSpan(NamedTuple):
    """A responsibility list at ``[begin:end]`` of a text, brackets included."""

    begin: int
    end: int
    text: str


def find_lists(text: str) -> tuple[ListSpan, ...]:
    """Every responsibility list inside a text, in order; ordinary brackets are none."""
    flat = normal(text)
    spans, at, pairs = [], 0, partners(flat)
    labels = {found.start() for sign in (LABEL, _LABEL_BRACKET) for found in sign.finditer(flat)}
    while at < len(flat):
        end = None
        if flat[at] in OPEN and not _LABEL_BRACKET.match(flat, at):
            end, at = _bracket(flat, at, pairs.get(at))
            begin = at
            at = end if end is not None else _behind(flat, at, pairs.get(at))
        elif at in labels:
            begin, end = at, _labelled(flat, at)
            at = end if _has_units(flat[begin:end]) else at + 1
            end = end if at == end else None
        else:
            begin, at = at, at + 1
        if end is not None:
            spans.append(ListSpan(begin, end, text[begin:end]))
    return tuple(spans)


def is_list(text: str) -> bool:
    """Whether a text, such as a cell, is nothing but a list of units."""
    flat = normal(text)
    if _ORDINARY.match(flat):
        return False
    entries = entries_of(flat)
    return bool(entries) and all(_is_strong(entry) for entry in entries)


def _bracket(flat: str, at: int, close: int | None) -> tuple[int | None, int]:
    """The end of the list that opens at ``at``, None if it is an ordinary bracket."""
    inside = flat[at + 1 : close if close is not None else len(flat)]
    behind = flat[close + 1 :] if close is not None else ""
    if close is None and len(inside) > 1 and inside.count("，") + inside.count("、") < 1:
        return None, at
    if _holds_list(inside, flat[:at], behind):
        return (close + 1 if close is not None else len(flat)), at
    return None, at


def _behind(flat: str, at: int, close: int | None) -> int:
    """Where to go on behind an ordinary bracket: into it if it opens a label list, else past it."""
    if close is None or LABEL.search(flat, at, close):
        return at + 1
    return close + 1


def _holds_list(inside: str, before: str, behind: str) -> bool:
    if len(inside) > _LONGEST or _EVERY_ROW.match(inside):
        return len(inside) <= _LONGEST
    if _ORDINARY.match(inside) or LABEL.search(inside):
        return not _ORDINARY.match(inside)
    entries = [entry for entry in entries_of(inside) if not is_noise(entry)]
    strong = sum(_is_strong(entry) for entry in entries)
    is_at_end = bool(_ENDS.match(behind))
    if ROLE_AT_END.search(inside):
        groups = [entry for entry in entries if entry.name.kind is Kind.GROUP]
        is_for_all = is_at_end and (len(groups) == len(entries) or _is_shared_out(inside, entries))
        strong += sum(bool(entry.piece.post) for entry in entries)
        return bool(entries) and (is_for_all or (strong > 0 and strong * 2 >= len(entries)))
    if not strong or behind[:1] in tuple(_BROKEN_OFF):
        return False
    return _is_enough(entries, strong, is_at_end) and _stands_alone(
        entries, before, behind, is_at_end
    )


def _is_shared_out(inside: str, entries: list[Entry]) -> bool:
    """Whether the bracket ends in words that share work out, and holds nothing but whole names."""
    return bool(_SHARED_OUT.search(inside)) and all(
        is_complete(entry.name.text)
        and entry.name.kind is not Kind.ODD
        and not _MANNER.match(entry.name.text)
        for entry in entries
    )


def _is_enough(entries: list[Entry], strong: int, is_at_end: bool) -> bool:
    """Whether so many names are sure that the others can be taken for units too."""
    is_clear = entries[0].name.kind is Kind.PREFIXED and not any(
        entry.name.kind is Kind.ODD for entry in entries
    )
    if is_at_end and (is_clear or strong >= _SEVERAL):
        return strong * 2 >= len(entries)
    return strong * 5 >= len(entries) * 4


def _stands_alone(entries: list[Entry], before: str, behind: str, is_at_end: bool) -> bool:
    """Whether names without a verb are a list, not the second name of what is before them."""
    if len(entries) == 1:
        is_apart = is_at_end or before[-1:] in tuple("。；！？")
        return is_apart and not FIRM_LAST.search(before)
    if is_at_end or behind[:1].isdigit():
        return True
    return before[-1:] in tuple("。；！？") or (
        len(entries) > _FEW and behind[:1] not in tuple("，、")
    )


def _labelled(flat: str, at: int) -> int:
    """Where the list behind a label ends: its line or sentence, and labels that go on."""
    end = at
    while True:
        stops = [stop for stop in (flat.find(sign, end + 1) for sign in "\n。") if stop > 0]
        end = min(stops, default=len(flat))
        rest = flat[end:].lstrip("。\n \t")
        if not rest or not (LABEL.match(rest) or OTHER_LABEL.match(rest)):
            return end
        end = len(flat) - len(rest)


def _has_units(text: str) -> bool:
    return any(entry.name.kind not in (Kind.ODD, Kind.TOPIC) for entry in entries_of(text))


def _is_strong(entry: Entry) -> bool:
    """Whether a name can be nothing but a unit; 张三（市财政局局长） tells who somebody is."""
    name = entry.name
    if entry.piece.post:
        return False
    if name.kind is Kind.PREFIXED:
        return name.is_known or bool(FIRM_LAST.search(name.stem))
    if name.kind is Kind.GROUP:
        is_several = name.stem.startswith(("各", "有关", "相关", "全体")) or "有关" in name.stem
        return is_several and is_complete(name.stem)
    if name.kind is Kind.OUTSIDE:
        return name.is_known and is_complete(name.stem)
    if name.kind in BARE and name.is_known:
        topic = split_topic(name.stem)
        is_organ = topic is not None and topic[1] not in ("中心", "处", "社", "队")
        return is_organ or name.stem in PARTY_STEMS or bool(_SPEAKING.search(name.stem))
    is_seat = name.kind is Kind.OWN and name.text.endswith(("政府", "管委会", "办事处"))
    return is_seat and len(name.text) > _FEW
