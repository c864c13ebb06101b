"""Neighbouring pieces that belong together: 各区、县（市）, 杭州市、宁波市政府, 教育、民政部门."""

import re

from duban.importer.units.entry import Entry
from duban.importer.units.joint_offices import shared_offices
from duban.importer.units.names import Kind, Name, is_seat, read_name
from duban.importer.units.phrases import NOISE
from duban.importer.units.pieces import Piece
from duban.importer.units.topics import shared_topics
from duban.importer.units.vocabulary import LEVELS, PLACE_WORD
from models.draft import How

_CHAIN_HEAD = re.compile(
    rf"^(?:(?:各级?|[省市州区县]级?各)?(?:有关|相关)?)?{PLACE_WORD}(?:（[^（）]*）)?$|^各(?:开发区|园区|功能区|产业园区|管理区)$"
)
_SEAT = (
    r"(?:党工?委[和及与](?:人民政府|政府|管委会)|人民政府|政府|街道办事处|办事处|办|党委政府|党委"
    r"|党工委|行署|行政公署|两级)"
)
_CHAIN_LINK = re.compile(
    rf"^{PLACE_WORD}(?:[及和]{PLACE_WORD})?(?:（[^（）]*）)?(?:{_SEAT}(?:（[^（）]*）)?)?$|^(?:开发区|园区|功能区|管理区)$"
)
_LEVELLED_LINK = re.compile(
    rf"^(?:{PLACE_WORD}(?:（[^（）]*）)|旗县|县区|市县|直辖市|县级市|自治[县旗])[\u4e00-\u9fff]{{2,12}}$|^[县乡区](?:（[^（）]*）)?两级"
)
_SEATED = re.compile(
    r"^(?P<place>[\u4e00-\u9fff]{2,12}?(?P<level>省|自治区|区|市|县|州|盟|旗|镇|乡|街道))"
    r"(?P<seat>(?:(?:党工委|党委)[和及与、]?)?(?:人民政府|政府|管委会|管理委员会|办事处|街道办事处)|党工委|党委)$"
)
_BARE_SEAT = re.compile(
    r"^(?:街道|镇|乡|乡镇)(?:办事处|人民政府|政府|街道办事处)$|^(?:镇街|街镇|乡镇|县区|区县|市县|县市区|市州)$"
)
_LOWER_SEAT = re.compile(r"^(市|县|区|旗|州|盟)(?:人民政府|政府|行政公署)$")
_COMMITTEES = re.compile(
    r"^各.{1,16}党工?委$|^各[省市州盟区县旗地、（）]{1,10}委$|^(?!自治区)[^、]{2,12}(?:党工委|[市县区州旗镇乡]党委)$"
)
_BESIDE_COMMITTEES = re.compile(
    r"^(?:人民)?政府$|^行署(?:（人民政府）)?$|^(?:街道)?办事处$|^管委会$"
)
_COMMITTEE = re.compile(r"^(?:[省市州区县旗]委|自治区党委)$")
_GOVERNMENT_GROUP = re.compile(
    r"^(?:[省市州区县旗]|自治区)?(?:人民)?政府(?:各|有关|相关|所属|直属).*(?:部门|单位|机构)$"
)
_GENERIC = ("单位", "机构", "企业", "组织", "地方")
"""What goes on after 等部门、 and names nothing."""

_GENERAL = ("部门", "机关", *_GENERIC)
_FEW = 2
_PLACE_LENGTHS = (2, 3)


def gather(flat: str, pieces: list[Piece], level: str = "") -> list[Entry]:
    """The pieces of a document of that level as entries; what names several bodies is one."""
    return shared_topics(flat, shared_offices(_shared_seats(_chains(flat, pieces), level)))


def _chains(flat: str, pieces: list[Piece]) -> list[Piece]:
    done: list[Piece] = []
    for piece in pieces:
        last = done[-1] if done else None
        if last and last.post and piece.is_person and piece.separator == "、":
            done[-1] = last._replace(
                end=piece.end, whole_end=piece.whole_end, part=last.part or piece.part
            )
        elif last and last.is_open and piece.separator == "、" and piece.text in _GENERIC:
            done[-1] = last._replace(whole_end=piece.whole_end)
        elif last and piece.separator == "、" and _is_of_group(last.text, piece.text):
            text = "".join(flat[last.begin : piece.end].split())
            done[-1] = last._replace(text=text, end=piece.end, whole_end=piece.whole_end)
        elif last and piece.separator in "、/" and not piece.is_parted and _is_link(last, piece):
            text = "".join(flat[last.begin : piece.end].split())
            done[-1] = piece._replace(
                text=text, begin=last.begin, separator=last.separator, part=last.part or piece.part
            )
        else:
            done.append(piece)
    return done


def _is_of_group(group: str, text: str) -> bool:
    """Whether a general word goes on after a group: 县直有关部门、单位."""
    return text in _GENERIC and group.endswith(_GENERAL) and read_name(group).kind is Kind.GROUP


def _is_link(last: Piece, piece: Piece) -> bool:
    if _COMMITTEES.match(last.text) and _BESIDE_COMMITTEES.match(piece.text):
        return True
    if _COMMITTEE.match(last.text) and _GOVERNMENT_GROUP.match(piece.text):
        return True
    *_, head = last.text.split("、")
    first = last.text.split("、")[0]
    if not _CHAIN_HEAD.match(first) or not (_CHAIN_HEAD.match(head) or _CHAIN_LINK.match(head)):
        return False
    if len(first) > _FEW and not re.search("各|有关|相关", first):
        return False
    return bool(_CHAIN_LINK.match(piece.text) or _LEVELLED_LINK.match(piece.text))


def _is_of_one_place(text: str) -> bool:
    """Whether it names the two seats of one place: 高新区党工委、管委会."""
    return not text.startswith("各") and _SEATED.match(text) is not None


def _shared_seats(pieces: list[Piece], level: str) -> list[Entry]:
    entries: list[Entry] = []
    for at, piece in enumerate(pieces):
        name = read_name(piece.text)
        if piece.is_person:
            name = Name(piece.text, Kind.ODD, stem=piece.text)
        elif "、" in name.text.split("（")[0] and not _is_of_one_place(name.text):
            name = Name(piece.text, Kind.GROUP, stem=piece.text)
        seated = _seat_after(pieces, at) if _is_bare_place(name) else None
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


def _is_bare_place(name: Name) -> bool:
    """Whether it is a place, or may be one that is written without its level: 南宁."""
    is_short = name.kind is Kind.ODD and len(name.text) in _PLACE_LENGTHS
    return name.kind is Kind.PLACE or (is_short and not NOISE.search(name.text))


def _seat_after(pieces: list[Piece], at: int) -> str | None:
    """The noun that the first seat or organ behind a row of bare places of one kind brings."""
    text = pieces[at].text
    is_place = read_name(text).kind is Kind.PLACE
    for piece in pieces[at + 1 :]:
        if piece.separator not in "、":
            return None
        if found := _SEATED.match(piece.text):
            if found["place"] in LEVELS:
                return None
            both = found["place"][-2:] == text[-2:] == "街道"
            if "街道" in (found["place"][-2:], text[-2:]) and not both:
                return None
            is_levelled = text.endswith(found["level"]) or (is_place and len(text) > _FEW)
            return found["seat"] if is_levelled else found["level"] + found["seat"]
        name = read_name(piece.text)
        if not _is_bare_place(name):
            is_alike = name.prefix not in LEVELS and name.prefix[-1:] == text[-1]
            return piece.text.removeprefix(name.prefix) if name.is_known and is_alike else None
    return None
