"""What the columns of a table and the labels of a paragraph are, whatever they are called."""

import re
from enum import StrEnum
from typing import NamedTuple

from duban.importer.plain import CLOSE, OPEN
from duban.importer.units.lists import is_list
from duban.importer.units.phrases import (
    BODY,
    LEAD_LABEL,
    NO_PART_LABEL,
    RESPONSIBLE_LABEL,
    ROLE_LABEL,
    SUPPORTING_LABEL,
)
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

_NO_PART = rf".*{NO_PART_LABEL}"
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
        r".*(?:完成情况|落实情况|进展(?:情况)?|目前进度|工作进度情况|推进情况|(?:存在|突出|主要|反馈|具体)的?问题(?:描述|表现)?|问题(?:描述|表现|内容)?|"
        r"是否|得分|分值)",
    ),
    (Column.ASIDE, _NO_PART),
    (
        Column.FIGURES,
        r".*(?:[一二三四1-4]季度|上半年|下半年|全年|年度|月度|阶段)(?:性)?(?:目标|进度|任务)",
    ),
    (Column.FUNDING, r".*(?:资金|经费|支出渠道|预算|投入渠道).*"),
    (Column.NOTE, r".*(?:地点|地址|位置|范围|区域)"),
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
    (Column.RESPONSIBLE, rf".*{ROLE_LABEL}[及和与、/（(](?:完成|工作)?(?:时限|时间|期限|进度).*"),
    (
        Column.SUPPORTING,
        rf".*(?:{SUPPORTING_LABEL}|配合|协办|协助|参与|协同|参加|支持|联合(?:{BODY})?)",
    ),
    (Column.LEAD, rf".*(?:{LEAD_LABEL}|牵头|主办|主责|主要责任|第一责任)"),
    (
        Column.DUE,
        r".*(?:时限|时间|时间进度|进度安排|节点|期限|日期|完成时|工作进度|进度要求|进度)(?:要求|安排)?",
    ),
    (
        Column.RESPONSIBLE,
        rf".*(?:{RESPONSIBLE_LABEL}|单位|部门|主体|机构|司局|[处科股]室|(?:执行|责任)方|分工)",
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
    rf"{ROLE_LABEL}|{NO_PART_LABEL}|"
    r"(?:完成|实施)(?:时限|时间|期限)|时间(?:进度|安排|节点|要求)|工作时限|时限(?:要求)?|进度安排|"
    r"资金(?:支出)?(?:渠道|来源|保障)|经费(?:来源|渠道)|考核指标|工作指标"
)
_PERSON_WORDS = (
    r"(?:牵头|责任|分管|包联|包保|主管|挂联|包抓|联系)(?:负责|责任)?领导|"
    r"责任人|联系人|负责人|联络员"
)
_LABEL = re.compile(
    rf"(?:(?:^|(?<=[。；;，,、！\s{re.escape(OPEN + CLOSE)}]))"
    rf"({_LABEL_WORDS}|{_PERSON_WORDS})\s*[:：]"
    rf"|[【〖\[［]({_LABEL_WORDS}|{_PERSON_WORDS})[】〗\]］]\s*[:：]?)\s*"
)
_OTHER_LABEL = re.compile(r"(?!各)([\u4e00-\u9fff]{2,8}(?:单位|部门|机构))\s*[:：]\s*(?P<units>.+)")


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


def is_left_out(heading: str) -> bool:
    """Whether a column of this heading names units that have no part in the rows: 验收单位."""
    return column_of(heading) is Column.ASIDE and bool(re.search(_NO_PART, heading))


def part_of(column: Column) -> Part | None:
    """What units of this column or label are in the row, if it holds units."""
    parts = {Column.LEAD: Part.LEAD, Column.SUPPORTING: Part.SUPPORTING}
    return parts.get(column, Part.RESPONSIBLE if column is Column.RESPONSIBLE else None)


def labels_in(text: str) -> list[Label]:
    """The labels of a paragraph in their order; each reaches up to the next, or to the end."""
    found = [(match, column_of(match[1] or match[2])) for match in _LABEL.finditer(text)]
    known = [(match, column) for match, column in found if column]
    ends = [*(match.start() for match, _ in known), len(text)]
    return [
        Label(column, match.start(), match.end(), end)
        for (match, column), end in zip(known, ends[1:], strict=True)
    ]


def left_out(text: str) -> list[str]:
    """The labels of a paragraph before units that have no part in a row: 督导单位, 帮扶单位."""
    named = [found[1] or found[2] for found in _LABEL.finditer(text)]
    found = _OTHER_LABEL.fullmatch(text.strip().rstrip("。；;"))
    others = [found[1]] if found and not named and is_list(found["units"]) else []
    return [label for label in named if is_left_out(label)] + others
