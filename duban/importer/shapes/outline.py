"""The outline of running text: parts, headings and items, each with the paragraphs under it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from duban.importer.plain import CLOSE, OPEN
from duban.importer.shapes.numbering import Mark, mark_in_series, mark_of
from duban.importer.shapes.sentences import bare, is_heading, is_unfinished, join, sentences
from duban.importer.units.phrases import ROLE_LABEL
from models.document import Paragraph

_ANNEX = re.compile(r"^附\s*[件表录]\s*[0-9一二三四五六七八九十]{0,2}\s*[:：]?$")
_LABELLED = re.compile(
    rf"\s*[【\[]?(?:{ROLE_LABEL}|[\u4e00-\u9fff]{{2,8}}(?:单位|部门|主体|领导|时限|时间|期限|渠道|来源|指标)"
    r"|(?:责任|联系|负责|联络)[人员])[】\]]?\s*[:：]"
)
_SECTION_LEVEL = 1
_NUMBERED = 3
_WRAPPED_LINES = 6
_NARROWEST, _RAGGED = 20, 2


@dataclass
class Item:
    """A heading or item with its paragraphs and what stands below it.

    ``paragraphs[0]`` is the item's own line, without its mark; ``last_line`` is where the last
    of its paragraphs stands.
    """

    mark: Mark | None
    paragraphs: list[Paragraph] = field(default_factory=list)
    below: list["Item"] = field(default_factory=list)
    above: "Item | None" = None
    last_line: int = 0

    @property
    def path(self) -> tuple[int, ...]:
        """The ordinals from the outermost heading down to this item; 第一章 does not count."""
        if self.mark is None:
            return ()
        if self.mark.path:
            return self.mark.path
        before = self.above.path if self.above else ()
        return before if self.mark.level == 0 else (*before, self.mark.ordinal)

    @property
    def label(self) -> str:
        """The marks down to this item as a person says them: 二、（一）."""
        before = self.above.label if self.above else ""
        return before + (self.mark.label if self.mark else "")

    @property
    def heading(self) -> str:
        """The item's own line, without mark and full stop."""
        return bare(self.paragraphs[0].text) if self.paragraphs else ""

    def walk(self) -> Iterator["Item"]:
        """This item and all below it, in the order of the document."""
        yield self
        for item in self.below:
            yield from item.walk()


def outline(paragraphs: Sequence[Paragraph]) -> list[Item]:
    """The parts of a text as trees; a new part begins at 附件 and where 一、 comes again."""
    parts = [Item(None)]
    width = _wrapped_at(paragraphs)
    before: dict[int, int] = {}
    last = parts[0]
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        mark = mark_of(text)
        if (mark is None or mark.path) and not _goes_on(last):
            mark = mark_in_series(text, before.get(_NUMBERED, 0)) or mark
        if _ANNEX.match(text):
            parts.append(Item(None))
            last = parts[-1]
        elif mark and _is_item(mark, last, before.get(mark.level, 0), width):
            before[mark.level] = mark.ordinal if not mark.path else 0
            if _begins_again(mark, last):
                parts.append(Item(None))
                last = parts[-1]
            last = _hang(last, mark, paragraph)
        else:
            _append(last, paragraph, width)
    return [part for part in parts if part.paragraphs or part.below]


def _is_item(mark: Mark, last: Item, before: int, width: int) -> bool:
    """Whether a mark is one: 十、 in a wrapped line, far from what came before, is none.

    ``before`` is the ordinal of the last mark of this level, under whatever heading it stood.
    """
    if not _goes_on(last) or _is_whole_heading(last, mark, width):
        return True
    is_next = mark.ordinal in (1, before + 1)
    return is_next or _peer(last, mark.level) == mark.ordinal - 1 or not mark.rest


def _goes_on(last: Item) -> bool:
    return bool(last.paragraphs) and is_unfinished(last.paragraphs[-1].text)


def _is_whole_heading(last: Item, mark: Mark, width: int) -> bool:
    """Whether an item is a heading above the mark, whose line ends before it is full."""
    if last.mark is None or last.mark.level >= mark.level or len(last.paragraphs) > 1:
        return False
    text = last.paragraphs[0].text
    is_short = len(last.mark.label + text) < width - 3 if width else is_heading(text)
    return is_short and _open(text) <= 0 and not text.endswith(("、", "，"))


def _peer(item: Item | None, level: int) -> int | None:
    while item is not None and item.mark is not None:
        if item.mark.level == level:
            return item.mark.ordinal
        item = item.above
    return None


def _begins_again(mark: Mark, last: Item) -> bool:
    """一、 after 一、 … three: another text begins, such as the plan after its notice."""
    if mark.level != _SECTION_LEVEL or mark.ordinal != 1:
        return False
    chapter = last
    while chapter.above and chapter.mark and chapter.mark.level > 0:
        chapter = chapter.above
    inside_new_chapter = chapter.mark is not None and not chapter.below
    return not inside_new_chapter and (_peer(last, _SECTION_LEVEL) or 0) >= 1


def _hang(last: Item, mark: Mark, paragraph: Paragraph) -> Item:
    above: Item | None = last
    while above is not None and above.mark is not None and above.mark.level >= mark.level:
        above = above.above
    own = paragraph._replace(text=mark.rest.strip())
    item = Item(mark, [own], above=above, last_line=paragraph.place.line)
    if above is not None:
        above.below.append(item)
    return item


def _wrapped_at(paragraphs: Sequence[Paragraph]) -> int:
    """The width at which the lines of a text are broken; 0 where its paragraphs are whole."""
    lengths = Counter(
        len(paragraph.text) for paragraph in paragraphs if is_unfinished(paragraph.text)
    )
    width, _ = max(lengths.items(), key=lambda item: item[1], default=(0, 0))
    near = sum(count for length, count in lengths.items() if abs(length - width) <= _RAGGED)
    return width if width >= _NARROWEST and near >= _WRAPPED_LINES else 0


def _append(item: Item, paragraph: Paragraph, width: int) -> None:
    """A paragraph without a mark goes under the last item, or continues its unfinished line."""
    item.last_line = paragraph.place.line
    before = item.paragraphs[-1] if item.paragraphs else None
    if before and item.mark and _continues(item, before, paragraph, width):
        item.paragraphs[-1] = before._replace(text=join(before.text, paragraph.text))
    else:
        item.paragraphs.append(paragraph)


def _continues(item: Item, before: Paragraph, paragraph: Paragraph, width: int) -> bool:
    if not before.text:
        return True
    is_opened = _open(before.text) > 0
    if is_opened and _open(before.text + paragraph.text) < _open(before.text):
        return True
    if paragraph.text.strip().startswith(tuple(OPEN)) or _LABELLED.match(paragraph.text):
        return False
    if _LABELLED.match(before.text) and not before.text.endswith(("、", "，")):
        return bool(width) and len(before.text) >= width - 3
    is_one = len(sentences(before.text)) == 1 and not before.text.endswith(("、", "，", "；"))
    is_bare_heading = len(item.paragraphs) == 1 and is_one and is_heading(before.text)
    if is_bare_heading and not is_opened:
        full = len(before.text) + len(item.mark.label if item.mark else "")
        return bool(width) and full >= width - 3 and is_unfinished(before.text)
    return is_unfinished(before.text)


def _open(text: str) -> int:
    """How many brackets a text leaves open."""
    return sum(map(text.count, OPEN)) - sum(map(text.count, CLOSE))
