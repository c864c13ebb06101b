import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.importer.draft import draft
from duban.importer.formats.reader import read
from duban.importer.questions import questions
from duban.importer.review.page import review_page
from duban.importer.review.written import Written
from models.document import Document, Place
from models.draft import Doubt, Draft, Head, How, Part, Row
from tests.browser import look_at
from tests.drafts import document_of, line_of, shipped, unit_in

MATRICES = Path(__file__).parents[4] / "matrices"
PLANS = sorted(path.parent.name for path in MATRICES.glob("*/plan.yaml"))
HEAD = Head("甲水市养老服务工作方案", None, None, None, None, False, "甲水市", None, ())
TEXT = """\
一、工作任务
1.建设示范食堂。（牵头单位：市民政局；责任单位：财政局、省市市场监管局）
2.开展评估。（市统计局）"""


class Page(HTMLParser):
    """The elements of a page: ids, where links lead, tags that are not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.details: list[bool] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append(tag)
        self.ids += [known["id"] or ""] if "id" in known else []
        self.links += [known["href"] or ""] if "href" in known else []
        self.details += ["open" in known] if tag == "details" else []
        if tag not in {"meta", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page_of(made: Draft, document: Document, written: Written | None = None) -> str:
    return review_page(made, document, questions(made), written)


def row(
    number: str, title: str, line: int, text: str, *units: object, declared: bool = False
) -> Row:
    compiled = line_of(text, *units, is_declared=declared)  # type: ignore[arg-type]
    return Row(number, title, "一、工作任务", (), compiled, (), (), Place(line), "末尾括号")


def small() -> tuple[Draft, Document]:
    one = "牵头单位：市民政局；责任单位：财政局、省市市场监管局"
    first = row(
        "1",
        "建设示范食堂",
        2,
        one,
        unit_in(one, "市民政局", part=Part.LEAD),
        unit_in(one, "财政局", "市财政局", How.PREFIX_INHERITED),
        unit_in(one, "省市市场监管局", "省市场监管局", How.CORRECTED, is_doubtful=True),
        declared=True,
    )
    second = row("2", "开展评估", 3, "市统计局", unit_in("市统计局", "市统计局"))
    doubt = Doubt("misspelt", "“省市市场监管局”疑有误。", "省市场监管局", Place(2), "1")
    return Draft(HEAD, (first, second), (), (), (), (doubt,)), document_of(TEXT)


@pytest.mark.parametrize("plan", PLANS)
def test_every_unit_of_a_shipped_document_leads_to_its_words_and_back(plan: str) -> None:
    path = MATRICES / plan / "document.txt"
    document = read(path.name, path.read_bytes())
    made = draft(document)
    text = page_of(made, document)
    page = Page(text)
    units = [unit for each in made.rows if each.line for unit in each.line.units]
    written = [unit for unit in units if unit.how is not How.IMPLICIT]
    assert len(re.findall(r'id="d-r\d+u\d+"', text)) == len(written)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


@pytest.mark.parametrize("plan", PLANS)
def test_a_page_needs_nothing_else(plan: str) -> None:
    text = page_of(*shipped(plan))
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "form"} & set(page.tags)
    assert all(link.startswith("#") for link in page.links)
    assert "http://" not in text
    assert "https://" not in text
    assert 'lang="zh-CN"' in text
    assert {"header", "main", "footer", "nav", "h1", "h2", "h3"} <= set(page.tags)


def test_a_row_without_doubts_is_folded_and_one_with_a_doubt_stands_open() -> None:
    text = page_of(*small())
    assert Page(text).details == [True, False]
    assert '<a class="unit responsible" href="#r2" id="d-r2u1">' in text


def test_a_span_has_a_sign_beside_its_colour_and_says_how_it_was_read() -> None:
    text = page_of(*small())
    assert '<a class="unit lead" href="#r1u1" id="d-r1u1"><i>牵</i>市民政局</a>' in text
    assert 'href="#r1u3" id="d-r1u3"><i>责疑</i>省市市场监管局</a>' in text
    assert '<a class="unit responsible doubtful"' in text
    for said in (
        "承前省略“财政局”",
        "疑误“省市市场监管局”",
        "文件写明",
        "文件没有写明，排在第一的只是建议",
    ):
        assert said in text


def test_questions_stand_first_then_the_rows_then_what_is_merely_looked_at() -> None:
    text = page_of(*small())
    assert (
        "共 <b>2</b> 项：<b>1</b> 项没有疑问，<b>1</b> 项请您核对。<b>2</b> 个问题等您决定" in text
    )
    order = [
        text.index(said) for said in ("待决定的问题（2）", "事项一览（2）", "补全的单位名称 1")
    ]
    assert order == sorted(order)


def test_the_list_of_rows_says_which_are_certain_and_which_are_not() -> None:
    text = page_of(*small())
    first = text[text.index('<tr id="i-r1"') : text.index('<tr id="i-r2"')]
    second = text[text.index('<tr id="i-r2"') : text.index("</tbody>")]
    for said in ("请核对", '<a href="#Q1">问题 1</a>', '<a href="#r1u3">省市场监管局</a>'):
        assert said in first
    assert "无疑问" in second
    assert "市统计局 <small>建议</small>" in second


def test_a_question_stands_beside_each_row_that_it_is_about() -> None:
    made, document = small()
    doubts = tuple(Doubt("x", "包括哪些单位？", None, Place(2), about) for about in ("1", "2"))
    text = page_of(made._replace(doubts=doubts), document)
    for row_id in ("r1", "r2"):
        article = text[text.index(f'id="{row_id}" tabindex') :].split("</article>")[0]
        assert "包括哪些单位？（2同）" in article


def test_the_page_says_on_which_line_of_the_plan_what_is_decided() -> None:
    plan = """\
