"""Reading an answer: a small grammar over the first words of each statement.

::

    answer      = { statement | unclear line } ;
    statement   = [ courtesy ] [ who ] [ items ] [ what ] [ "全部" | "均" ] opening rest ;
    items       = number { ( "、" | "," | "和" | "及" | "与" | " " ) number } [ "项" ] ;
    number      = [ "第" ] digits [ ( "-" | "~" | "至" | "到" ) digits ]
                | "(" digits ")" | "①" … | "第" 中文数字 "项" | 中文数字 "、" ;
    courtesy    = "您好" | "尊敬的" … | … "领导好" | "回复：" | unit "：" ;
    who         = "我" 单位 | "本" 单位 | unit ;
    what        = "此项" | "该任务" | "邮件" | "来函" … ;
    opening     = acknowledged | completed | report | nil | extension | declined ;
    acknowledged = [ "已" ] ( "签收" | "收到" | "收悉" | "知悉" ) end ;
    completed   = [ "已" ] [ "全部" | "按时" … ]
                  ( "办结" | "办毕" | "办理完毕" | "完成" | "完结" ) end ;
    report      = "进展" | "进展情况" | "反馈" | "办理情况：" | "现将…报告如下" | row ":"
                | "正在" | "尚未完成" | "基本完成" | "预计" | "完成" quantity ;
    nil         = [ "本月" | "目前" ] [ "暂" ] ( "无" | "没有" | "零" ) ( "进展" | "报告" ) end ;
    extension   = [ "因" reason ] ( "申请" | "请求" | "需" ) "延期" [ "至" date ] rest
                | "延期" ( "至" | "到" ) date rest ;
    declined    = [ "申请" ] "退回" end | "不属于我" … | "非本单位" … | "与我单位无关" ;
    end         = line end | punctuation | blank ;
    row         = ( "任务" | "序号" ) 行号 ":" | "第" 行号 "行" ":" ;
    date        = 2024-11-01 | 2024年11月1日 | 2024.11.1 | 11月1日 | 11/1 | 十一月一日 ;

Full-width and half-width forms are the same. Statements are on lines of their own or parted by
``；`` (also by ``。`` or ``，`` before a number). Lines that open nothing belong to the statement
above them.
A negated word (未完成, 没有收到) opens no acknowledgement and no completion; nor does one that the
rest of its line takes back (已办结，但…). An unnumbered report takes the numbered lines below it as
its own list. A line that begins with a row's marker begins a passage about that row.
"""

import re
from datetime import date

from duban.feedback.agreement import contradictions
from duban.feedback.chinese_dates import stated_date
from duban.feedback.phrases import Opening, denies, folded, is_courtesy, is_doubtful, takes_back
from duban.feedback.pieces import TERSE, Piece, pieces
from duban.feedback.rows import opens_with_row, passages_in
from models.answer import Reading, Statement
from models.entry import EntryKind

_NUMBERED = re.compile(
    r"\s*(?:第\s?)?[(（]?(?:\d{1,3}|[①-⑳])[)）]?(?:项|条)?\s?[、.,:)]?\s?(?![\d.年月日%])"
)
_FIRST = re.compile(r"\s*[(]?(?:1|①)[)]?\s?[、.,:)]?\s?(?![\d.年月日%])")
_NOT_READ = "有的话没有读懂"
_TAKEN_BACK = "后面的话又收回、否定了前面的答复，或者是提问"
_NOTHING = re.compile(r"[:,\s]*(?:目前|暂时|暂|尚)?(?:无|没有)(?:新?进展|报告)?[。.!\s]*")


class _Said:
    """A statement while its lines are gathered."""

    def __init__(self, opening: Opening, lines: list[str]) -> None:
        self.opening = opening
        self.lines = lines
        self.is_list = False
        self.has_rows = False
        self.is_only_opening = False
        self.head = len(lines) - 1

    def words(self) -> str:
        """What is said after the opening words."""
        first, *others = self.lines[self.head :]
        return "\n".join([first[self.opening.ends :], *others])

    def is_taken_back(self) -> bool:
        """Whether a line below the opening makes it doubtful; a report may say what it likes."""
        if self.opening.kind is EntryKind.REPORTED:
            return False
        below = [folded(line) for line in self.lines[self.head + 1 :]]
        is_terse = self.opening.kind in TERSE
        return any(takes_back(line) or (is_terse and denies(line)) for line in below)

    def is_denied_by(self, other: "_Said", count: int) -> bool:
        """Whether a report says of the same item that what this calls done is not done."""
        kinds = (self.opening.kind, other.opening.kind)
        if kinds != (EntryKind.COMPLETED, EntryKind.REPORTED) or not denies(
            folded(other.lines[other.head])
        ):
            return False
        return bool(_items(self.opening, count) & _items(other.opening, count))

    def takes(self, piece: Piece) -> bool:
        """Whether a piece with an opening of its own is still part of this statement's text."""
        opening, mine = piece.opening, self.opening
        if opening is None:
            return False
        if piece.is_row:
            return mine.kind not in TERSE and not mine.is_nil
        if opening.is_bare:
            return self._takes_bare(opening)
        if mine.kind is not EntryKind.REPORTED or mine.is_nil or opening.for_all:
            return False
        self.is_list = self.is_list or mine.is_bare or opening.items == mine.items
        return self.is_list or (self.is_only_opening and opening.items[0] == 1)

    def may_hide(self, piece: Piece, count: int) -> bool:
        """Whether a line of the report's own list could have been meant for another item."""
        items = piece.opening.items if piece.opening else ()
        return count > 1 and bool(set(items) - set(self.opening.items))

    def _takes_bare(self, opening: Opening) -> bool:
        if opening.kind is self.opening.kind and not self.opening.is_nil:
            return True
        if self.opening.kind is EntryKind.REPORTED:
            return self.has_rows
        is_aside = opening.kind is EntryKind.REPORTED and not opening.is_labelled
        return is_aside and not opening.is_nil and self.opening.kind not in TERSE


