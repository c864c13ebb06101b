"""A responsibility line compiled: every unit in full, its part, how it was read, what is asked."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from duban.importer.units.context import Context
from duban.importer.units.doubts import doubt
from duban.importer.units.entry import Entry
from duban.importer.units.gather import gather
from duban.importer.units.inheritance import Named, in_full
from duban.importer.units.names import Kind, is_complete, read_name
from duban.importer.units.normal import OPEN, normal
from duban.importer.units.phrases import ASIDE, EVERY_ROW, FIRST_IS_LEAD, NOISE, VERB
from duban.importer.units.pieces import Cut, Piece, cut_span
from duban.importer.units.scan import Scan, Span, scan
from duban.importer.units.vocabulary import FIRM_LAST, OPEN_GROUP
from models.document import Place
from models.draft import Doubt, How, Part, ReadUnit, ResponsibilityLine

NO_CONTEXT = Context()
_PARTICLES = " 、，及和与等以由请\n\t"
_SENTENCE_END = re.compile(r"[。；\n]")
_NO_PART = (None, Part.RESPONSIBLE)
"""What a verb such as 按职责分工负责 gives: it takes no lead from a column that has it."""


class _Words(NamedTuple):
    """Words at ``[begin:end]`` of the line that are no unit; ``code`` where they are asked of."""

    begin: int
    end: int
    code: str | None = None


def compile_line(
    text: str,
    place: Place,
    context: Context = NO_CONTEXT,
    part: Part = Part.RESPONSIBLE,
    before: Sequence[ResponsibilityLine] = (),
) -> ResponsibilityLine:
    """The units of a responsibility line; ``part`` is what its column or paragraph gives them.

    ``before`` are the lines of the cells before it in the row, whose prefix it takes over.
    """
    flat = normal(text)
    scanned = scan(flat)
    pieces, rest = _pieces(flat, scanned)
    names = [unit.name for line in before for unit in line.units]
    named = in_full(gather(flat, pieces, context.level), context, names)
    kept = [one for one in named if not is_noise(one.entry)]
    rest += [_noise(one.entry.piece) for one in named if is_noise(one.entry)]
    units = _units(text, kept, context, part)
    if part is Part.LEAD and all(one.entry.piece.part in _NO_PART for one in kept):
        units = [unit._replace(part=part) for unit in units]
    if context.first_is_lead or FIRST_IS_LEAD.search(flat):
        units = _led_by_first(units, rest)
    doubts = [*_doubts(text, kept, place), *_lonely(text, scanned, place)]
    doubts += [
        doubt(each.code, text[each.begin : each.end], None, place) for each in rest if each.code
    ]
    if not units and not doubts and text.strip():
        doubts.append(doubt("no-unit", text.strip()[:40], None, place))
    is_open = any(one.entry.piece.is_open for one in kept) or any(
        one.how is How.GROUP and OPEN_GROUP.search(one.name) for one in kept
    )
    return ResponsibilityLine(
        text,
        tuple(units),
        is_open,
        any(unit.part is Part.LEAD for unit in units),
        tuple(doubts),
        tuple(flat[each.begin : each.end] for each in rest),
    )


def _led_by_first(units: list[ReadUnit], rest: Iterable[_Words]) -> list[ReadUnit]:
    """The first unit as the lead, unless another is or what stands before it is asked about."""
    if not units or any(unit.part is Part.LEAD for unit in units):
        return units
    first, *others = units
    if any(words.code and words.begin < first.begin for words in rest):
        return units
    return [first._replace(part=Part.LEAD), *others]


def joined(lines: Sequence[ResponsibilityLine], separator: str) -> ResponsibilityLine:
    """The lines of one row as one, as a matrix quotes them; a unit of several stands once."""
    units: dict[str, ReadUnit] = {}
    shift = 0
    for line in lines:
        for unit in line.units:
            moved = unit._replace(begin=unit.begin + shift, end=unit.end + shift)
            units.setdefault(unit.name, moved)
        shift += len(line.text) + len(separator)
    return ResponsibilityLine(
        text=separator.join(line.text for line in lines),
        units=tuple(units.values()),
        is_open_ended=any(line.is_open_ended for line in lines),
        lead_is_declared=any(unit.part is Part.LEAD for unit in units.values()),
        doubts=tuple(doubt for line in lines for doubt in line.doubts),
        rest=tuple(words for line in lines for words in line.rest),
    )


def _pieces(flat: str, scanned: Scan) -> tuple[list[Piece], list[_Words]]:
    pieces: list[Piece] = []
    rest: list[_Words] = []
    is_sentence, is_joined = False, False
    spans = deque(scanned.spans)
    while spans:
        span = spans.popleft()
        is_sentence = _begins_sentence(flat, span) or (is_sentence and span.separator not in "。：")
        if span.is_aside or is_sentence:
            rest.append(_aside(flat, span))
            continue
        cut = cut_span(flat, span)
        if cut.tail is not None:
            spans.appendleft(Span(cut.tail, span.end, "，", is_parted=True))
            span = span._replace(end=cut.tail)
        _hand_back(pieces, cut, span)
        rest += _left_over(flat, span, cut)
        is_joined = cut.has_joint or (is_joined and span.separator in "、 ")
        pieces += [_with_part(piece, cut, is_joined) for piece in cut.pieces]
    return pieces, rest


def _begins_sentence(flat: str, span: Span) -> bool:
    """Whether a sentence about the document begins here, such as one that governs every row."""
    sentence = _SENTENCE_END.split(flat[span.begin :], maxsplit=1)[0]
    is_whole = span.separator in tuple("。；\n")
    every = EVERY_ROW.search(sentence) if is_whole else EVERY_ROW.match(sentence)
    return every is not None or ASIDE.match(flat[span.begin : span.end]) is not None


def _aside(flat: str, span: Span) -> _Words:
    """A sentence, or what a label keeps out: a unit among its later words is asked about."""
    name = read_name("".join(flat[span.begin : span.end].split()))
    is_unit = span.is_aside and span.separator != "：" and name.is_known
    return _Words(span.begin, span.end, "not-understood" if is_unit else None)


def _noise(piece: Piece) -> _Words:
    if piece.is_person:
        return _Words(piece.begin, piece.end, "person")
    code = None if NOISE.search(piece.text) else "not-understood"
    return _Words(piece.begin, piece.end, code)


def _with_part(piece: Piece, cut: Cut, is_joined: bool) -> Piece:
    if piece.part is Part.LEAD and (cut.has_joint or cut.verb is None):
        return piece
    return piece._replace(part=Part.SUPPORTING if is_joined else cut.verb or piece.part)


def _hand_back(pieces: list[Piece], cut: Cut, span: Span) -> None:
    """Give a verb to the names before it: 「市民政局、市残联配合」 is about both."""
    part = Part.LEAD if cut.has_joint else cut.verb
    if part is None:
        return
    is_later = any(piece.part is not None for piece in pieces) or part is Part.RESPONSIBLE
    if not is_later and cut.pieces and span.separator not in "、 /\t\n":
        return
    for at in range(len(pieces) - 1, -1, -1):
        if pieces[at].part is not None:
            return
        pieces[at] = pieces[at]._replace(part=part)
        if pieces[at].separator in "，；。：（" and not is_later:
            return


def _left_over(flat: str, span: Span, cut: Cut) -> Iterator[_Words]:
    """What stands in a span beside its names: verbs with their objects, brackets, 由, 请."""
    at = span.begin
    for piece in [*cut.pieces, None]:
        end = piece.begin if piece else span.end
        words = flat[at:end]
        begin = at + len(words) - len(words.lstrip(_PARTICLES))
        words = words.strip(_PARTICLES)
        if len(words) > 1:
            is_stated = words[0] in OPEN or NOISE.search(words) or VERB.match(words)
            code = None if is_stated else "not-understood"
            yield _Words(begin, begin + len(words), code)
        at = piece.whole_end if piece else at


def is_noise(entry: Entry) -> bool:
    """Whether a piece is no unit at all: a person, a time limit, 「持续推进」, a number."""
    text = entry.piece.text
    if entry.name.kind is not Kind.ODD:
        return False
    is_name = FIRM_LAST.search(text) or is_complete(text)
    return entry.piece.is_person or not is_name or bool(NOISE.search(text))


def _units(text: str, named: Iterable[Named], context: Context, part: Part) -> list[ReadUnit]:
    units: dict[str, ReadUnit] = {}
    for one in named:
        piece = one.entry.piece
        how, because = _known(one, context)
        read = ReadUnit(
            one.name,
            text[piece.begin : piece.end],
            how,
            piece.part or part,
            piece.begin,
            piece.end,
            because,
            one.doubt is not None or piece.is_parted,
        )
        units.setdefault(one.name, read)
    return list(units.values())


def _known(one: Named, context: Context) -> tuple[How, str]:
    own = context.registered(one.name)
    if own and own != one.name:
        because = f"{one.because}；" if one.because else ""
        how = How.ALIAS if one.how is How.WRITTEN else one.how
        return how, f"{because}名录中为“{own}”"
    return one.how, one.because


def _doubts(text: str, named: Iterable[Named], place: Place) -> list[Doubt]:
    found: dict[tuple[str, str], Doubt] = {}
    for one in named:
        piece = one.entry.piece
        about = text[piece.begin : piece.end]
        for code in (one.doubt, "missing-separator" if piece.is_parted else None):
            if code:
                suggestion = one.name if one.name != about else None
                found.setdefault((code, about), doubt(code, about, suggestion, place))
        if piece.is_open and one.doubt not in ("topic-group", "open-ended"):
            words = text[piece.begin : piece.whole_end]
            found.setdefault(("open-ended", words), doubt("open-ended", words, None, place))
    return list(found.values())


def _lonely(text: str, scanned: Scan, place: Place) -> list[Doubt]:
    if not scanned.lonely:
        return []
    at = scanned.lonely[0]
    about = text[max(0, at - 8) : at + 12].strip()
    return [doubt("unbalanced-bracket", about, None, place)]


def entries_of(text: str) -> list[Entry]:
    """The names of a line as they are written, before any prefix is restored."""
    flat = normal(text)
    return gather(flat, _pieces(flat, scan(flat))[0])
