"""The head of a document: title, number, issuer, dates, period, jurisdiction, addressees."""

import re
from collections.abc import Iterator
from datetime import date

from duban.importer.coordinator import coordinator
from duban.importer.dates.other_words import YEARS
from duban.importer.issuers import issuers_of, jurisdiction_of
from duban.importer.numerals import small, year
from duban.importer.opening import DATE_LINE, DAY, NUMBER, SIGNED, Opening, opening_of, tight
from duban.importer.plain import even, without_titles
from duban.importer.title import DRAFT, title_lines, title_of
from models.document import Document, Place
from models.draft import Doubt, Head

_STATED = re.compile(rf"{DAY}|(20\d\d)[-./](\d\d?)[-./](\d\d?)")
_PRINTED = re.compile(rf"{DAY}\s?印发")
_SPAN = re.compile(r"(?<!\d)(20\d\d)\s?年?\s?[-至]\s?(20\d\d)\s?年?(?!\d)")
_ONE_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年(?!修[订正]|[版本])(?:度)?")
_YEARS_OF_ACTION = re.compile(r"(?P<count>[二两三四五])年(?:专项|攻坚|提升|提质)*(?:行动|计划)")
_FIVE_YEAR_PLAN = re.compile(r"十([一二三四五六七八九])五")
_CALLS_ITSELF = re.compile(r"稿|草案|^[(（]")
_ASKS = re.compile(r"^关于|公告$|启事$")
_GENERAL = re.compile(r"各|有关|相关|所有")
_CALLED = re.compile(r"各|委|办|局|厅|政府|部|单位|公司")
_SAID = re.compile(r"如下|方案|事项|是|主要|通知|意见")
_GOVERNING = re.compile(
    r"(?:中共|(?<![一-龥])|(?<=[和及与]))([一-龥]{2,8}?(?:省|市|自治区|州|盟|县|区|旗)"
    r"(?:委(?=[、和》,]|关于|印发)|委员会|人民政府))"
)
_YEAR_OF_NUMBER = re.compile(r"〔((?:19|20)\d\d)〕")
_BEFORE_BODY = 12
_SHORT = 60
"""Longest line that is a number."""


def head(document: Document) -> Head:
    """The head of a document; what it does not say is None or empty, see ``head_doubts``."""
    opening = opening_of(document)
    lines = title_lines(opening)
    title = title_of(tight("".join(lines)), opening)
    number = _document_number(opening)
    issuers = issuers_of(lines, opening)
    place = jurisdiction_of((*issuers, title, number or "")) or _cited_place(opening)
    return Head(
        title=title,
        document_number=number,
        issuer="、".join(issuers) or None,
        issued_on=_issued_on(opening),
        period=_period(title, opening),
        is_draft=any(_is_draft(line.text) for line in opening.lines),
        jurisdiction=place,
        coordinator=coordinator(document.lines, place),
        addressees=_addressees(opening),
    )


def year_of_number(found: Head) -> int | None:
    """The year in the document number: 国发〔2020〕6号."""
    year_in = _YEAR_OF_NUMBER.search(found.document_number or "")
    return int(year_in[1]) if year_in else None


def head_doubts(document: Document, found: Head, stated: str = "") -> tuple[Doubt, ...]:
    """What the head leaves open: each with a proposal where there is one.

    ``stated`` is the jurisdiction that somebody has named besides the document.
    """
    opening = opening_of(document)
    place = opening.every[0].place if opening.every else Place(1)
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
    if found.period is None:
        ask("head-period", "文件没有写起止年份。", _proposed_period(found, document), "period")
    if found.issuer is None:
        ask("head-issuer", "看不出发文机关。", None, "issuer")
    if not stated and not _own_place(found):
        cited = _cited_place(opening)
        proposal = f"{cited}。" if cited else None
        ask("head-jurisdiction", "看不出文件属于哪个地区。", proposal, "jurisdiction")
    proposal = f"{found.coordinator}。" if found.coordinator else None
    ask("head-coordinator", "由哪个机构统筹协调，请确认。", proposal, "coordinator")
    return tuple(doubts)


