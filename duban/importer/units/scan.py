"""A responsibility line cut at its separators and labels, each cut with its place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from duban.importer.units.names import BARE, Kind, is_complete, read_name
from duban.importer.units.normal import CLOSE, OPEN, partners
from duban.importer.units.phrases import BARE_LABEL, LABEL, OTHER_LABEL, part_of
from duban.importer.units.terms import TOPICS
from duban.importer.units.vocabulary import is_stem
from models.draft import Part

_SEPARATORS = "、，；。/|"
_BREAKS = " \t\n"
_SEATS = (
    (re.compile(r"(?:银行|公司|集团)$"), re.compile(r"(?:分行|支行|分公司|支公司)$")),
    (re.compile(r"总局$"), re.compile(r"(?:税务局|监管局|分局|支局)$")),
)
_LONGEST_QUOTE = 30
_ODD_IN_NAMES = re.compile(r"[0-9A-Za-z：:。，；%％]")


class Span(NamedTuple):
    """Text between two cuts: ``[begin:end]`` of the line, and what stood before it.

    ``label`` is the part that a label gives, ``is_aside`` marks what a label such as 完成时限：
    keeps out of the list, ``is_parted`` what nothing parts from the span before.
    """

    begin: int
    end: int
    separator: str
    label: Part | None = None
    is_aside: bool = False
    is_parted: bool = False


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
            is_rule = flat[at - 1 : at] in ("为", "是")
            part = None if is_aside or is_rule else part_of(found)
            label = None if part is Part.RESPONSIBLE else part
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
            is_aside = is_aside and flat[at] not in CLOSE
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
    return is_name and BARE_LABEL.match(flat, at + 1) is not None


def _label_at(flat: str, at: int, start: int, end: int) -> re.Match[str] | None:
    if found := LABEL.match(flat, at, end) or OTHER_LABEL.match(flat, at, end):
        return found
    return None if flat[start:at].strip() else BARE_LABEL.match(flat, at)


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
