"""The summary as a paper of the office, from 中山's plan and 30 units that wrote."""

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from duban.cli.output import print_json
from duban.reports.document import Block, Paragraph, Part, Table
from duban.reports.summary import summary_paper
from duban.reports.summary_json import summary_json
from duban.service.collation import summary_of
from models.collation import Summary
from tests import reporting


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Summary]:
    with reporting.zhongshan(tmp_path_factory.mktemp("zhongshan")) as workplace:
        reporting.write_everything(workplace)
        yield summary_of(workplace, reporting.FINAL, date(2024, 10, 15))


@pytest.fixture(scope="module")
def paper(summary: Summary) -> list[Block]:
    return summary_paper(summary)


def _texts(paper: list[Block], part: Part) -> list[str]:
    return [one.text for one in paper if isinstance(one, Paragraph) and one.part is part]


def _under(paper: list[Block], heading: str) -> list[Block]:
    """What stands below a heading, up to the next one of whatever level."""
    parts = (Part.CHAPTER, Part.SECTION)
    places = [
        place for place, one in enumerate(paper) if isinstance(one, Paragraph) and one.part in parts
    ]
    for begins, ends in pairwise([*places, len(paper)]):
        first = paper[begins]
        assert isinstance(first, Paragraph)
        if first.text.startswith(heading):
            return paper[begins + 1 : ends]
    raise AssertionError(heading)


