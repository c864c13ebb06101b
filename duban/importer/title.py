"""The title of a document: its lines joined, and the plan that a notice issues taken out."""

import re

from duban.importer.opening import DATE_LINE, LETTERHEAD, NUMBER, Line, Opening, tight
from duban.importer.plain import even

_TITLE_END = re.compile(
    r"(?:方案|意见|通知|要点|计划|规划|分工|清单|办法|细则|规定|措施|任务书|分解表|责任制|"
    r"安排|函|决定|纲要|行动|指引|台账|责任书|重点任务)"
    r"(?:的通知|的函|的意见)?(?:\(.*\))?$"
)
_ISSUED = re.compile(
    r"关于(?:转发|印发|下发|发布|公布)(?P<title>.+?)的(?:通知|函|公告)(?:\(.*\))?$"
)
_PUBLISHED = re.compile(r"印发(?P<title>《.+》)$")
DRAFT = re.compile(
    r"[(（]?(?:征求意见稿|送审稿|讨论稿|草案|审议稿|公开征求意见|"
    r"征求意见)[^()（）]{0,6}[)）]?"
)
_ORDER = re.compile(r"(?:人民政府|委员会|部|总局|厅)令$")
_MADE_KNOWN = re.compile(r"^(?:现将)?《(?P<title>[^》]+)》.*(?:公布|施行)")
_SITE = re.compile(r"^首页|>.*>|^(?:打印|关闭|分享|收藏|下载|\[?大\s?中\s?小)")
_ANNEX = re.compile(r"附件\s?[一二三四五六七八九十\d]*")
_LONG = 90
"""Longest line that is part of a title."""


def title_lines(opening: Opening) -> list[str]:
    """The title's lines as written; where none is found, what the site says or the first line."""
    joined: list[str] = []
    for line in opening.lines:
        if _ANNEX.fullmatch(line.text):
            continue
        if _is_no_title(line):
            if any(_TITLE_END.search(tight(even(text))) for text in (*joined, "".join(joined))):
                break
            joined = []
            continue
        joined.append(line.written)
        if _TITLE_END.search(_undrafted(even(tight("".join(joined))))) and not _goes_on(
            opening, line
        ):
            return joined
    first = next((line.written for line in opening.every if not _is_number(line)), "")
    return joined or [opening.said.get("title", first)]


def _is_number(line: Line) -> bool:
    return NUMBER.fullmatch(line.text) is not None


def _is_no_title(line: Line) -> bool:
    """Whether a line is a number, a letterhead, a date, a salutation, or too long for a title."""
    is_other = _is_number(line) or LETTERHEAD.match(tight(line.text))
    is_other = is_other or _SITE.search(line.text)
    is_said = line.text.endswith((":", "。", ";")) or ":" in line.text[:8]
    return bool(is_other or DATE_LINE.match(line.text) or is_said or len(line.text) > _LONG)


def _goes_on(opening: Opening, line: Line) -> bool:
    """Whether the next line still belongs to the title: （2022—2024年）, （征求意见稿）, 的通知."""
    index = opening.every.index(line)
    after = opening.every[index + 1].text if index + 1 < len(opening.every) else ""
    is_date = DATE_LINE.match(after)
    return not is_date and bool(re.fullmatch(r"\([^()]*\)|的(?:通知|函|意见)|.{0,24}的通知", after))


def _undrafted(text: str) -> str:
    return DRAFT.sub("", text)


def _decreed(opening: Opening) -> str:
    """What an order (某市人民政府令) makes known: the title in the sentence that says so."""
    found = (_MADE_KNOWN.match(line.text) for line in opening.every)
    return next((match["title"] for match in found if match), "")


def title_of(raw: str, opening: Opening) -> str:
    """The plan's own title: of 关于印发《X》的通知 it is X, as X stands further down if it does."""
    if _ORDER.search(raw) and (decreed := _decreed(opening)):
        return decreed
    plain = even(raw)
    found = _ISSUED.search(plain) or _PUBLISHED.search(plain)
    inner = raw[slice(*found.span("title"))] if found else raw
    whole = re.fullmatch(r"[《<](?P<title>.*)[》>]", inner)
    inner = whole["title"] if whole and "》" not in whole["title"] else inner
    inner = _undrafted(inner).replace("〈", "《").replace("〉", "》") or raw
    key = _bare(inner)
    for line in opening.every:
        standing = tight(line.written)
        if found and _bare(standing) == key:
            return standing
    return inner


def _bare(title: str) -> str:
    return re.sub(r"[\s《》〈〉<>()-]", "", even(title))
