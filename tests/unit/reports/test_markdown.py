"""A paper as Markdown: read back by a parser, what people wrote is text and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from duban.reports.document import Paragraph, Part, Table, line
from duban.reports.markdown import escaped, markdown

_PARSER = MarkdownIt("commonmark").enable("table")

HOSTILE = [
    "# 不是标题", "- 不是列表", "1. 不是列表", "12) 也不是", "> 不是引文", "<b>粗</b>",
    "**粗** _斜_", "[链接](https://a.example)", "![图](x)", "`代码`", "| 甲 | 乙 |", "---", "===",
    "***", "~~~", "&lt;", "甲\\乙", "+ 加", "<script>alert(1)</script>", "<https://a.example>",
    "$x$", "    缩进", "*", "1.", "\\",
]  # fmt: skip


def _inline(text: str) -> list[tuple[str, str]]:
    """The kinds of what a parser finds in one paragraph, with their words."""
    tokens = _PARSER.parse(text)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return [(child.type, child.content) for child in tokens[1].children or []]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_stays_text(text: str) -> None:
    found = _inline(escaped(text))
    assert {kind for kind, _ in found} <= {"text", "text_special"}
    assert "".join(words for _, words in found) == text.strip()


@given(st.text(min_size=1).map(line).filter(bool))
def test_any_line_reads_back_as_itself(text: str) -> None:
    found = _inline(escaped(text))
    assert "".join(words for _, words in found) == text


def test_parts_become_headings_and_tables() -> None:
    paper = [
        Paragraph(Part.TITLE, "题"),
        Paragraph(Part.CHAPTER, "一、"),
        Paragraph(Part.SECTION, "（一）"),
        Paragraph(Part.TEXT, "文"),
        Table(("甲", "乙"), (("1|2", ""), ("*三*", "四")), (1, 1)),
    ]
    assert markdown(paper) == (
        "# 题\n\n## 一、\n\n### （一）\n\n文\n\n"
        "| 甲 | 乙 |\n|---|---|\n| 1\\|2 |   |\n| \\*三\\* | 四 |\n"
    )


def test_a_cell_with_a_bar_stays_one_cell() -> None:
    text = markdown([Table(("甲", "乙"), (("a|b", "c\\|d"),), (1, 1))])
    cells = [token.content for token in _PARSER.parse(text) if token.type == "inline"]
    assert cells[:2] == ["甲", "乙"]
    assert len(cells) == 4
