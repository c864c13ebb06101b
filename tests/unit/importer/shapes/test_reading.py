"""Documents of every shape, each with the rows that it must give."""

from pathlib import Path
from typing import NamedTuple

import pytest

from duban.importer.formats.text import read_text
from duban.importer.shapes.found import Found
from duban.importer.shapes.reading import shape

CASES = sorted(Path(__file__).parent.glob("*_cases.txt"))


class Case(NamedTuple):
    sentence: str
    document: str
    rows: tuple[str, ...]


def cases() -> list[Case]:
    texts = "".join(path.read_text(encoding="utf-8") for path in CASES)
    found = []
    for part in texts.split("=== ")[1:]:
        heading, _, rest = part.partition("\n")
        document, _, rows = rest.partition("---\n")
        found.append(Case(heading, document, tuple(rows.strip().split("\n"))))
    return found


def shown(row: Found) -> str:
    lists = " ⏎ ".join(each.text for each in row.lists)
    parts = [row.number, row.title, row.section, lists]
    return " | ".join([*parts, row.due] if row.due else parts).strip()


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.sentence)
def test_rows(case: Case) -> None:
    found = shape(read_text(case.document.encode()))
    assert tuple(map(shown, found.rows)) == case.rows


def test_sections_that_say_how_the_work_is_organized_are_asked_about() -> None:
    document = """一、主要任务
（一）办好甲。（市教育局、市财政局）
（二）办好乙。（市民政局）
（三）给予补贴。
二、保障措施
（一）加强组织领导。
（二）强化督查。
"""
    found = shape(read_text(document.encode()))
    asked = [doubt.place.line for doubt in found.doubts if doubt.place]
    assert [row.number for row in found.rows] == ["1.1", "1.2", "1.3"]
    assert asked == [5]


@pytest.mark.parametrize(
    ("heading", "is_row"),
    [
        ("优化消费环境", True), ("强化要素保障", True), ("完成节能目标", True),
        ("工作目标", False), ("总体思路和主要目标", False), ("基本原则", False),
        ("保障措施", False), ("工作要求", False), ("组织实施", False),
    ],
)  # fmt: skip
def test_a_heading_among_measures_is_a_row_unless_it_is_none(heading: str, is_row: bool) -> None:
    measures = "一、任务\n（一）办好甲。（市教育局）\n（二）办好乙。（市民政局）\n"
    found = shape(read_text(f"{measures}（三）{heading}。说明情况。\n".encode()))
    assert ("1.3" in [row.number for row in found.rows]) is is_row


def test_one_measure_with_a_list_makes_no_rows_of_a_notice() -> None:
    notice = "一、提高认识。\n二、由市政府督查室负责督查。\n三、督查。由市政府督查室负责。\n"
    found = shape(read_text(notice.encode()))
    assert [row.number for row in found.rows] == ["3"]


def test_the_end_of_a_sentence_says_who_only_with_a_question() -> None:
    document = """一、任务
（一）办好甲。（市教育局）
（二）开展整治。全面排查，由市公安局牵头，市交通运输局配合。
（三）办好丙。（市民政局）
"""
    found = shape(read_text(document.encode()))
    row = found.rows[1]
    assert [each.text for each in row.lists] == ["由市公安局牵头，市交通运输局配合"]
    assert [each.code for each in row.doubts] == ["units-in-sentence"]


def test_a_sentence_of_the_notice_beside_a_table_is_no_row_but_asked_about() -> None:
    document = """二、加强调度。市政府督查室负责督促落实。
重点任务分工表
序号	任务	责任单位
1	建设公园	市园林局
"""
    found = shape(read_text(document.encode()))
    assert [row.number for row in found.rows] == ["1"]
    assert [doubt.code for doubt in found.doubts] == ["outside-tables"]


def test_a_document_whose_sentences_all_end_in_units_raises_no_question() -> None:
    measures = "一、任务\n1.办好甲，由市教育局负责落实。\n2.办好乙，由市民政局会同市财政局落实。\n"
    found = shape(read_text(measures.encode()))
    assert not found.doubts
    assert not any(row.doubts for row in found.rows)


def test_the_demands_of_a_notice_are_no_measures_though_one_names_an_office() -> None:
    notice = "一、提高认识。\n二、明确责任。要负总责。\n三、加强督查，由市政府督查室负责。\n"
    assert not shape(read_text(notice.encode())).rows


def test_blank_cells_of_units_are_asked_about_once_a_column() -> None:
    document = """任务分工表
序号	任务	责任单位	配合单位
1	清理河道	市水利局	市财政局
2	疏浚沟渠
3	管护岸线		市公安局
4	监测水质	市生态环境局
""".replace("疏浚沟渠\n", "疏浚沟渠\t\t\n").replace("环境局\n", "环境局\t\n")
    asked = [(each.message, each.suggestion) for each in shape(read_text(document.encode())).doubts]
    assert asked == [
        ("2、3的“责任单位”一栏空白，是否与上面相同（市水利局）？", "按与上面相同处理。"),
        ("4的“配合单位”一栏空白，是否与上面相同（市公安局）？", "按没有处理。"),
        ("2的“配合单位”一栏空白，是否与上面相同（市财政局）？", "按没有处理。"),
    ]


@pytest.mark.parametrize(
    ("document", "code", "words"),
    [
        (
            "任务表\n序号\t任务\t责任单位\t验收单位\n1\t建设公园\t市园林局\t市住建局\n",
            "column-left-out",
            "“验收单位”一栏没有列为责任单位。",
        ),
        (
            "任务表\n序号\t任务\t责任单位\t省级对口部门\n1\t建设公园\t市园林局\t省住建厅\n",
            "column-left-out",
            "“省级对口部门”一栏没有列为责任单位。",
        ),
        (
            "任务表\n序号\t任务\t责任单位\t帮扶力量\n1\t建设公园\t市园林局\t市住建局\n",
            "column-of-units",
            "“帮扶力量”一栏写的是单位，是否为责任单位？",
        ),
        (
            "一、任务\n（一）办好甲。\n责任单位：市教育局\n帮扶单位：市水利局\n",
            "column-left-out",
            "“帮扶单位”后面的单位没有列为责任单位。",
        ),
        (
            "一、任务\n（一）办好甲。\n责任单位：市教育局；指导单位：市水利局\n",
            "column-left-out",
            "“指导单位”后面的单位没有列为责任单位。",
        ),
    ],
)
def test_units_that_may_have_no_part_are_asked_about(document: str, code: str, words: str) -> None:
    found = shape(read_text(document.encode()))
    doubts = [*found.doubts, *(each for row in found.rows for each in row.doubts)]
    assert [(each.code, each.message) for each in doubts] == [(code, words)]


@pytest.mark.parametrize(
    "brackets", ["（）", "()", "〔〕", "【】", "[]", "［］", "﹝﹞", "〖〗", "｛｝"]
)
def test_a_list_in_brackets_of_any_kind_is_a_list(brackets: str) -> None:
    begin, end = brackets
    lists = [f"{begin}责任单位：市教育局、民政局{end}", f"{begin}市财政局牵头，市审计局配合{end}"]
    found = shape(read_text(f"一、任务\n1.办好甲事。{lists[0]}\n2.办好乙事。{lists[1]}\n".encode()))
    assert [row.lists[0].text.strip(brackets) for row in found.rows] == [
        each.strip(brackets) for each in lists
    ]
