"""Pages of government sites: the main text, and nothing of what surrounds it."""

import pytest

from duban.importer.formats.html import read_html
from models.document import Table
from tests.unit.importer.formats import builders

ROWS = builders.sample(3)
MENU = "".join(f'<li><a href="/{at}">栏目{at}</a></li>' for at in range(30))
AROUND = (
    f'<script>var a="脚本"</script><div class="nav">首页 要闻</div><ul>{MENU}</ul>',
    '<div class="footer">版权所有 备案号</div><div style="display:none">隐藏</div>',
)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "gb2312"])
def test_what_surrounds_the_article_is_left_out(charset: str) -> None:
    document = read_html(builders.to_html(ROWS, charset=charset, around=AROUND))
    assert document.lines[: len(builders.PARAGRAPHS)] == builders.PARAGRAPHS
    assert isinstance(document.blocks[-1], Table)
    assert not any(
        word in line for line in document.lines for word in ("栏目", "首页", "版权", "隐藏")
    )


def test_a_title_outside_the_article_is_put_before_it() -> None:
    title = "<title>关于工作分工的通知_示例市人民政府</title>"
    page = f"<html><head>{title}</head><body><div><p>一、正文。</p></div>"
    assert read_html(page.encode()).lines == ("关于工作分工的通知", "一、正文。")


def test_breaks_and_hard_spaces_are_what_they_look_like() -> None:
    paragraph = "<p>&nbsp;&nbsp;一、甲<br/>　　二、乙&nbsp;丙\n丁</p>"
    page = f"<html><body>{paragraph}<ol start=3><li>戊</li></ol></body>"
    assert read_html(page.encode()).lines == ("一、甲", "二、乙 丙丁", "3.戊")


def test_a_table_that_only_frames_the_text_is_no_table() -> None:
    inner = "<table><tr><td>序号<td>任务<tr><td>1<td>甲</table>"
    page = (
        f"<html><body><table><tr><td><h1>题目</h1><p>一、正文</p>{inner}</td></tr></table></body>"
    )
    document = read_html(page.encode())
    assert document.lines == ("题目", "一、正文", "序号\t任务", "1\t甲")
    assert [isinstance(block, Table) for block in document.blocks] == [False, False, True]


def test_merged_cells_of_rows_and_columns_fill_the_grid() -> None:
    header = "<tr><td rowspan=2>序号<td colspan=2>单位<tr><td>牵头<td>配合"
    page = f"<table>{header}<tr><td>1<td>甲<td>乙</table>"
    table = read_html(page.encode()).blocks[0]
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["序号", "单位", "单位"], ["序号", "牵头", "配合"], ["1", "甲", "乙"],
    ]  # fmt: skip
