"""A responsibility line cut at its separators and labels, each cut with its place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from duban.importer.units.names import BARE, Kind, is_complete, read_name
from duban.importer.units.normal import CLOSE, OPEN, partners
from duban.importer.units.terms import TOPICS
from duban.importer.units.vocabulary import is_stem
from models.draft import Part

_SEPARATORS = "、，；。/|"
_BREAKS = " \t\n"
_ROLE_WORD = (
    r"(?P<lead>(?:总)?牵头(?:责任|负责|落实)?|主办|主责|第一责任|抓总)"
    r"|(?P<supporting>(?:配合|协办|参与|参加|协同|协助|协作|支持|会办)(?:责任|落实)?)"
    r"|(?P<responsible>(?:主要|直接|共同)?责任|负责|承办|实施|落实|主管|完成|承担)"
)
LABEL = re.compile(rf"(?:{_ROLE_WORD})(?:单位|部门|主体|机构|地区|处室)(?:及分工)?\s*[：:]\s*")
_BARE_LABEL = re.compile(
    rf"(?:{_ROLE_WORD})(?:单位|部门|主体|机构)(?=[】）〕\s]|为(?!牵头)|是)(?:为|是)?"
)
OTHER_LABEL = re.compile(
    r"(?:(?:责任|分管|牵头|包抓|包联|联系|挂联|主管|督办|[省市州区县])(?:负责|责任|市|县|区)?领导|责任人|联系人|联系电话|联系方式|完成时限|完成时间|完成期限|时限要求|时间要求"
    r"|时间节点|时限|期限|时间|进度|进度要求|目标|资金来源|资金渠道|备注|下一步)\s*[：:]\s*"
)
_SEATS = (
    (re.compile(r"(?:银行|公司|集团)$"), re.compile(r"(?:分行|支行|分公司|支公司)$")),
    (re.compile(r"总局$"), re.compile(r"(?:税务局|监管局|分局|支局)$")),
)
_LONGEST_QUOTE = 30
_ODD_IN_NAMES = re.compile(r"[0-9A-Za-z：:。，；%％]")


class Span(NamedTuple):
    """Text between two cuts: ``[begin:end]`` of the line, and what stood before it.

    ``label`` is the part that a label gives, ``is_aside`` marks what a label such as 完成时限：
    keeps out of the list.
    """

    begin: int
    end: int
    separator: str
    label: Part | None = None
    is_aside: bool = False


class Scan(NamedTuple):
    """The spans of a line and the places of brackets without their other half."""

    spans: tuple[Span, ...]
    lonely: tuple[int, ...]


def scan(flat: str) -> Scan:
    """Cut a line, whose width is one, at everything that parts units outside of brackets."""
    pairs = partners(flat)
    begin, end = _inside(flat, pairs)
    lonely = [at for at, sign in enumerate(flat) if sign in OPEN + CLOSE and at not in pairs]
    cuts = _cuts(flat, begin, end, pairs)
    spans = [_stripped(flat, cut) for cut in cuts if flat[cut.begin : cut.end].strip()]
    return Scan(tuple(_joined(flat, spans)), tuple(lonely))


def part_of(found: re.Match[str]) -> Part:
    """The part that a role word gives."""
    if found["lead"]:
        return Part.LEAD
    return Part.SUPPORTING if found["supporting"] else Part.RESPONSIBLE


def _inside(flat: str, pairs: dict[int, int]) -> tuple[int, int]:
    begin, end = 0, len(flat)
    while True:
        while begin < end and flat[begin] in _BREAKS + "。；，、":
            begin += 1
        while end > begin and flat[end - 1] in _BREAKS + "。；，、":
            end -= 1
        if begin < end and flat[begin] in OPEN and pairs.get(begin, end - 1) == end - 1:
            end -= pairs.get(begin) == end - 1
            begin += 1
        else:
            return begin, end


def _cuts(flat: str, begin: int, end: int, pairs: dict[int, int]) -> Iterator[Span]:
    at = start = begin
    separator, label, is_aside = "", None, False
    while at < end:
        jump, is_cut = at + 1, False
        found = _label_at(flat, at, start, end)
        if found:
            yield Span(start, at, separator, label, is_aside)
            is_aside = found.re is OTHER_LABEL
            label = None if is_aside else part_of(found)
            separator, at = "：", found.end()
            start = at
            continue
        if flat[at] in OPEN:
            close = pairs.get(at)
            is_label = _heads_names(flat, at, close)
            is_cut = close is None or is_label or not flat[start:at].strip()
            jump = at + 1 if is_cut or close is None else close + 1
        elif flat[at] == "“" and (close := _end_of_quote(flat, at, end)):
            jump = close + 1
        elif flat[at] in CLOSE:
            is_cut = True
        else:
            is_cut = flat[at] in _SEPARATORS + _BREAKS
        if is_cut:
            yield Span(start, at, separator, label, is_aside)
            separator = flat[at] if start < at or flat[at] not in _BREAKS else separator
            start = jump
        at = jump
    yield Span(start, end, separator, label, is_aside)


def _end_of_quote(flat: str, at: int, end: int) -> int | None:
    """Where the quotation that opens at ``at`` ends; None if it is not inside one name."""
    close = flat.find("”", at, end)
    return close if close > at and close - at <= _LONGEST_QUOTE else None


def _heads_names(flat: str, at: int, close: int | None) -> bool:
    """Whether a bracket holds a label for what follows, as in 【配合单位】市民政局."""
    follows = flat[close + 1 : close + 2] if close is not None else ""
    is_name = bool(follows) and follows not in _SEPARATORS + _BREAKS + CLOSE
    return is_name and _BARE_LABEL.match(flat, at + 1) is not None


def _label_at(flat: str, at: int, start: int, end: int) -> re.Match[str] | None:
    if found := LABEL.match(flat, at, end):
        return found
    if flat[start:at].strip():
        return None
    return _BARE_LABEL.match(flat, at) or OTHER_LABEL.match(flat, at, end)


def _stripped(flat: str, span: Span) -> Span:
    begin, end = span.begin, span.end
    while flat[begin] in _BREAKS:
        begin += 1
    while flat[end - 1] in _BREAKS:
        end -= 1
    return span._replace(begin=begin, end=end)


def _joined(flat: str, spans: list[Span]) -> Iterator[Span]:
    held: Span | None = None
    for span in spans:
        if held and span.separator in tuple(_BREAKS) and _is_one_name(flat, held, span):
            held = held._replace(end=span.end)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _is_one_name(flat: str, left: Span, right: Span) -> bool:
    """Whether white space stands inside a name: what is before it is none, or both make one."""
    before = "".join(flat[left.begin : left.end].split())
    after = "".join(flat[right.begin : right.end].split())
    if left.label != right.label or left.is_aside or right.is_aside:
        return left.is_aside and right.is_aside
    if _ODD_IN_NAMES.search(before + after) or (is_stem(before) and is_complete(after)):
        return False
    return _makes_one(before, after)


def _makes_one(before: str, after: str) -> bool:
    follows, is_league = read_name(after), before.startswith("团") and before.endswith("委")
    if is_complete(before) and follows.is_known and (follows.kind not in BARE or is_league):
        return _is_branch(before, after)
    if read_name(before + after).is_known and not _is_pair(before, after):
        return True
    if before in TOPICS:
        return is_stem(before + after)
    if not is_complete(before):
        return not before.endswith(("负责", "牵头", "配合", "参与", "落实", "协助", "等", "）"))
    return _is_branch(before, after)


def _is_branch(before: str, after: str) -> bool:
    """Whether a seat and its branch stand on two lines: 国家税务总局, 滨江市税务局."""
    return any(seat.search(before) and branch.search(after) for seat, branch in _SEATS)


def _is_pair(before: str, after: str) -> bool:
    """Whether the two only look like one known name because every name of the centre is known."""
    return is_complete(before) and read_name(before + after).kind is Kind.OUTSIDE
