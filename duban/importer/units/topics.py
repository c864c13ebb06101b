"""Names of topics that share their noun: 教育、民政部门; 教育、民政局."""

import re

from duban.importer.units.entry import Entry
from duban.importer.units.names import Kind, Name, read_name
from duban.importer.units.pieces import Piece
from duban.importer.units.terms import TOPICS
from duban.importer.units.vocabulary import LEVELS, split_topic
from models.draft import How

_TOPIC_END = re.compile(
    r"^(?P<topic>[\u4e00-\u9fff]+?)(?:等)?(?:行政)?(?:主管)?(?:部门|机关|系统|单位)$"
)
_GENERIC_ET_CETERA = re.compile(r"等.*(?:部门|单位|机关)")


def topic_of(text: str) -> tuple[str, str] | None:
    """Prefix and topic of a name without a noun, such as 市教育; None if it is none."""
    for level in ("", *LEVELS):
        if text.startswith(level) and text[len(level) :] in TOPICS:
            return level, text[len(level) :]
    return None


def shared_topics(flat: str, entries: list[Entry]) -> list[Entry]:
    """Entries whose topics took the noun behind them, or became one group of departments."""
    done: list[Entry] = []
    run: list[Entry] = []
    for entry in entries:
        is_plain = entry.how is How.WRITTEN and not entry.name.is_known
        if is_plain and topic_of(entry.piece.text):
            if run and entry.piece.separator not in "、 ":
                done += run
                run = []
            run.append(entry)
            if entry.piece.is_open and _GENERIC_ET_CETERA.search(_et_cetera(flat, entry.piece)):
                done.append(_merged(flat, run))
                run = []
            continue
        done += _closed(flat, run, entry)
        run = []
    return [*done, *run]


def _et_cetera(flat: str, piece: Piece) -> str:
    return flat[piece.end : piece.whole_end]


def _closed(flat: str, run: list[Entry], entry: Entry) -> list[Entry]:
    """A row of topics and what follows it: a group of departments, or organs that share a noun."""
    if not run or entry.piece.separator not in "、":
        return [*run, entry]
    found = _TOPIC_END.match(entry.piece.text)
    if found and (topic_of(found["topic"]) or entry.name.kind is Kind.TOPIC_GROUP):
        return [_merged(flat, [*run, entry])]
    organ = split_topic(entry.name.stem)
    if organ is None:
        return [*run, entry]
    return [*(_with_noun(each, organ[1], entry.name) for each in run), entry]


def _with_noun(entry: Entry, noun: str, last: Name) -> Entry:
    prefix = last.prefix if not topic_of(entry.piece.text) else ""
    name = read_name(prefix + entry.piece.text + noun)
    return Entry(name, entry.piece, How.SHARED_NOUN, f"与后面的单位共用“{noun}”")


def _merged(flat: str, run: list[Entry]) -> Entry:
    first, last = run[0].piece, run[-1].piece
    text = "".join(flat[first.begin : last.whole_end].split())
    piece = last._replace(
        text=text, begin=first.begin, end=last.whole_end, separator=first.separator, is_open=True
    )
    return Entry(Name(text, Kind.TOPIC_GROUP, stem=text), piece)