def _proposed_period(found: Head, document: Document) -> str | None:
    """From the year of issue on, to the last year that the text or its tables name."""
    if not found.issued_on:
        return None
    first = found.issued_on.year
    text = "\n".join(without_titles(even(line)) for line in document.lines)
    named = [int(match[1]) for match in _ONE_YEAR.finditer(text)]
    for pattern in (YEARS, _YEARS_OF_ACTION):
        named += [first + small(match["count"]) - 1 for match in pattern.finditer(text)]
    last = max((number for number in named if first <= number <= first + 10), default=first)
    return f"{first}-01-01至{last}-12-31。"


def _own_place(found: Head) -> str | None:
    names = (*(found.issuer or "").split("、"), found.title, found.document_number or "")
    return jurisdiction_of(names)


def _cited_place(opening: Opening) -> str | None:
    """The lowest place whose committee or government the text before 一、 names; None for two."""
    last = next(
        (i for i, line in enumerate(opening.every) if line.text.startswith("一、")), _BEFORE_BODY
    )
    names = (name for line in opening.every[:last] for name in _GOVERNING.findall(line.text))
    places = {place for name in names if (place := jurisdiction_of((name,)))} - {"全国"}
    for level in ("县区旗", "市州盟", "省治"):
        if lowest := [place for place in places if place[-1] in level or place[-2:-1] in level]:
            return lowest[0] if len(lowest) == 1 else None
    return None


def _is_draft(line: str) -> bool:
    """Whether a line calls the document a draft; 经公开征求意见 in a sentence does not."""
    found = DRAFT.search(line)
    return found is not None and bool(_CALLS_ITSELF.search(found[0]) or _ASKS.search(line))


def _document_number(opening: Opening) -> str | None:
    for text in (opening.said.get("number", ""), *(line.text for line in opening.lines)):
        found = NUMBER.search(text)
        if found and len(text) < _SHORT and "《" not in text and "关于" not in text:
            number = re.sub(r"\s", "", found[0])
            return re.sub(r"[\[【(]((?:19|20)\d\d)[\]】)]", r"〔\1〕", number)
    return None


def _issued_on(opening: Opening) -> date | None:
    for line in opening.every:
        found = DATE_LINE.match(line.text) or SIGNED.match(line.text)
        if found and (day := _day(*found.groups()[-3:])):
            return day
    return _said(opening, "issued") or _printed_on(opening) or _said(opening, "published")


def _said(opening: Opening, key: str) -> date | None:
    found = _STATED.search(opening.said.get(key, ""))
    return _day(*(group for group in found.groups() if group)) if found else None


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
        plan = _FIVE_YEAR_PLAN.search(text) if text is plain else None
        if plan:
            first = 2021 + 5 * (small(plan[1]) - 4)
            return date(first, 1, 1), date(first + 4, 12, 31)
    return None


def _addressees(opening: Opening) -> tuple[str, ...]:
    """主送: the line before the body that ends in a colon."""
    for line in opening.every[:60]:
        is_call = line.text.endswith(":") and not _SAID.search(line.text)
        if is_call and _CALLED.search(line.text):
            return tuple(_parted(line.written.rstrip("：:")))
        if re.match(r"^\s*(?:一、|第一章)", line.text):
            break
    return ()


def _parted(names: str) -> Iterator[str]:
    for group in re.split(r"[，,；;]", names):
        parts = re.split(r"、(?![^（(]*[）)])", group.strip())
        is_own = parts[0].startswith("各") and all(_GENERAL.search(part) for part in parts)
        shares = "各" in parts[0] and not is_own
        yield from ([group.strip()] if shares else [part.strip() for part in parts if part.strip()])
