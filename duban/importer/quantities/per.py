"""What a quantity is counted per: 年, 单位, 人, 户; named by 每…, or by who is spoken of."""

import re
from typing import NamedTuple

from duban.importer.quantities.bounds import Sized
from duban.importer.quantities.measures import RHYTHM

_BODIES = r"机关|事业单位|用人单位|企业|学校|医院|机构|单位|部门"
_EACH_BODY = re.compile(
    rf"编制[^,。;]{{0,40}}(?:{_BODIES})|(?:{_BODIES})[^,。;]{{0,12}}编制"
    rf"|(?:{_BODIES})(?:□*)(?:都|均|分别)?(?:要|应当?|须)?(?:至少|不少于)"
)
_FOR_PERSONS = re.compile(
    r"^(?:每年)?对[^,。;]{0,24}(?:人员|(?<!\d)人|者|生|职工|儿童|对象|群众|群体|的)"
)
_HOUSEHOLD = re.compile(r"家庭(?:中|□)*(?:确保)?(?:至少|不少于)")
_YEARLY = re.compile(r"每年度?|按年度|逐年|年均")
_TIMES = frozenset(
    {"年", "半年", "季度", "月", "周", "学期", "学年", "两年", "两个月", "两周", "旬", "天"}
)
_NAMES = {
    "年度": "年",
    "个月": "月",
    "季": "季度",
    "名": "人",
    "个学年": "学年",
    "校": "所",
    "日": "天",
}


class Reach(NamedTuple):
    """What earlier clauses of the sentence say about per what: bodies, persons, and every year."""

    bodies: bool = False
    persons: bool = False
    yearly: bool = False

    def after(self, clause: str) -> "Reach":
        """The reach once a further clause is read."""
        persons = bool(_FOR_PERSONS.match(clause.lstrip("□ ")))
        return Reach(
            self.bodies or bool(_EACH_BODY.search(clause)),
            self.persons or persons,
            (self.yearly or bool(_YEARLY.search(clause))) and (self.persons or persons),
        )


def per_of(text: str, size: Sized, begin: int, reach: Reach) -> str | None:
    """Per what a quantity is counted, or None: 每年 -> 年, 编制…的机关 -> 单位, 对…人员 -> 人."""
    before = text[begin : size.begin]
    named = [_name(match["per"]) for match in RHYTHM.finditer(before)]
    is_own = bool(named) and not _FOR_PERSONS.match(before.lstrip("□ "))
    if size.unit in ("次", "轮") and reach.persons and not is_own:
        return "人·年" if reach.yearly else "人"
    if named:
        return "·".join(sorted(dict.fromkeys(named), key=_TIMES.__contains__))
    return _implied(text, size, before, reach)


def _implied(text: str, size: Sized, before: str, reach: Reach) -> str | None:
    """Per what a quantity is counted though no 每 says so."""
    if "年均" in before:
        return "年"
    if reach.bodies and size.unit in ("名", "人", "个"):
        return "单位"
    if _HOUSEHOLD.search(before):
        return "户"
    is_subsidy = size.unit in ("年", "个月") and "补贴" in text[size.end : size.end + 12]
    return "人" if "帮助其" in before or is_subsidy else None


def _name(per: str) -> str:
    per = _NAMES.get(per, per).replace("2", "两")
    return per.removeprefix("个")
