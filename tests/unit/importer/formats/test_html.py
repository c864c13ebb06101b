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


def test_short_paragraphs_before_a_framed_table_belong_to_the_text() -> None:
    before = ("某政〔2022〕4号", "现将分工印发给你们。", "2022年8月12日")
    rows = "".join(f"<tr><td>{at}<td>{'推进工作' * 20}<td>市财政局" for at in range(20))
    paragraphs = "".join(f"<p>{text}</p>" for text in before)
    page = f"<html><body><div>{paragraphs}<div align='center'><table>{rows}</table></div></div>"
    assert read_html(page.encode()).lines[:3] == before


def test_a_title_outside_the_article_is_put_before_it() -> None:
    title = "<title>关于工作分工的通知_示例市人民政府</title>"
    page = f"<html><head>{title}</head><body><div><p>一、正文。</p></div>"
    assert read_html(page.encode()).lines == ("关于工作分工的通知", "一、正文。")


@pytest.mark.parametrize(
    "window",
    [
        "关于印发示例市养老服务实施方案的通知_示例市人民政府网站",
        "关于印发示例市养老服务实施方案的通知-政策文件-示例市人民政府",
        "关于印发示例市养老服务实施方案的通知 - 市政府文件 - 示例市人民政府门户网站",
        "示例市人民政府 政策文件  关于印发示例市养老服务实施方案的通知",
        "示例市人民政府门户网站 | 关于印发示例市养老服务实施方案的通知",
        "关于印发示例市养老服务实施方案的通知",
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(window: str) -> None:
    page = f"<html><head><title>{window}</title></head><body><div><p>一、正文。</p></div>"
    assert read_html(page.encode()).lines == ("关于印发示例市养老服务实施方案的通知", "一、正文。")


@pytest.mark.parametrize(
    ("head", "first"),
    [
        (
            "<title>示例市养老服务方案（2023—2025年）_示例市政府</title>",
            "示例市养老服务方案（2023—2025年）",
        ),
        ("<title>示例市人民政府门户网站</title>", "一、正文。"),
        ("<title>示例市民政局</title><body><h1>示例市民政局</h1>", "示例市民政局"),
    ],
)
def test_a_window_that_names_only_the_site_has_no_title(head: str, first: str) -> None:
    assert read_html(f"<html>{head}<div><p>一、正文。</p></div>".encode()).lines[0] == first


def test_a_title_that_the_window_cuts_short_is_not_said_twice() -> None:
    title = "<title>关于印发示例市养老服务实施方案…_示例市政府</title>"
    page = f"<html>{title}<body><p>关于印发示例市养老服务实施方案的通知</p><p>一、正文。</p>"
    assert len(read_html(page.encode()).lines) == 2


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


def test_running_heads_that_libreoffice_writes_are_left_out() -> None:
    page = '<html><body><div title="header"><p>内部资料</p></div><p>一、正文。</p></body></html>'
    assert read_html(page.encode()).lines == ("一、正文。",)
