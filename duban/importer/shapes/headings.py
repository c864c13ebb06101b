"""What the columns of a table and the labels of a paragraph are, whatever they are called."""

import re
from enum import StrEnum
from typing import NamedTuple

from models.draft import Part


class Column(StrEnum):
    """What a column of a task table holds."""

    NUMBER = "number"
    SECTION = "section"
    TASK = "task"
    MEASURE = "measure"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORTING = "supporting"
    DUE = "due"
    FUNDING = "funding"
    FIGURES = "figures"
    NOTE = "note"
    ASIDE = "aside"


UNITS = {Column.LEAD, Column.RESPONSIBLE, Column.SUPPORTING}
TEXTS = {Column.TASK, Column.MEASURE}
LONGEST_HEADING = 24

# The first that fits holds: 配合单位 before 单位, 牵头及责任单位 before 牵头单位.
_VOCABULARY = (
    (
        Column.NUMBER,
        r"(?:序号?|编号|项次|号|任务(?:序号|编号)|项目(?:序号|编号)|条目|no\.?|№)",
    ),
    (
        Column.ASIDE,
        r".*(?:领导|责任人|联系人|联络员|负责人|经办人|姓名|电话|手机|邮箱|职务|签字)",
    ),
    (
        Column.ASIDE,
        r".*(?:完成情况|落实情况|进展(?:情况)?|目前进度|工作进度情况|推进情况|存在问题|"
        r"是否|得分|分值)",
    ),
    (
        Column.FIGURES,
        r".*(?:[一二三四1-4]季度|上半年|下半年|全年|年度|月度|阶段)(?:性)?(?:目标|进度|任务)",
    ),
    (Column.FUNDING, r".*(?:资金|经费|支出渠道|预算|投入渠道).*"),
    (
        Column.NOTE,
        r".*(?:备注|说明|文件依据|政策依据|任务来源|依据|出处|来源文件|来源)",
    ),
    (
        Column.RESPONSIBLE,
        r".*(?:牵头|主办|主责)(?:单位|部门)?[(（及和、/或与].*(?:责任|配合|协办|参与|"
        r"协助|落实).*",
    ),
    (Column.RESPONSIBLE, r".*责任[(（]牵头[)）].*"),
    (
        Column.SUPPORTING,
        r".*(?:配合|协办|协助|参与|协同|参加|支持|联合)(?:责任)?(?:单位|部门|科室|处室|"
        r"方)?",
    ),
    (
        Column.LEAD,
        r".*(?:牵头|主办|主责|主要责任|第一责任)(?:责任)?(?:单位|部门|科室|处室|"
        r"市级单位|方)?",
    ),
    (
        Column.DUE,
        r".*(?:时限|时间|时间进度|进度安排|节点|期限|日期|完成时|工作进度|进度要求|进度)(?:要求|安排)?",
    ),
    (
        Column.RESPONSIBLE,
        r".*(?:责任|承办|落实|实施|主管|承担|负责|执行|成员|分工|市级|市直|县直|省直|"
        r"相关|报送)?(?:单位|部门|主体|机构|责任分工|责任部门单位|处室|科室|责任方|分工)",
    ),
    (Column.MEASURE, r".*(?:指标任务|任务要求|目标要求|工作目标及措施|目标及举措)"),
    (
        Column.FIGURES,
        r".*(?:指标|目标值|绩效|考核|量化|预期成效|预期目标|工作目标|年度目标|成效|"
        r"标志性成果)(?:要求|内容|标准)?",
    ),
    (
        Column.SECTION,
        r".*(?:类别|类型|领域|板块|方面|分类|大类|专题|类|任务类)|一级(?:任务|目录)|部分",
    ),
    (
        Column.MEASURE,
        r".*(?:举措|措施|要求|做法|任务分解|分解任务|建设内容(?:[及和]规模)?|建设规模|主要建设内容|任务内容|工作内容|"
        r"主要内容|具体内容|具体工作|具体任务|工作细项|细化|二级任务|三级任务|子任务|"
        r"分项任务|任务描述)",
    ),
    (
        Column.TASK,
        r".*(?:任务|内容|事项|项目|工作|要点|目标|名称|行动|工程|任务名称|清单)",
    ),
)
_COMPILED = [(column, re.compile(pattern, re.IGNORECASE)) for column, pattern in _VOCABULARY]
_UNIT = re.compile(r"[(（](?:单位|万元|亿元|可?多选)[^)）]*[)）]$")

_LABEL_WORDS = (
    r"(?:总)?牵头(?:责任)?(?:单位|部门)|主办(?:单位|部门)|主要责任(?:单位|部门)|责任(?:单位|部门|主体)|"
    r"承办(?:单位|部门)|落实(?:单位|部门)|实施(?:单位|主体|部门)|负责(?:单位|部门)|承担单位|"
    r"(?:配合|协同|协办|协助|协作|参与|参加|会办|支持)(?:责任)?(?:单位|部门)|"
    r"完成(?:时限|时间|期限)|时间(?:进度|安排|节点|要求)|工作时限|时限(?:要求)?|进度安排|"
    r"资金(?:支出)?(?:渠道|来源|保障)|经费(?:来源|渠道)|考核指标|工作指标"
)
_PERSON_WORDS = (
    r"(?:牵头|责任|分管|包联|包保|主管|挂联|包抓|联系)(?:负责|责任)?领导|"
    r"责任人|联系人|负责人|联络员"
)
_LABEL = re.compile(
    rf"(?:^|(?<=[。；;，,、！\s（(〔【\[）)〕】\]]))[【\[]?({_LABEL_WORDS}|{_PERSON_WORDS})[】\]]?\s*[:：]\s*"
)


class Label(NamedTuple):
    """A label such as 责任单位： in running text, and the words up to the next one."""

    column: Column
    begin: int
    words: int
    end: int


def column_of(heading: str) -> Column | None:
    """What a column of this heading holds, or None where the vocabulary does not have it."""
    plain = re.sub(r"[\s*]", "", heading)
    plain = _UNIT.sub("", plain) or plain
    if not plain or len(plain) > LONGEST_HEADING or re.search(r"[。；;]", plain):
        return None
    short = re.sub(r"(?<=.)[(（][^()（）]*[)）]$", "", plain)
    for text in dict.fromkeys((plain, short)):
        for column, pattern in _COMPILED:
            if pattern.fullmatch(text):
                return column
    return None


def part_of(column: Column) -> Part | None:
    """What units of this column or label are in the row, if it holds units."""
    parts = {Column.LEAD: Part.LEAD, Column.SUPPORTING: Part.SUPPORTING}
    return parts.get(column, Part.RESPONSIBLE if column is Column.RESPONSIBLE else None)


def labels_in(text: str) -> list[Label]:
    """The labels of a paragraph in their order; each reaches up to the next, or to the end."""
    found = [(match, column_of(match[1])) for match in _LABEL.finditer(text)]
    known = [(match, column) for match, column in found if column]
    ends = [*(match.start() for match, _ in known), len(text)]
    return [
        Label(column, match.start(), match.end(), end)
        for (match, column), end in zip(known, ends[1:], strict=True)
    ]
