"""Numbers that set no target: populations (1000人以上的企业), idioms (一人一策), rates of pay."""

import re

_TARGET_VERB = re.compile(
    r"(?:有|达到?|占比?|安排|培育|新增|建成|建设|新建|完成|实现|培训|引进|招引|打造|发展|"
    r"保持|提高|提升|创建|开展|组织|举办|吸纳|"
    r"支持|扶持|推出|开发|覆盖|实施|认定|扩大|增加|改造|至|到|为|在|于|过|保证|确保|力争|"
    r"约|近|少|低)"
    r"(?:到|至|为|在|了|有)?(?:少于|低于)?$"
)
_ATTRIBUTE = re.compile(
    r"(?:编制|(?:职工|员工|从业)?(?:人数|人员)|职工|员工|规模|年?满|年龄|面积|注册资本|"
    r"年?产值|年?收入|营收|投资额?|床位|销售额|容量|流量)"
    r"(?:在|达到?|为|超过?|突破|大于|不低于|不少于)?(?:□*)$"
)
_TAIL = re.compile(r"\s?□*(?:及|或)?(?P<bound>以上|以下|以内|左右)□*(?P<rest>.?)")
_AIMED = re.compile(r"^(?:□|对|凡|给|向|为|将|按|其中)+$")
_ONE_EACH = re.compile(r"[一1][一-龥]{1,2}[一1][一-龥]{1,2}")
_SET = re.compile(r"[一二两三四五六七八九十]+(?:个)?[“\"「]")
_NOT_COUNTED = re.compile(
    r"^(?:体化|站式|次性|网通|件事|系列|定|律|般|些|揽子|张网|张表|把手|条龙|视同仁|卡通|"
    r"码通|窗|大批|项重|项基础|种|方面)"
)
_ORDINAL = re.compile(
    r"(?:第|前|“|星|[A-Za-z]|方案|编号|文号|电话|热线|邮编|附件|序号|表|图|专栏)\s?$"
)
_AFTER_UNIT = re.compile(
    r"^(?:清单|方面|层面|工作法|责任|一体|协同|统筹|联动|并举|重点|关键|主体|代表|大代表|"
    r"员工作|性|负责|牵头|导向|参与|为本|民|社会)"
)
_SIZES = frozenset({"人", "名", "元", "亩", "平方米", "张", "吨", "户", "张床位", "年"})
_NO_COUNT = re.compile(
    r"^(?:方面|层面|维度|板块|领域|一批|(?:重点|主要|具体|工作|改革|政策)*(?:任务|措施|举措))"
)
_PLUS = re.compile(r"^[一-龥A-Za-z“”]{0,8}\+")
_KINDS = re.compile(r"^(?:人群|人员|群体|对象|重点)")
_BASED_ON = re.compile(r"(?:依托|围绕|聚焦|紧扣|针对|涉及|涵盖|分为|\+)$")
_SPOKEN_OF = re.compile(r"(?:抓好|落实|围绕|聚焦|紧扣|对照|细化|按照|做好|推动)[^,。;]{0,6}$")
_TURNS = re.compile(r"^(?:改革|事项|清单|服务|承诺)")
_BODY = re.compile(
    r"^(?:及)?以[上下](?:大型|重点|工业|民营)*(?:企业|单位|机关|机构|项目|园区|村|社区|场所|"
    r"(?:工作|从业)?经验|工龄)"
)
_RATE = re.compile(r"(?:按|按照|以)(?:每|不|最)?[^,。;]{0,16}$")
_RATE_TAIL = re.compile(
    r"^[^,。;]{0,8}(?:标准|的价格|的比例(?:给予|补助|补贴|奖励|提取|计提|安排))"
)
_GIVEN = re.compile(r"(?:补助|补贴|奖励|奖补|资助)(?:资金)?$")
_FINE = re.compile(r"^[^,。;]{0,12}罚款")
_MONEY_GIVEN = re.compile(r"^(?:人民币)?的?(?:一次性|资金)?(?:奖励|补助|补贴|奖补|资助)")


def is_population(clause: str, match: re.Match[str]) -> bool:
    """Whether the number says who is meant (编制50人以上的机关), not how many there shall be."""
    if match["unit"] in _SIZES and _BODY.match(clause[match.end() :]):
        return True
    tail = _TAIL.match(clause, match.end())
    before = clause[: match.start()]
    if not tail:
        return bool(_ATTRIBUTE.search(before)) and clause[match.end() :].lstrip("□").startswith(
            "的"
        )
    rest = tail["rest"]
    if not rest:
        return re.search(r"(?:编制|职工人数|员工人数|从业人数|年满)在?$", before) is not None
    if _ATTRIBUTE.search(before):
        return True
    if rest != "的":
        return rest == "、" and before[-1:] == "在"
    return not before or bool(_AIMED.match(before)) or not _TARGET_VERB.search(before.rstrip("□"))


def is_idiom(clause: str, match: re.Match[str], is_bounded: bool) -> bool:
    """Whether the number belongs to a fixed phrase, an ordinal, a name or a slogan."""
    around = clause[max(0, match.start() - 3) : match.end() + 3]
    if _ORDINAL.search(clause[: match.start()]) or clause[: match.start()].endswith("每"):
        return True
    low = match["low"]
    if _is_spoken_of(match, clause[: match.start()], clause[match.end() :]):
        return True
    if not match["high"] and low in "一1" and not is_bounded:
        if any(low in found for found in _ONE_EACH.findall(around)) and not around.isdigit():
            return True
        if _NOT_COUNTED.match(clause, match.start("low") + 1) or _NOT_COUNTED.match(
            clause[match.start("low") + 1 :]
        ):
            return True
    if _SET.match(clause[match.start() :]) or re.fullmatch("[百千万亿]+", low):
        return True
    return low[0] in "一二两三四五六七八九十" and bool(_AFTER_UNIT.match(clause[match.end() :]))


def _is_spoken_of(match: re.Match[str], before: str, after: str) -> bool:
    """Whether the number counts what there is already: 围绕4个方面, 落实12条措施, 3类人群."""
    if _NO_COUNT.match(after) and _SPOKEN_OF.search(before):
        return True
    is_turn = before.endswith("最多跑") and _TURNS.match(after)
    is_kind = match["unit"] == "类" and _KINDS.match(after)
    return bool(is_turn or is_kind or _BASED_ON.search(before) or _PLUS.match(after))


def is_rate(clause: str, match: re.Match[str]) -> bool:
    """Whether the number is a rate by which something is paid or reckoned, not a target."""
    before, after = clause[: match.start()], clause[match.end() :]
    if _RATE.search(before) and _RATE_TAIL.match(after):
        return True
    if match["unit"] != "元" or "最高" in before:
        return False
    return bool(_MONEY_GIVEN.match(after) or _GIVEN.search(before) or _FINE.match(after))
