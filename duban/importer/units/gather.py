"""Neighbouring pieces that belong together: 各区、县（市）, 杭州市、宁波市政府, 教育、民政部门."""

import re
from typing import NamedTuple

from duban.importer.units.names import Kind, Name, is_seat, read_name
from duban.importer.units.pieces import Piece
from duban.importer.units.terms import TOPICS
from duban.importer.units.vocabulary import LEVELS, split_topic
from models.draft import How

_PLACE_WORD = (
    r"(?:自治区|直辖市|省|市|州|盟|地区|县市|区县|市县|县区|自治县|区|县|旗"
    r"|乡镇|镇乡|镇街|乡|镇|街道|兵团)"
)
_CHAIN_HEAD = re.compile(
    rf"^(?:各(?:级)?|[省市州区县]级?各)?{_PLACE_WORD}(?:（[^（）]*）)?$|^各(?:开发区|园区|功能区|产业园区|管理区)$"
)
_SEAT = r"(?:人民政府|政府|街道办事处|办事处|办|党委政府|党委|党工委|两级)"
_CHAIN_LINK = re.compile(
    rf"^{_PLACE_WORD}(?:（[^（）]*）)?(?:{_SEAT}(?:（[^（）]*）)?)?$|^(?:开发区|园区|功能区|管理区)$"
)
_LEVELLED_LINK = re.compile(
    r"^县(?:（[^（）]*）)[\u4e00-\u9fff]{2,12}$|^[县乡区](?:（[^（）]*）)?两级"
)
_SEATED = re.compile(
    r"^(?P<place>[\u4e00-\u9fff]{2,12}?(?:区|市|县|州|盟|旗|镇|乡|街道))"
    r"(?P<seat>人民政府|政府|管委会|管理委员会|办事处|街道办事处)$"
)
_BARE_SEAT = re.compile(r"^(?:街道|镇|乡|乡镇)(?:办事处|人民政府|政府|街道办事处)$")
_LOWER_SEAT = re.compile(r"^(市|县|区|旗|州|盟)(?:人民政府|政府|行政公署)$")
_TOPIC_END = re.compile(
    r"^(?P<topic>[\u4e00-\u9fff]+?)(?:等)?(?:行政)?(?:主管)?(?:部门|机关|系统|单位)$"
)
_COMMITTEES = re.compile(r"^各[^、]{1,12}党委$")
_GENERIC_ET_CETERA = re.compile(r"等.*(?:部门|单位|机关)")
_FEW = 2


class Entry(NamedTuple):
    """One unit to be: its name taken apart, its piece, and how neighbours completed it."""

    name: Name
    piece: Piece
    how: How = How.WRITTEN
    because: str = ""


def gather(flat: str, pieces: list[Piece], level: str = "") -> list[Entry]:
    """The pieces of a document of that level as entries; what names several bodies is one."""
    return _topics(flat, _shared_seats(_chains(flat, pieces), level))


def _chains(flat: str, pieces: list[Piece]) -> list[Piece]:
    done: list[Piece] = []
    for piece in pieces:
        last = done[-1] if done else None
        if last and piece.separator in "、/" and not piece.is_parted and _is_link(last, piece):
            text = "".join(flat[last.begin : piece.end].split())
            done[-1] = piece._replace(
                text=text, begin=last.begin, separator=last.separator, part=last.part or piece.part
            )
        else:
            done.append(piece)
    return done


def _is_link(last: Piece, piece: Piece) -> bool:
    if _COMMITTEES.match(last.text) and piece.text in ("政府", "人民政府"):
        return True
    *_, head = last.text.split("、")
    first = last.text.split("、")[0]
    if not _CHAIN_HEAD.match(first) or not (_CHAIN_HEAD.match(head) or _CHAIN_LINK.match(head)):
        return False
    if not first.startswith("各") and len(first) > _FEW and "各" not in first:
        return False
    return bool(_CHAIN_LINK.match(piece.text) or _LEVELLED_LINK.match(piece.text))


def _shared_seats(pieces: list[Piece], level: str) -> list[Entry]:
    entries: list[Entry] = []
    for at, piece in enumerate(pieces):
        name = read_name(piece.text)
        if "、" in name.text.split("（")[0]:
            name = Name(piece.text, Kind.GROUP, stem=piece.text)
        seated = _seat_after(pieces, at) if name.kind is Kind.PLACE else None
        if seated:
            full = piece.text + seated
            because = f"与后面的单位共用“{seated}”"
            entries.append(Entry(read_name(full), piece, How.SHARED_NOUN, because))
        elif at and _is_every(pieces[at - 1].text, piece.text, level):
            full = "各" + piece.text
            entries.append(Entry(read_name(full), piece, How.PREFIX_INHERITED, "沿用前面的“各”"))
        else:
            entries.append(Entry(name, piece))
    return entries


def _is_every(before: str, text: str, level: str) -> bool:
    """Whether 各 reaches over: 各镇人民政府、街道办事处; the document's own 市政府 stays alone."""
    if not before.startswith("各"):
        return False
    lower = _LOWER_SEAT.match(text)
    is_lower = lower is not None and level not in ("", lower[1]) and is_seat(before)
    return is_lower or bool(_BARE_SEAT.match(text))


def _seat_after(pieces: list[Piece], at: int) -> str | None:
    """The noun of the first seat behind a row of bare places."""
    for piece in pieces[at + 1 :]:
        if piece.separator not in "、":
            return None
        if found := _SEATED.match(piece.text):
            if found["place"] in LEVELS:
                return None
            is_street = "街道" in (found["place"][-2:], pieces[at].text[-2:])
            both = found["place"][-2:] == pieces[at].text[-2:] == "街道"
            return found["seat"] if both or not is_street else None
        if read_name(piece.text).kind is not Kind.PLACE:
            return None
    return None


def topic_of(text: str) -> tuple[str, str] | None:
    """Prefix and topic of a name without a noun, such as 市教育; None if it is none."""
    for level in ("", *LEVELS):
        if text.startswith(level) and text[len(level) :] in TOPICS:
            return level, text[len(level) :]
    return None


def _topics(flat: str, entries: list[Entry]) -> list[Entry]:
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
