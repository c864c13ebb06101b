"""A responsibility line compiled: every unit in full, its part, how it was read, what is asked."""

import re
from collections.abc import Iterable, Sequence

from duban.importer.units.context import Context
from duban.importer.units.doubts import doubt
from duban.importer.units.gather import Entry, gather
from duban.importer.units.inheritance import Named, in_full
from duban.importer.units.names import Kind, is_complete
from duban.importer.units.normal import normal
from duban.importer.units.pieces import Cut, Piece, cut_span
from duban.importer.units.scan import Scan, Span, scan
from duban.importer.units.vocabulary import FIRM_LAST, OPEN_GROUP
from models.document import Place
from models.draft import Doubt, How, Part, ReadUnit, ResponsibilityLine

NO_CONTEXT = Context()
_NO_PART = (None, Part.RESPONSIBLE)
"""What a verb such as 按职责分工负责 gives: it takes no lead from a column that has it."""

FIRST_IS_LEAD = re.compile(
    r"(?:排|列)(?:名|序)?(?:在|于)?(?:的)?(?:首位|第一位?|第1位?|最前|前)[^，。；）〕】]{0,8}(?:为|是|系|即为)?(?:牵头|主办|主要责任|总牵头)"
    r"|(?:首个|第一个?|首位)(?:的)?(?:责任)?(?:单位|部门|位)?(?:均)?(?:为|是|系|即为)(?:牵头|主办|第一责任|总牵头)"
    r"|牵头(?:单位|部门)(?:均)?(?:为|是)?(?:排|列)(?:名|序)?(?:在|于)?(?:首位|第一)"
)
"""Words that make the first of a list its lead."""

_SENTENCE = re.compile(
    r"^(?:以下|下列|上述|以上|各项|具体|其他|其余|本|此)[^、]{0,8}(?:任务|工作|措施|事项|各项|条款)|^(?:不再|下同|另)"
    r"|^(?:排名?|列)(?:序)?(?:在|于|为|第)?(?:首|第?一|最前)|^(?:首位|首个|第一)(?:位|个|责任)?(?:单位|部门)?(?:为|是|系)"
)
_NOISE = re.compile(
    r"^(?:下同|等|按|依|各自|分别|共同|具体|持续|长期|全年|年底|常态|适时|[0-9一二三四五六七八九十]+[月年日季、]|每年|每月|每季|已完成|完成|"
    r"排|列|第一|首位|牵头|负责|落实|不再|原则|—|-|－|/|[一二三四五六七八九十0-9]+$|\W+$)|^[0-9]+年"
    r"|(?:推进|坚持|落实|负责|配合|开展|实施|推动|完成|以前|底前|底|前|单位|列出|列示|要求)$"
)


_PERSON = re.compile(
    r"(?:省长|市长|区长|县长|旗长|州长|乡长|镇长|秘书长|书记|主任|同志|领导|负责人|责任人|委员|局长|×+)$"
)


def compile_line(
    text: str, place: Place, context: Context = NO_CONTEXT, part: Part = Part.RESPONSIBLE
) -> ResponsibilityLine:
    """The units of a responsibility line; ``part`` is what its column or paragraph gives them."""
    flat = normal(text)
    scanned = scan(flat)
    pieces, rest = _pieces(flat, scanned)
    named = in_full(gather(flat, pieces, context.level), context)
    kept = [one for one in named if not is_noise(one.entry)]
    noise = [one.entry.piece for one in named if is_noise(one.entry)]
    rest += [text[piece.begin : piece.end] for piece in noise]
    units = _units(text, kept, context, part)
    if part is Part.LEAD and all(one.entry.piece.part in _NO_PART for one in kept):
        units = [unit._replace(part=part) for unit in units]
    is_lead_first = context.first_is_lead or bool(FIRST_IS_LEAD.search(flat))
    if is_lead_first and units and not any(unit.part is Part.LEAD for unit in units):
        units[0] = units[0]._replace(part=Part.LEAD)
    doubts = [*_doubts(text, kept, place), *_lonely(text, scanned, place)]
    doubts += [
        doubt("not-understood", text[piece.begin : piece.end], None, place)
        for piece in noise
        if not _NOISE.search(piece.text) and not _PERSON.search(piece.text)
    ]
    if not units and text.strip():
        doubts.append(doubt("no-unit", text.strip()[:40], None, place))
    is_open = any(one.entry.piece.is_open for one in kept) or any(
        one.how is How.GROUP and OPEN_GROUP.search(one.name) for one in kept
    )
    is_declared = any(unit.part is Part.LEAD for unit in units)
    return ResponsibilityLine(text, tuple(units), is_open, is_declared, tuple(doubts), tuple(rest))


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


def _pieces(flat: str, scanned: Scan) -> tuple[list[Piece], list[str]]:
    pieces: list[Piece] = []
    rest: list[str] = []
    is_sentence, joined = False, False
    for span in scanned.spans:
        words = flat[span.begin : span.end]
        is_sentence = (is_sentence and span.separator != "。") or bool(_SENTENCE.match(words))
        if span.is_aside or is_sentence:
            rest.append(words)
            continue
        cut = cut_span(flat, span)
        _hand_back(pieces, cut, span)
        rest += _left_over(flat, span, cut)
        joined = cut.has_joint or (joined and span.separator in "、 ")
        pieces += [_with_part(piece, cut, joined) for piece in cut.pieces]
    return pieces, rest


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


def _left_over(flat: str, span: Span, cut: Cut) -> list[str]:
    rest, at = [], span.begin
    for piece in [*cut.pieces, None]:
        words = flat[at : piece.begin if piece else span.end].strip(" 、，及和与等以由请\n\t")
        if len(words) > 1:
            rest.append(words)
        at = piece.whole_end if piece else at
    return rest


def is_noise(entry: Entry) -> bool:
    """Whether a piece is no unit at all: a time limit, 「持续推进」, a number."""
    text = entry.piece.text
    if entry.name.kind is not Kind.ODD:
        return False
    return bool(_NOISE.search(text) or _PERSON.search(text)) or (
        not FIRM_LAST.search(text) and not is_complete(text)
    )


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
