"""What a whole document settles for its responsibility lines, each finding with its place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from duban.importer.units.context import Context, Halls, Rule, RuleKind, level_of
from duban.importer.units.entry import Entry
from duban.importer.units.inheritance import halls_of
from duban.importer.units.line import compile_line, entries_of
from duban.importer.units.lists import find_lists, is_list
from duban.importer.units.names import BARE, Kind
from duban.importer.units.normal import CLOSE, OPEN, normal
from duban.importer.units.phrases import EVERY_ROW, FIRST_IS_LEAD
from models.document import Document, Paragraph, Place
from models.draft import How
from models.units import Jurisdiction

_SENTENCE = re.compile(r"[^。；\n（）〔〕【】]+(?:（[^（）]*）[^。；\n（）〔〕【】]*)*")
_BEFORE_UNITS = re.compile(
    r"^.*?(?:均需要?|均由|均须由?|均应由?|都需要?|都由|都要由?|皆由|须由|需由|均包括|均含|均涉及|包括|由)"
)
_AFTER_UNITS = re.compile(
    r"(?:均为|均是|都是|也是|为|均|作为|同时)(?:各项|以下|上述|每项|本|所有|全部|责任).*$"
)
_SAME_BELOW = re.compile(r"下同")
_ENOUGH = 3


def context_of(
    document: Document, jurisdiction: str = "", registry: Jurisdiction | None = None
) -> Context:
    """Learn what governs a document's lines: its level, how it writes names, its rules."""
    texts = list(_texts(document))
    lines = [entries_of(text) for text, _ in _lines(texts)]
    names = [entry for line in lines for entry in line]
    level = level_of(jurisdiction)
    written = Counter(e.name.text for e in names if e.name.kind is Kind.PREFIXED)
    bare = sum(e.name.kind in BARE and e.name.is_known for e in names)
    base = Context(
        level=level,
        jurisdiction=jurisdiction,
        registry=registry,
        halls=_halls(lines),
        is_unprefixed=bare >= _ENOUGH and not any(e.name.kind is Kind.PREFIXED for e in names),
        written=MappingProxyType(dict(written)),
    )
    rules = rules_of(texts, base)
    first = any(rule.kind is RuleKind.FIRST_IS_LEAD for rule in rules)
    return base._replace(first_is_lead=first, rules=rules)


def rules_of(texts: Iterable[tuple[str, Place]], context: Context) -> tuple[Rule, ...]:
    """The sentences that govern a whole document, in order: (text, its place) each."""
    rules: list[Rule] = []
    for text, place in texts:
        flat = normal(text)
        for found in _sentences(flat):
            words = text[found[0] : found[1]].strip()
            rules += _rules_in(words, place, context)
    return tuple(rules)


def _rules_in(words: str, place: Place, context: Context) -> list[Rule]:
    flat, rules = normal(words), []
    if FIRST_IS_LEAD.search(flat):
        rules.append(Rule(RuleKind.FIRST_IS_LEAD, words, place))
    if (every := EVERY_ROW.search(flat)) and (units := _units_of(flat, every, place, context)):
        rules.append(Rule(RuleKind.EVERY_ROW, words, place, units))
    if _SAME_BELOW.search(flat):
        rules.append(Rule(RuleKind.SAME_BELOW, words, place))
    return rules


def _units_of(
    sentence: str, every: re.Match[str], place: Place, context: Context
) -> tuple[str, ...]:
    """The units that a sentence adds to every row; those before 以下 are a row's own."""
    found: dict[str, None] = {}
    if every.group().startswith(("以下", "下列", "下述")):
        sentence = sentence[every.start() :]
    for clause in re.split("，", sentence):
        words = _AFTER_UNITS.sub("", _BEFORE_UNITS.sub("", clause))
        if not words or not re.search(r"[局委厅办府联街镇乡会道区县]|部门|单位", words):
            continue
        line = compile_line(words, place, context)
        found |= {
            unit.name: None
            for unit in line.units
            if unit.how is How.GROUP or len(unit.name) > _ENOUGH
        }
    return tuple(found)


def _sentences(flat: str) -> Iterator[tuple[int, int]]:
    """Sentences, and the words inside brackets for themselves."""
    begin = 0
    for at, sign in enumerate(flat + "。"):
        is_bracket = sign in OPEN + CLOSE and not _is_short(flat, at)
        if sign in "。；\n" or is_bracket:
            if flat[begin:at].strip():
                yield begin, at
            begin = at + 1


def _is_short(flat: str, at: int) -> bool:
    """Whether the bracket belongs to a name such as 乡镇（街道、区）."""
    begin = at if flat[at] in OPEN else max(flat.rfind(sign, 0, at) for sign in OPEN)
    end = min((e for e in (flat.find(s, begin) for s in CLOSE) if e > 0), default=len(flat))
    return (
        begin >= 0
        and re.fullmatch(r"[市县区乡镇街道州旗盟、单位]{1,8}|管委会|办事处", flat[begin + 1 : end])
        is not None
    )


def _halls(lines: list[list[Entry]]) -> Halls:
    """What most lines show; a tie shows nothing."""
    votes = Counter(halls_of(line) for line in lines)
    bare, prefixed = votes[Halls.BARE], votes[Halls.PREFIXED]
    if bare == prefixed:
        return Halls.UNKNOWN
    return Halls.BARE if bare > prefixed else Halls.PREFIXED


def _texts(document: Document) -> Iterator[tuple[str, Place]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.place
        else:
            for row in block.rows:
                yield from ((cell.text, cell.place) for cell in row if not cell.is_continued)


def _lines(texts: Iterable[tuple[str, Place]]) -> Iterator[tuple[str, Place]]:
    for text, place in texts:
        if is_list(text):
            yield text, place
        else:
            yield from ((span.text, place) for span in find_lists(text))