def _words(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def _table(blocks: list[Block]) -> Table:
    return next(block for block in blocks if isinstance(block, Table))


def test_it_begins_and_ends_like_a_report_of_the_office(paper: list[Block]) -> None:
    assert _texts(paper, Part.TITLE) == ["市残联关于推动落实《行动方案》终期工作总结的报告"]
    assert _texts(paper, Part.RECEIVER) == ["中山市人民政府办公室："]
    assert _texts(paper, Part.CHAPTER) == [
        "一、总体情况", "二、逐项进展", "三、未报送情况", "四、各单位其他情况",
    ]  # fmt: skip
    assert _texts(paper, Part.SIGNATURE) == ["市残联", "2024年10月15日"]
    assert "（中府办函〔2023〕19号，2023年3月7日印发）" in _texts(paper, Part.TEXT)[0]


def test_the_counts_say_who_owes_and_who_has_reported(paper: list[Block]) -> None:
    words = _words(_under(paper, "一、总体情况"))
    assert words[0] == (
        "报送期限为2024年10月20日，本次汇总2023年12月16日至2024年10月15日的进展。"
        "应报46家，已报27家（其中零报告5家），未报19家。"
    )
    assert words[1] == "任务共15项，有报送内容的10项，尚无报送内容的5项。"
    assert words[2].startswith("零报告单位：市委编办〔市委编办，2024-10-09 邮件，第")


def test_the_rows_stand_in_the_annexs_order_under_its_numbers(paper: list[Block]) -> None:
    rows = [text for text in _texts(paper, Part.SECTION) if "．" in text]
    assert [text.partition("．")[0] for text in rows] == [str(number) for number in range(1, 16)]
    assert rows[9] == "10．实施“美丽工坊”残疾妇女就业增收服务行动"


def test_each_passage_names_its_source_by_unit_day_way_and_number(paper: list[Block]) -> None:
    responsible, *passages = _words(_under(paper, "13．"))
    assert responsible.startswith("责任单位：市残联、")
    assert len(passages) == 12
    source = re.compile(r".+〔[^，]+，2024-\d\d-\d\d (邮件|页面|登记)，第\d+号〕")
    assert all(source.fullmatch(text) for text in passages)
    assert re.search(r"〔石岐街道，2024-10-08 页面，第\d+号〕$", passages[1])


def test_a_text_of_several_paragraphs_stays_so_and_names_its_source_once(
    paper: list[Block],
) -> None:
    _, first, second = _words(_under(paper, "5．"))
    assert first == "2024届残疾人高校毕业生37人全部纳入帮扶，逐人落实“一对一”指导。"
    assert second.startswith("未就业的4人已转入就业见习。〔市教育体育局，2024-10-12 邮件，第")


def test_targets_stand_beside_what_was_reported_and_silence_is_said(paper: list[Block]) -> None:
    reported = [row[2] for row in _table(_under(paper, "5．")).rows]
    assert reported == ["市教育体育局 100%", "市教育体育局 100%", "未报", "市教育体育局 约九成"]
    assert _table(_under(paper, "10．")).rows[1][2] == "市妇联 18名"


def test_a_row_of_which_nobody_wrote_says_so(paper: list[Block]) -> None:
    assert _words(_under(paper, "8．"))[1:] == ["本项尚无单位报送内容。"]


def test_what_was_sent_back_is_not_in_it_and_what_came_again_is(paper: list[Block]) -> None:
    everything = "\n".join(_words(paper))
    assert "草稿，数字有误" not in everything
    assert "“美丽工坊”已开工" not in everything
    assert "建成“美丽工坊”2个" in everything
    assert "上半年登记失业残疾人数仍在核对" not in everything, "a later passage replaced it"
    assert "上一报告期的话" not in everything, "it was said before the span"


def test_those_who_are_missing_are_named_with_where_they_stand(paper: list[Block]) -> None:
    [words] = _words(_under(paper, "（一）未报送单位（19家）"))
    assert words.count("、") == 18
    assert "市民政局（已退回，未重报）" in words
    assert "市乡村振兴局（现市农业农村局）" in words
    assert "市卫生健康局（只反馈了进展，未报总结）" in words


def test_gaps_are_listed_row_by_row_and_whole_groups_by_their_name(paper: list[Block]) -> None:
    rows = {row[0]: row[1:] for row in _table(_under(paper, "（二）逐项缺项")).rows}
    assert list(rows) == [str(number) for number in range(1, 16)]
    assert rows["4"] == ("23家", "20家", "各镇街（已报送的11家）")
    assert rows["13"] == ("26家", "11家", "市人力资源社会保障局、市财政局")


def test_many_that_are_missing_in_several_rows_are_named_once(summary: Summary) -> None:
    silent = tuple(unit for unit in summary.reported if unit not in summary.rows[0].lead)[:4]
    rows = tuple(row._replace(silent=silent) for row in summary.rows[:3])
    paper = summary_paper(summary._replace(rows=rows, missing=(), nil=(), groups=()))
    cells = [row[3] for row in _table(_under(paper, "逐项缺项")).rows]
    assert cells == [f"4家：{'、'.join(silent)}", "4家，同序号1", "4家，同序号1"]


def test_a_completion_without_a_word_says_so(summary: Summary) -> None:
    bare = summary.rows[0].contributions[0]._replace(text="", figures=(), is_bare=True)
    row = summary.rows[0]._replace(contributions=(bare,))
    paper = summary_paper(summary._replace(rows=(row,), bare=(bare,)))
    words = _words(_under(paper, "一、总体情况"))
    assert words[1] == "任务共1项，有报送内容的0项，尚无报送内容的1项。"
    assert any(text.startswith(f"报办结、未附文字的单位：{bare.origin.unit}〔") for text in words)
    assert any("已报办结，未附文字。〔" in text for text in _texts(paper, Part.TEXT))


def test_words_of_no_row_come_last(paper: list[Block]) -> None:
    words = _words(_under(paper, "四、"))
    assert words[0].startswith("建议市财政局明年继续安排专项经费。〔市人力资源社会保障局，")


def test_the_office_is_told_what_to_check_before_it_sends(paper: list[Block]) -> None:
    remarks = _texts(paper, Part.REMARK)
    assert remarks[0] == "附注（送出前请核对并删去）："
    assert "主送暂列印发机关中山市人民政府办公室，请核定" in remarks[-1]


def test_markup_that_a_unit_wrote_is_only_text(paper: list[Block]) -> None:
    words = _words(_under(paper, "3．"))
    assert any("提供岗位 <b>420</b> 个 | 1. *加急*〔市工商联，" in text for text in words)


def test_when_all_have_reported_nothing_is_missing(summary: Summary) -> None:
    rows = tuple(row._replace(silent=()) for row in summary.rows)
    full = summary._replace(missing=(), rows=rows, general=())
    paper = summary_paper(full)
    assert _words(_under(paper, "三、"))[0] == "应报单位均已报送。"
    assert "四、各单位其他情况" not in _texts(paper, Part.CHAPTER)


def test_numbers_that_can_be_added_are_added_and_still_listed(summary: Summary) -> None:
    tenth = next(row for row in summary.rows if row.number == "10")
    origin, _ = tenth.measured[1].values[0]
    both = tenth.measured[1]._replace(values=((origin, "18"), (origin, "2")), total=20)
    paper = summary_paper(summary._replace(rows=(tenth._replace(measured=(both,)),)))
    assert _table(_under(paper, "10．")).rows[0][2] == "合计20名（市妇联 18名；市妇联 2名）"


def test_a_plan_in_sections_keeps_them(summary: Summary) -> None:
    first, second = summary.rows[:2]
    paper = summary_paper(
        summary._replace(
            rows=(
                first._replace(section="主要措施", number="2.1"),
                second._replace(section="重点任务清单", lead=("市残联",)),
            )
        )
    )
    assert _texts(paper, Part.SECTION)[:2] == ["（一）主要措施", "（二）重点任务清单"]
    assert _texts(paper, Part.SUBSECTION)[0].startswith("2.1　实施机关")
    assert any(text.startswith("牵头单位：市残联。责任单位：") for text in _words(paper))


def test_programs_get_everything_with_what_was_replaced(
    summary: Summary, capsys: pytest.CaptureFixture[str]
) -> None:
    print_json(summary_json(summary))
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"owed": 46, "reported": 27, "nil": 5, "missing": 19}
    sixth = told["rows"][5]
    [passage] = sixth["passages"]
    assert (passage["unit"], passage["via"], passage["completed"]) == (
        "市人力资源社会保障局", "mail", True,
    )  # fmt: skip
    assert [before["text"] for before in passage["earlier"]] == ["上半年登记失业残疾人数仍在核对。"]
    assert sixth["targets"][0]["reported"][0]["value"] == "100"
    assert (told["from"], told["as_of"]) == ("2023-12-16", "2024-10-15")
