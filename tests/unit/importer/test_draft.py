"""What the cells beside a task become in the draft."""

from duban.importer.draft import draft
from duban.importer.formats.text import read_text

TABLE = """某县2025年重点任务分解表
序号	工作任务	责任单位	备注
1	推进甲项目建设	县发改局	2025年6月底前完成
2	抓好乙事项	县教育局	省定任务
3	抓好丙事项	县民政局	无
"""


def test_a_remark_that_names_a_day_is_the_time_limit_where_no_column_is_for_it() -> None:
    made = draft(read_text(TABLE.encode()))
    assert [(duty.duties, duty.text) for duty in made.dated] == [(("1",), "2025年6月底前完成")]


def test_a_remark_stays_with_its_row() -> None:
    made = draft(read_text(TABLE.encode()))
    assert [row.note for row in made.rows] == ["2025年6月底前完成", "省定任务", "无"]
