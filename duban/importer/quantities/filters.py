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
_RATE = re.compile(r"(?:按|按照|以)(?:每|不|最)?[^,。;]{0,16}$")
_RATE_TAIL = re.compile(
    r"^[^,。;]{0,8}(?:标准|的价格|的比例(?:给予|补助|补贴|奖励|提取|计提|安排))"
)
_MONEY_GIVEN = re.compile(r"^(?:人民币)?的?(?:一次性|资金)?(?:奖励|补助|补贴|奖补|资助)")


def is_population(clause: str, match: re.Match[str]) -> bool:
    """Whether the number says who is meant (编制50人以上的机关), not how many there shall be."""
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


def is_rate(clause: str, match: re.Match[str]) -> bool:
    """Whether the number is a rate by which something is paid or reckoned, not a target."""
    before, after = clause[: match.start()], clause[match.end() :]
    if _RATE.search(before) and _RATE_TAIL.match(after):
        return True
    return match["unit"] == "元" and bool(_MONEY_GIVEN.match(after)) and "最高" not in before