def read(text: str, on: date, count: int) -> Reading:
    """What an answer says of the ``count`` open items of its mail; ``on`` is the day it came.

    Never raises; every line that is not blank is in a statement's text or in ``unclear``.
    """
    said, unclear, because = _gathered(text, count)
    statements = []
    for each in said:
        if each.is_taken_back() or _is_doubted(each, said, unclear, count):
            unclear += [line for line in each.lines if line.strip()]
            because.append(_TAKEN_BACK)
            continue
        statement, doubt = _statement(each, on, count)
        statements.append(statement)
        because += [doubt] if doubt else []
    because += contradictions(statements, count)
    unclear.sort(key=text.find)
    return Reading(tuple(statements), tuple(unclear), "；".join(dict.fromkeys(because)))


def _is_doubted(each: _Said, said: list[_Said], unclear: list[str], count: int) -> bool:
    """Whether something else in the mail speaks against an answer, or excepts an item of "all"."""
    if each.opening.for_all and any(_NUMBERED.match(folded(line)) for line in unclear):
        return True
    return any(each.is_denied_by(other, count) for other in said)


def _items(opening: Opening, count: int) -> frozenset[int]:
    return frozenset(opening.items or range(1, count + 1))


def _gathered(text: str, count: int) -> tuple[list[_Said], list[str], list[str]]:
    said: list[_Said] = []
    unclear: list[str] = []
    because: list[str] = []
    courtesies: list[str] = []
    current: _Said | None = None
    for piece in pieces(text):
        why = _why_not(piece, current, count)
        if why:
            current, unclear = None, [*unclear, piece.written]
            because.append(why)
        elif piece.opening and not (current and current.takes(piece)):
            current = _Said(piece.opening, [*courtesies, piece.written])
            current.has_rows = piece.is_row
            current.is_only_opening = not piece.text[piece.opening.ends :].strip()
            said.append(current)
            courtesies = []
        elif current:
            _add(current, piece)
            if current.may_hide(piece, count):
                unclear.append(piece.written)
                because.append("一项进展的文字里，像是还有对别的事项的答复")
        elif not said and not unclear and (not piece.text.strip() or is_courtesy(piece.text)):
            courtesies += [piece.written] if piece.text.strip() else []
        elif piece.text.strip():
            unclear.append(piece.written)
            because.append(_NOT_READ)
    if courtesies:
        unclear = [*courtesies, *unclear]
    if not said:
        because.insert(0, "没有读到“签收”“已办结”“进展”“申请延期”“退回”等开头的话")
    return said, unclear, because


def _add(current: _Said, piece: Piece) -> None:
    current.has_rows = current.has_rows or bool(opens_with_row(piece.text))
    is_first_of_list = piece.opening is None and bool(_FIRST.match(piece.text))
    current.is_list = current.is_list or is_first_of_list
    if piece.is_line:
        current.lines.append(piece.written)
    else:
        current.lines[-1] += piece.written


def _why_not(piece: Piece, current: _Said | None, count: int) -> str:
    """Why a piece cannot be taken for what it seems to be; empty if it can, or seems nothing."""
    opening = piece.opening
    if opening and any(item > count for item in opening.items):
        if current and current.takes(piece):
            return ""
        return f"邮件中没有第{max(opening.items)}项"
    if opening or not _NUMBERED.match(piece.text):
        return ""
    if current is None:
        return _NOT_READ if is_doubtful(piece.text) else ""
    is_list = current.opening.is_bare or current.opening.kind is EntryKind.REPORTED
    return "" if is_list and not current.opening.is_nil else _NOT_READ


def _statement(said: _Said, on: date, count: int) -> tuple[Statement, str]:
    opening = said.opening
    text = "\n".join(said.lines).strip()
    items = opening.items or ((1,) if count == 1 and not opening.for_all else ())
    until, why = None, ""
    if opening.kind is EntryKind.EXTENSION_REQUESTED:
        until, why = stated_date(folded(text), on)
    if not items and not opening.for_all:
        why = f"邮件有{count}项，回复没有写明是第几项" if count else "这封邮件没有待办事项"
    is_nil = opening.is_nil or (
        opening.is_labelled and bool(_NOTHING.fullmatch(folded(said.words())))
    )
    passages = passages_in(text) if opening.kind is EntryKind.REPORTED else ()
    return (
        Statement(items, opening.for_all, opening.kind, text, until, is_nil, passages),
        why,
    )
