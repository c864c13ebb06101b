import pytest

from duban.importer.shapes.headings import Column, column_of, labels_in

HEADINGS = {
    Column.NUMBER: "序号 编号 项次 任务序号",
    Column.SECTION: "任务类别 重点领域 类别 板块",
    Column.TASK: "主要任务 工作任务 重点任务 任务内容摘要事项 目标任务 工作事项 项目名称 内容",
    Column.MEASURE: "工作举措 具体措施 指标任务 工作要求 建设内容 任务分解 工作内容",
    Column.LEAD: "牵头单位 牵头部门 主办单位 牵头 牵头责任单位 主责部门 主办司局 牵头县区 "
    "市级牵头部门 主要责任单位",
    Column.RESPONSIBLE: "责任单位 责任部门 牵头及责任单位 牵头（责任）单位 落实单位 责任主体 "
    "责任县市 责任县（市、区） 责任镇街 责任科室 责任股室 "
    "承办处室 责任部门（单位） 州级责任单位 实施园区 责任单位及时限",
    Column.SUPPORTING: "配合单位 协办单位 参与部门 配合 协助单位 协办司局（单位） "
    "配合镇街 参与盟市 支持企业",
    Column.DUE: "完成时限 时间进度 完成时间 进度安排 时间节点",
    Column.FUNDING: "资金支出渠道 资金来源 经费渠道",
    Column.FIGURES: "考核指标 工作目标 目标值 预期成效",
    Column.NOTE: "建设地点 备注 政策依据 任务来源",
    Column.ASIDE: "责任领导 牵头领导 责任人 联系人 联系电话 完成情况 "
    "验收单位 指导单位 省级对口部门 上级指导处室 督办部门 存在问题",
}


@pytest.mark.parametrize(
    ("heading", "column"),
    [(heading, column) for column, words in HEADINGS.items() for heading in words.split()],
)
def test_column_of(heading: str, column: Column) -> None:
    assert column_of(heading) is column


def test_blanks_and_line_ends_in_a_heading_do_not_count() -> None:
    assert column_of("责 任\n单 位") is Column.RESPONSIBLE


@pytest.mark.parametrize("text", ["", "市教育局牵头，各县区落实。", "2024年底", "很长" * 20])
def test_no_heading(text: str) -> None:
    assert column_of(text) is None


def test_labels_reach_up_to_the_next() -> None:
    text = "抓好落实。牵头单位：市教育局，配合单位：市财政局；完成时限：2024年底"
    found = [(each.column, text[each.words : each.end]) for each in labels_in(text)]
    assert found == [
        (Column.LEAD, "市教育局，"),
        (Column.SUPPORTING, "市财政局；"),
        (Column.DUE, "2024年底"),
    ]


def test_labels_need_a_colon_and_a_beginning() -> None:
    assert labels_in("各责任单位要落实牵头单位的要求") == []


def test_a_label_in_brackets_needs_no_colon() -> None:
    text = "【牵头单位】市教育局【完成时限】2024年底"
    found = [(each.column, text[each.words : each.end]) for each in labels_in(text)]
    assert found == [(Column.LEAD, "市教育局"), (Column.DUE, "2024年底")]
