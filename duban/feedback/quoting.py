"""An answer freed of what it quotes, with in-line answers kept under the number they answer.

A mail is cut at the lines with which mail programs introduce what they quote (``dividers``), our
own sentinel among them.

- Above the first: all is the answer but lines marked with ``>``, a signature (``-- `` and what
  follows) and the tails of phones.
- Below it, if the quoted mail is marked with ``>``: the lines without a mark, between and under the
  marked ones.
- Below it, if it is not marked (Outlook, QQ): the lines that stand under a numbered item of our
  mail and begin as an answer does (签收, 已办结 …), for our mails have no such line. What stands
  below a line that was broken at the edge is the rest of that line.
- Below a second one: nothing, for what was said before is not said again.

An answer under ``3. 【督办提醒】…`` is given as ``3 …``.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from duban.feedback.dividers import divider_at, is_sentinel, is_tail
from duban.feedback.phrases import begins_as_answer, names_an_item

_MARK = re.compile(r"^(?:\s{0,3}[>＞])+\s?")
_ITEM = re.compile(r"^[*_\s]*(\d{1,3})[.．、]\s*[^\s\d]")
_LABELLED_ITEM = re.compile(r"^[*_\s]*(\d{1,3})[.．、]\s*【")
_FOOT = re.compile(
    r"^(?:其余\s*\d+\s*项|【督办周报】|办理方式$|文件依据和联系单位$|本邮件由督办系统自动发出)"
)
_OURS = re.compile(
    r"^(?:责任单位|时限|时限要求|注意|要求|涉及任务|原文|文件依据|联系单位)\s*[:：（]|^[-•·]\s"
    r"|^(?:应于)?\d{4}年\d|^还剩|^已逾期|^今日|^【|^“"
)
"""How the other lines of our mails begin."""

_CLOSED = re.compile(r"[。！？；：.!?;:）)”》】]$|^$")
_RAGGED = 8
"""So many columns shorter than the longest is a line that a mail program has broken."""

_BLANKS = str.maketrans("\u00a0\u3000\u2002\u2003\t\f\v", "       ")
_INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad")


class _Line(NamedTuple):
    """A line without its mark and outer blanks; ``depth`` counts the marks."""

    text: str
    depth: int


def answer_in(full_text: str) -> str:
    """The answer in the text of a mail: its fresh lines, and its in-line answers with numbers."""
    lines = full_text.translate(_INVISIBLE).translate(_BLANKS).split("\n")
    kept: list[str] = []
    for mail, section in enumerate(_sections([_line(line) for line in lines])):
        if mail > 1:
            break
        if mail == 0 or _is_marked(section):
            kept += _interleaved(section)
        else:
            kept += _under_items(section)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _line(line: str) -> _Line:
    found = _MARK.match(line)
    if not found:
        return _Line(line.strip(), 0)
    return _Line(line[found.end() :].strip(), found[0].count(">") + found[0].count("＞"))


def _sections(lines: list[_Line]) -> list[list[_Line]]:
    """What stands above the first divider, and then a section for each quoted mail."""
    texts = [line.text for line in lines]
    sections: list[list[_Line]] = [[]]
    at = 0
    while at < len(lines):
        length = 0 if lines[at].depth else divider_at(texts, at)
        if not length:
            sections[-1].append(lines[at])
        # The sentinel belongs to the mail that the lines just above it introduce.
        elif len(sections) == 1 or not is_sentinel(texts[at]):
            sections.append([])
        at += length or 1
    return sections


def _is_marked(section: list[_Line]) -> bool:
    return next((line.depth > 0 for line in section if line.text or line.depth), False)


def _interleaved(section: list[_Line]) -> Iterator[str]:
    item, is_open, is_signature = "", False, False
    for text, depth in section:
        if depth:
            item, is_open, is_signature = _item_after(text, item, depth), False, False
            continue
        is_signature = is_signature or text == "--"
        if is_signature or is_tail(text):
            continue
        yield text if is_open else _numbered(text, item)
        is_open = is_open or bool(text)


def _under_items(section: list[_Line]) -> Iterator[str]:
    item, is_open, above = "", False, ""
    edge = max((_width(line.text) for line in section), default=0) - _RAGGED
    for text, depth in section:
        if depth:
            continue
        is_rest = _width(above) >= edge and not _CLOSED.search(above)
        above = text
        if item and not is_rest and begins_as_answer(text):
            is_open = True
            yield _numbered(text, item)
        elif _ITEM.match(text) or _FOOT.match(text) or _OURS.match(text):
            item, is_open = _item_after(text, item, 1), False
        elif is_open and not is_tail(text):
            yield text


def _width(text: str) -> int:
    """The columns that a line takes; Chinese characters take two."""
    return sum(1 + (letter > "\u2e7f") for letter in text)


def _item_after(text: str, item: str, depth: int) -> str:
    """The number of the item of our mail that quoted lines from here on belong to.

    Deeper in, only a line with our label is sure to be ours.
    """
    found = (_ITEM if depth == 1 else _LABELLED_ITEM).match(text)
    if found:
        return found[1]
    return "" if _FOOT.match(text) else item


def _numbered(text: str, item: str) -> str:
    return text if not item or not text or names_an_item(text) else f"{item} {text}"
