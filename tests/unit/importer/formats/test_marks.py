"""Where a line that begins with a number or a label begins a paragraph, and where it goes on."""

import pytest

from duban.importer.formats.marks import FIRST_TOKEN, begins_anew


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["落实惠企政策；", "3.优化服务"], "the line before has ended"),
        (["责任单位：市商务局、市生态环境局东湖分局", "（七）培育产业"], "units have no number"),
        (["牵头单位：市民政局", "配合单位：市财政局"], "one label follows another"),
        (["责任单位：市教育局、各区", "完成时限：2025年6月底前"], "a time follows the units"),
        (["（六）培育产业", "引进项目", "（七）改善服务"], "the next of its series"),
        (["三、改善民生", "10.扩大就业", "促进创业", "11.加强养老"], "the next, in digits"),
        (["二、聚焦产业升级", "（一）培育产业"], "the first below its heading"),
    ],
)
def test_a_line_begins_a_paragraph(lines: list[str], why: str) -> None:
    begin = max(len(lines) - 3, 0) if lines[-1].startswith(("（七）改", "11")) else 0
    assert begins_anew(lines, len(lines) - 1, begin), why


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["责任单位：市商务局、市生态环境局", "东湖分局"], "no mark at all"),
        (["1.新建高标准农田", "1.5万亩"], "a decimal"),
        (["（一）重点抓好", "3.建立台账"], "not the next of its series"),
        (["各区要切实抓好", "1.建立台账，2.逐项销号"], "a list within a sentence"),
        (["（六）培育产业，落实实施方案第", "（七）项任务"], "a number that is quoted"),
        (["（六）培育产业，落实第（五）、", "（七）项任务"], "the next of a list of numbers"),
        (["责任单位：有关单位（见附件", "1、2）"], "inside a bracket"),
        (["责任单位：市商务局，联系", "电话：另行通知"], "a label of nothing that is assigned"),
        (["推进项目建设，其中包括", "重点工程：示例大桥"], "a label within a sentence"),
    ],
)
def test_a_line_goes_on(lines: list[str], why: str) -> None:
    assert not begins_anew(lines, len(lines) - 1, 0), why


@pytest.mark.parametrize(
    ("line", "token"),
    [
        ("帽、300个村", "帽、300"),
        ("设“果薯”基地", "设“果"),
        ("乡”行动", "乡”行"),
        ("（2025年）", "（2025"),
        ("推进建设", "推"),
        ("亩。另", "亩。"),
    ],
)
def test_what_programs_do_not_part_at_the_beginning_of_a_line(line: str, token: str) -> None:
    found = FIRST_TOKEN.match(line)
    assert found
    assert found[0] == token
