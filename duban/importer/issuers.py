"""Who issued a document, jointly or alone, and which place they speak for."""

import re
from collections.abc import Iterable

from duban.importer.opening import DATE_LINE, LETTERHEAD, SIGNED, Opening, tight
from duban.importer.plain import even

_ORGAN_END = re.compile(
    r"(?:办公厅|办公室|人民政府|委员会|厅|局|委|部|会|院|指挥部|领导小组|联席会议|署|政府|残联|"
    r"中心|公司|集团|银行|[支大总]队)$"
)
_BESIDES = re.compile(r"(?:等)?[\d一二三四五六七八九十]{0,3}(?:部门|单位)$|印发《.*$|令$")
_SHORTEST_ORGAN = 3
_NATIONAL = re.compile(
    r"(?:国务院|中共中央|中央|国家|全国|中国|最高人民)|[一-龥]{2,8}(?<!组织)(?<!宣传)(?<!统战)"
    r"(?<!武装)部$|(?:国发|国办)"
)
_PLACE = re.compile(
    r"(?!全|我|各|本|城|跨|园|社|景|灾|片|委)(?:(?![委办厅局])[一-龥]){1,9}?(?:特别行政区|自治区|"
    r"自治州|自治县|自治旗|省|市(?!市)|州(?![市区县])|盟|地区|县(?!域)|旗|新区|区(?!域)|"
    r"(?:开发区|高新区|镇|乡|街道)(?=人民政府|政府|党委|党工委|管委会|管理委员会|办事处))"
)
_SHORT = 60
"""Longest line of names."""
_SIGNATURES = 12
"""Most lines of names above the date."""


def issuers_of(title: list[str], opening: Opening) -> tuple[str, ...]:
    """From the signatures above the date, the title before 关于, the letterhead, or the site."""
    if signed := _signatures(opening):
        return signed
    before, mark, _ = " ".join(title).partition("关于")
    before = _BESIDES.sub("", before) if len(before) < _SHORT else ""
    is_named = mark or _ORGAN_END.search(tight(before))
    if is_named and (names := _names(before)):
        return names
    for line in opening.lines:
        found = LETTERHEAD.match(tight(line.text))
        if found:
            return (found["issuer"],)
    return _names(opening.said.get("issuer", ""))


def _names(written: str) -> tuple[str, ...]:
    """The bodies that blanks part, 教 育 部 being one; () for other text."""
    names: list[str] = []
    held = ""
    for word in written.split():
        held += word
        if not _ORGAN_END.search(held):
            continue
        if len(held) < _SHORTEST_ORGAN or held == "办公室":
            held = (names.pop() if names else "") + held
        names.append(held)
        held = ""
    return () if held else tuple(dict.fromkeys(names))


def _signatures(opening: Opening) -> tuple[str, ...]:
    """The names above the first date that stands alone, or before it on its line."""
    for index, line in enumerate(opening.every):
        signed = SIGNED.match(line.text)
        if signed and (names := _names(signed["who"])):
            return names
        if DATE_LINE.match(line.text):
            names = ()
            for before in reversed(opening.every[max(0, index - _SIGNATURES) : index]):
                found = _names(before.written) if _is_name(before.written) else ()
                if not found:
                    break
                names = (*found, *names)
            if names:
                return names
    return ()


def _is_name(written: str) -> bool:
    return len(written) < _SHORT and not re.search(r"[,。:;、关《]", even(written))


def jurisdiction_of(names: Iterable[str]) -> str | None:
    """The place of the first name that has one; without any, ministries speak for 全国."""
    known = [name for name in names if name]
    places = (_place(name) for name in known)
    place = next((place for place in places if place), None)
    is_national = any(_NATIONAL.match(name) for name in known)
    return place or ("全国" if is_national else None)


def _place(name: str) -> str | None:
    """The lowest place that a name begins with: 甲市乙区人民政府 -> 乙区."""
    if re.match(r"(?:国务院|中共中央|国家)", name):
        return "全国"
    rest = re.sub(r"^中共", "", name)
    place = None
    while found := _PLACE.match(rest):
        if re.search(r"[的和关促]", found[0]):
            break
        place, rest = found[0], rest[found.end() :]
    return place
