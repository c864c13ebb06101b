"""Headings under which nobody is made to answer for anything: background and safeguards."""

import re

from duban.importer.shapes.measures import Measure

_SECTION_LEVEL = 1
_KIND = (
    r"(?:总体|主要|工作|基本|具体|发展|年度|阶段|预期|行动|建设|当前|重大|指导)*"
    r"(?:目标|指标|要求|思路|思想|原则|方针|定位|背景|意义|形势|现状|情况|概况|依据|范围|对象|时间){1,2}(?:任务)?"
)
_BACKGROUND = re.compile(rf"{_KIND}(?:[和与及、]{_KIND})*")
_OF_SECTION = re.compile(
    r"总体(?:要求|思路|目标)|指导思想|基本原则|(?:重要|重大|深远)意义|认识|背景|形势|现状"
    r"|(?:工作|主要|发展|总体|行动)目标|目标(?:任务|要求)?$"
)
_DEMANDS = re.compile(r"(?:工作|有关|相关|几点|具体|落实|纪律|实施)要求")
_SAFEGUARD = re.compile(
    r"(?:加强|强化)?(?:组织|工作|实施|[和与及、])*保障|[\u4e00-\u9fff]{0,6}保障(?:措施|机制|体系)"
    r"|(?:推进|落实|支持)?措施"
    r"|(?:加强|强化|抓好|精心|切实|做好)?组织(?:领导|实施|推进|落实|推动|保障)"
    r"|(?:实施|工作|方法|推进|整治)?(?:步骤|阶段|安排)(?:及时间)?|(?:时间|进度|阶段)(?:安排|步骤|进度)"
    r"|(?:组织|领导|工作)(?:机构|机制|体系)|(?:部门|职责|任务|责任)分工|附则|其他(?:事项)?"
)
_IN_SECTION = re.compile(
    r"保障措施|组织(?:领导|实施|保障|推进|落实)|要求$|监督(?:检查|考核|管理)?$|督(?:查|导|办)|考核|检查"
    r"|实施保障|工作保障|宣传|责任(?:落实|追究)|落实责任|氛围|统筹(?:协调|推进|实施)|协同(?:配合|联动)|步骤"
)


def is_background(measure: Measure, is_beside: bool) -> bool:
    """Whether an item is no measure but what comes before them: 总体要求, 基本原则, 工作目标.

    ``is_beside``: it stands among measures that have lists; then only its whole name tells.
    """
    phrase = _name(measure)
    if _DEMANDS.fullmatch(phrase):
        return False
    is_section = _is_section(measure, is_beside) and bool(_OF_SECTION.search(phrase))
    return is_section or bool(_BACKGROUND.fullmatch(phrase))


def is_safeguard(measure: Measure, is_beside: bool) -> bool:
    """Whether an item says how the work is organized: 保障措施, 工作要求, 加强组织领导."""
    phrase = _name(measure)
    if _SAFEGUARD.fullmatch(phrase) or _DEMANDS.fullmatch(phrase):
        return True
    return _is_section(measure, is_beside) and bool(_IN_SECTION.search(phrase))


def _is_section(measure: Measure, is_beside: bool) -> bool:
    level = measure.item.mark.level if measure.item.mark else 0
    return level <= _SECTION_LEVEL and not is_beside


def _name(measure: Measure) -> str:
    """The words before the first colon or comma of a heading."""
    return re.split(r"[：:，,]", measure.phrase, maxsplit=1)[0].replace(" ", "")
