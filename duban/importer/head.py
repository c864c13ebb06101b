"""The head of a document: title, number, issuer, dates, period, jurisdiction, addressees."""

import re
from collections.abc import Iterator
from datetime import date

from duban.importer.coordinator import coordinator
from duban.importer.numerals import small, year
from duban.importer.opening import DATE_LINE, DAY, LETTERHEAD, NUMBER, Opening, opening_of, tight
from duban.importer.plain import even, without_titles
from duban.importer.title import DRAFT, raw_title, title_of
from models.document import Document, Place
from models.draft import Doubt, Head

_PUBLISHED = re.compile(
    rf"(?:发布|成文|发文|印发)(?:日期|时间)\s?:?\s*(?:{DAY}|(20\d\d)-(\d\d?)-(\d\d?))"
)
_PRINTED = re.compile(rf"{DAY}\s?印发")
_SPAN = re.compile(r"(?<!\d)(20\d\d)\s?年?\s?[-至]\s?(20\d\d)\s?年?(?!\d)")
_ONE_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年(?:度)?")
_ORGAN_END = re.compile(
    r"(?:办公厅|办公室|人民政府|委员会|厅|局|委|部|会|院|指挥部|领导小组|联席会议|署|政府)$"
)
_PLACE = re.compile(
    r"(?!全|我|各|本|城|跨|园|社|景|灾|片)[一-龥]{1,9}?(?:特别行政区|自治区|自治州|自治县|"
    r"自治旗|省|市(?!市)|州(?![市区县])|盟|地区|县(?!域)|旗|新区|区(?!域)|"
    r"(?:开发区|高新区|镇|乡|街道)(?=人民政府|政府|党委|管委会|管理委员会|办事处))"
)


_CALLED = re.compile(r"各|委|办|局|厅|政府|部|单位|公司")
_SAID = re.compile(r"如下|方案|事项|是|主要|通知|意见")
_SHORT = 60
"""Longest line that is a name or a number."""


def head(document: Document) -> Head:
    """The head of a document; what it does not say is None or empty, see ``head_doubts``."""
    opening = opening_of(document)
    raw = raw_title(opening)
    title = title_of(raw, opening)
    issuer = _issuer(raw, opening)
    place = _jurisdiction(issuer or title)
    return Head(
        title=title,
        document_number=_document_number(opening),
        issuer=issuer,
        issued_on=_issued_on(opening),
        period=_period(title, opening),
        is_draft=any(DRAFT.search(line.text) for line in opening.lines),
        jurisdiction=place,
        coordinator=coordinator(document.lines, place),
        addressees=_addressees(opening),
    )


def head_doubts(document: Document, found: Head) -> tuple[Doubt, ...]:
    """What the head leaves open: each with a proposal where there is one."""
    opening = opening_of(document)
    place = opening.every[0].place if opening.every else Place(1)
    printed = _printed_on(opening)
    doubts: list[Doubt] = []

    def ask(code: str, message: str, suggestion: str | None, about: str) -> None:
        doubts.append(Doubt(code, message, suggestion, place, about))

    if found.is_draft:
        ask(
            "head-draft",
            "文件是征求意见稿或送审稿，不能交办。",
            "正式印发后补齐文号和日期。",
            "status",
        )
    elif found.issued_on is None:
        ask("head-issued-on", "看不出印发日期。", None, "issued_on")
    if printed and found.issued_on and printed != found.issued_on:
        words = f"落款日期为{found.issued_on}，印发日期为{printed}，以何日为准？"
        ask("head-two-dates", words, "以落款日期为准。", "issued_on")
    if found.period is None:
        ask("head-period", "文件没有写起止年份。", _proposed_period(found, opening), "period")
    if found.issuer is None:
        ask("head-issuer", "看不出发文机关。", None, "issuer")
    if found.jurisdiction is None:
        ask("head-jurisdiction", "看不出文件属于哪个地区。", None, "jurisdiction")
    proposal = f"{found.coordinator}。" if found.coordinator else None
    ask("head-coordinator", "由哪个机构统筹协调，请确认。", proposal, "coordinator")
    return tuple(doubts)