id: small
duties:
  - number: "1"
    title: 建设示范食堂
questions:
  - about: "1"
    question: “省市市场监管局”疑有误。
    answer:
  - about: plan
    question: 2未写明牵头单位。
    answer: 由市统计局牵头
"""
    text = page_of(*small(), Written("matrices/small/plan.yaml", plan))
    for said in (
        "matrices/small/plan.yaml",
        "方案文件第 8 行，内容在第 3 行",
        "方案文件第 3 行起",
        "<b>已定</b> 由市统计局牵头",
        "<b>1</b> 个问题等您决定",
    ):
        assert said in text


def test_dates_are_written_as_people_say_them() -> None:
    made, document = small()
    doubt = Doubt("x", "文件没有写起止年份。", "2023-01-01至2024-12-31。")
    text = page_of(made._replace(doubts=(doubt,)), document)
    assert "2023年1月1日至2024年12月31日。" in text


def test_a_question_has_its_proposal_and_leads_to_row_and_place() -> None:
    text = page_of(*small())
    question = text[text.index('<li id="Q1"') : text.index("</li>", text.index('<li id="Q1"'))]
    for said in ("省市场监管局", 'href="#r1"', 'href="#L2"', "建议"):
        assert said in question


def test_units_are_found_where_a_row_has_several_lists() -> None:
    made, _ = small()
    text = "市民政局 | 市财政局"
    whole = row("1", "建设示范食堂", 1, text, *(unit_in(text, name) for name in text.split(" | ")))
    page = page_of(made._replace(rows=(whole,)), document_of("1\t建设示范食堂\t市民政局\t市财政局"))
    assert "<i>责</i>市财政局</a>" in page
    assert "<i>责</i>市民政局</a>" in page


def test_a_name_broken_over_two_lines_is_marked_on_both() -> None:
    made, _ = small()
    whole = row(
        "1",
        "甲",
        1,
        "市人力资源\n社会保障局",
        unit_in("市人力资源\n社会保障局", "市人力资源\n社会保障局"),
    )
    page = page_of(made._replace(rows=(whole,)), document_of("甲 市人力资源\n社会保障局"))
    assert "市人力资源</a>" in page
    assert '<a class="unit responsible" href="#r1u1">社会保障局</a>' in page


def test_persons_are_masked() -> None:
    made, _ = small()
    page = page_of(made, document_of(TEXT + "\n联系人：张三，联系电话：0000-12345678"))
    assert "张三" not in page
    assert "12345678" not in page


HOSTILE = st.text(alphabet="<>&\"'{}%#甲局、\n\t\ud800 script/=")


@settings(max_examples=40, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_whatever_a_document_says_is_only_text(title: str, name: str, line: str) -> None:
    made, _ = small()
    unit = unit_in(line, name, name + "局", How.ALIAS, is_doubtful=True)
    whole = row("1", title, 1, line, unit)
    doubt = Doubt("x", title + name, line, Place(99), "1")
    hostile = made._replace(rows=(whole,), doubts=(doubt,), head=HEAD._replace(title=title))
    page = Page(page_of(hostile, document_of(line + title)))
    assert page.open == []
    assert "script" not in page.tags
    assert {link.removeprefix("#") for link in page.links} <= {*page.ids, "L99"}


def test_in_a_browser_the_pages_have_no_faults_and_fit_a_telephone(tmp_path: Path) -> None:
    pages = {plan: page_of(*shipped(plan)) for plan in ("sichuan-2022",)}
    pages["small"] = page_of(*small())
    open_to_axe = {
        name: re.sub(r"<meta http-equiv[^>]*>", "", text) for name, text in pages.items()
    }
    for name, found in look_at(tmp_path, open_to_axe).items():
        assert found.severe == [], name
        assert found.overflow <= 0, name
        assert found.small == [], name
