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
DRAFT = re.compile(
    r"[(（]?(?:征求意见稿|送审稿|讨论稿|草案|审议稿|公开征求意见|"
    r"征求意见)[^()（）]{0,6}[)）]?"
)
_ANNEX = re.compile(r"附件\s?[一二三四五六七八九十\d]*")
_LONG = 90
"""Longest line that is part of a title."""


def raw_title(opening: Opening) -> str:
    """The title as it is set, its lines joined, blanks taken out."""
    joined: list[str] = []
    for line in opening.lines:
        if NUMBER.fullmatch(line.text) or LETTERHEAD.match(line.text) or DATE_LINE.match(line.text):
            if any(_TITLE_END.search(tight(text)) for text in joined):
                break
            joined = []
            continue
        if line.text.endswith((":", "。", ";")) or ":" in line.text[:8] or len(line.text) > _LONG:
            if joined and _TITLE_END.search(tight("".join(joined))):
                break
            joined = []
            continue
        if _ANNEX.fullmatch(line.text):
            continue
        joined.append(line.written)
        whole = tight("".join(joined))
        if _TITLE_END.search(_undrafted(even(whole))) and not _goes_on(opening, line):
            return whole
    whole = tight("".join(joined))
    return whole or (tight(opening.every[0].written) if opening.every else "")


def _goes_on(opening: Opening, line: Line) -> bool:
    """Whether the next line still belongs to the title: （2022—2024年）, （征求意见稿）, 的通知."""
    index = opening.every.index(line)
    after = opening.every[index + 1].text if index + 1 < len(opening.every) else ""
    return bool(re.fullmatch(r"\([^()]*\)|的(?:通知|函|意见)|.{0,24}的通知", after))


def _undrafted(text: str) -> str:
    return DRAFT.sub("", text)


def title_of(raw: str, opening: Opening) -> str:
    """The plan's own title: of 关于印发《X》的通知 it is X, as X stands further down if it does."""
    plain = even(raw)
    found = _ISSUED.search(plain)
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
