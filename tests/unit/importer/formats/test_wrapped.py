"""Plain text broken into lines of one width: paragraphs are put together, lists are not."""

import textwrap

import pytest

from duban.importer.formats.text import read_text
from models.document import Block, Paragraph

PARAGRAPHS = (
    "示例市2026年重点工作任务分解方案",
    "为贯彻落实市委、市政府工作部署，确保2026年度各项重点工作任务全面完成，现结合实际制定如下分解方案，"
    "请各责任单位认真抓好落实，并于每季度末月25日前报送进展情况。",
    "一、优化政务服务。推行“一网通办”，梳理本部门事项清单，压缩办理时限，年底前网上可办率达到95%以上，"
    "对群众反映集中的问题建立台账并逐项销号。（市政务服务局牵头，市大数据局、市市场监管局、市税务局配合）",
    "二、加强安全生产监管。开展重点行业领域排查整治，对发现的隐患实行清单化管理，逐一明确整改措施、"
    "责任人和完成时限，坚决防范遏制重特大事故。（市应急管理局）",
    "三、完善养老服务体系。",
)


def _text(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return block.text


@pytest.mark.parametrize("width", [28, 35, 40])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_paragraphs_broken_at_a_width_are_whole_again(
    width: int, between: str, indent: str
) -> None:
    broken = between.join(
        "\n".join(textwrap.wrap(indent + text, width, drop_whitespace=False)) for text in PARAGRAPHS
    )
    assert [_text(block) for block in read_text(broken.encode()).blocks] == list(PARAGRAPHS)


def test_a_list_of_lines_stays_one_of_lines() -> None:
    lines = [
        f"{at}.推进第{at}项重点工作，由市发展改革委牵头，市财政局、市教育局配合"
        for at in range(1, 9)
    ]
    assert read_text("\n".join(lines).encode()).lines == tuple(lines)
    assert len(read_text("\n".join(lines).encode()).blocks) == len(lines)


def test_a_table_with_tabs_may_have_blank_lines_between_its_rows() -> None:
    (table,) = read_text("序号\t任务\t单位\n\n1\t甲\t乙\n\n2\t丙\t丁\n".encode()).blocks
    assert [row[0].place.line for row in table.rows] == [1, 3, 5]  # type: ignore[union-attr]


@pytest.mark.parametrize("mark", ["— 1 —", "- 1 -", "－1－", "第1页 共3页", "第 1 页"])
@pytest.mark.parametrize("width", [None, 28, 40])
def test_the_mark_of_a_page_does_not_part_a_name(mark: str, width: int | None) -> None:
    lines = [part for text in PARAGRAPHS for part in textwrap.wrap(text, width or 1000)]
    at = next(one for one, line in enumerate(lines) if "务局" in line and "、" in line)
    if width is None:
        cut = lines[at].index("市税") + 2
        lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
    lines[at + 1 : at + 1] = ["", mark, ""]
    document = read_text("\n".join(lines).encode())
    assert [_text(block) for block in document.blocks] == list(PARAGRAPHS)
    assert document.lines[document.blocks[-1].place.line - 1] == PARAGRAPHS[-1]


def test_the_mark_of_a_page_parts_what_a_page_parts() -> None:
    text = "一、优化政务服务\n\n— 1 —\n\n市政务服务局负责。\n\n- 2 -\n"
    text += "（一）压缩时限（\n- 3 -\n　　二、加强监管"
    assert [_text(block) for block in read_text(text.encode()).blocks] == [
        "一、优化政务服务",
        "市政务服务局负责。",
        "（一）压缩时限（",
        "二、加强监管",
    ]


def test_a_full_line_of_units_does_not_take_in_the_next_task() -> None:
    units = "责任单位：市商务局、市发展改革委、市生态环境局东湖分局、市自然资源局"
    tasks = [text for number in "一二三四五六" for text in (f"（{number}）推进产业", units)]
    assert [_text(block) for block in read_text("\n".join(tasks).encode()).blocks] == tasks