def _proposed_period(found: Head, opening: Opening) -> str | None:
    """From the year of issue to the last year that the text names outside titles."""
    if not found.issued_on:
        return None
    first = found.issued_on.year
    text = "".join(without_titles(line.text) for line in opening.every)
    named = [int(match[1]) for match in _ONE_YEAR.finditer(text)]
    last = max((number for number in named if first <= number <= first + 10), default=first)
    return f"{first}-01-01至{last}-12-31。"


def _document_number(opening: Opening) -> str | None:
    for line in opening.lines:
        found = NUMBER.search(re.sub(r"^(?:发文字号|文号|发文文号|字号)\s?:?", "", line.text))
        if found and len(line.text) < _SHORT and "《" not in line.text and "关于" not in line.text:
            number = re.sub(r"\s", "", found[0])
            return re.sub(r"[\[【(]((?:19|20)\d\d)[\]】)]", r"〔\1〕", number)
    return None


def _issuer(raw: str, opening: Opening) -> str | None:
    """From the signature above the date, or the title before 关于, or the letterhead."""
    signed = _signature(opening)
    if signed:
        return signed
    before, mark, _ = raw.partition("关于")
    if mark and _ORGAN_END.search(before) and len(before) < _SHORT:
        return before
    for line in opening.lines:
        found = LETTERHEAD.match(tight(line.text))
        if found:
            return found["issuer"]
    return None


def _signature(opening: Opening) -> str | None:
    for before, line in zip(opening.every, opening.every[1:], strict=False):
        name = tight(before.written)
        is_name = _ORGAN_END.search(name) and not re.search(r"[,。:;、关]", even(name))
        if is_name and len(name) < _SHORT and DATE_LINE.match(line.text):
            return name
    return None


def _issued_on(opening: Opening) -> date | None:
    for line in opening.every:
        found = DATE_LINE.match(line.text)
        if found and (day := _day(*found.groups())):
            return day
    for line in opening.lines:
        found = _PUBLISHED.search(line.text)
        if found:
            groups = [group for group in found.groups() if group]
            return _day(*groups)
    return _printed_on(opening)


def _printed_on(opening: Opening) -> date | None:
    for line in reversed(opening.every):
        found = _PRINTED.search(line.text)
        if found:
            return _day(*found.groups())
    return None


def _day(named: str, month: str, day: str) -> date | None:
    try:
        return date(year(named), small(month), small(day))
    except ValueError:
        return None


def _period(title: str, opening: Opening) -> tuple[date, date] | None:
    """The years of the title, or the first span of years in the text; whole years."""
    plain = even(title)
    for text in (plain, *(re.sub(r"《[^》]*》", "", line.text) for line in opening.every)):
        found = _SPAN.search(text)
        if found and int(found[1]) <= int(found[2]) <= int(found[1]) + 20:
            return date(int(found[1]), 1, 1), date(int(found[2]), 12, 31)
        one = _ONE_YEAR.search(text) if text is plain else None
        if one:
            return date(int(one[1]), 1, 1), date(int(one[1]), 12, 31)
    return None


def _jurisdiction(name: str) -> str | None:
    """The lowest place that an issuer or title begins with: 甲市乙区人民政府 -> 乙区."""
    if re.match(r"(?:国务院|中共中央|国家)", name):
        return "全国"
    rest = re.sub(r"^中共", "", name)
    place = None
    while found := _PLACE.match(rest):
        if re.search(r"[的和关促]", found[0]):
            break
        place, rest = found[0], rest[found.end() :]
    return place


def _addressees(opening: Opening) -> tuple[str, ...]:
    """主送: the line before the body that ends in a colon."""
    for line in opening.every[:60]:
        is_call = line.text.endswith(":") and not re.search(
            r"如下|方案|事项|是|主要|通知|意见", line.text
        )
        if is_call and re.search(r"各|委|办|局|厅|政府|部|单位|公司", line.text):
            return tuple(_parted(line.written.rstrip("：:")))
        if re.match(r"^\s*(?:一、|第一章)", line.text):
            break
    return ()


def _parted(names: str) -> Iterator[str]:
    for group in re.split(r"[，,；;]", names):
        parts = re.split(r"、(?![^（(]*[）)])", group.strip())
        shares = "各" in parts[0] and not all(part.startswith("各") for part in parts)
        yield from ([group.strip()] if shares else [part.strip() for part in parts if part.strip()])
