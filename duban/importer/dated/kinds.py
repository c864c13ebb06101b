"""What a clause asks for: report, evaluation, meeting, publicity, disclosure or deliverable."""

import re
from collections.abc import Callable
from typing import NamedTuple

from models.matrix import ObligationKind

_PAPER = (
    r"办法|方案|计划|规划|规范|细则|意见|预案|规程|指南|目录|清单|标准|规则|指引|制度|机制|"
    r"手册|图册|条例|规定|措施|路线图|"
    r"任务书|时间表|白皮书|要点|名录"
)
_ADVERB = (
    r"□|\s|并|要|应当?|须|需|将|于|在|由|前|底|末|及时|认真|同步|统一|会同[^,。;]{2,24}?|"
    r"联合[^,。;]{2,24}?|结合[^,。;]{0,10}?|"
    r"(?:按照|根据|依据)[^,。;]{0,16}?|进一步|尽快|抓紧|积极|率先|切实|分年度|逐年|每年度?|"
    r"按年度|研究|组织|牵头|负责|共同|适时|专门"
)
_WRITE = (
    r"制定或修订|制定完善|制定出台|制定印发|制订|制定|编制(?!\d)|拟定|拟订|出台|起草|修订|印发|"
    r"编印|编写|发布"
)
_WRITTEN = re.compile(
    rf"^(?:{_ADVERB})*(?P<verb>{_WRITE})(?:并(?:公布|发布|印发|出台|公开|实施|组织实施|"
    rf"推动实施))?(?P<what>(?!本(?:实施|行动|工作)?(?:方案|计划|意见|"
    rf"办法|规划|细则|通知|措施))[^,。;]*?(?:(?:{_PAPER})(?:[(（][^()（）]*[)）])?|□+))[□\s]*$"
)
_CITED = re.compile(
    rf"^[□\s]*(?:根据|按照|依据|依照|对照|参照)(?![^,。;]{{0,8}}(?:实际|情况|需要|要求|规定|精神|"
    rf"部署|安排|形势|特点|职责|分工))[^,。;]{{0,16}}?(?:{_WRITE})的?□+[□\s]*$"
)
"""A paper that is named as a ground, 根据省印发的《…》, and not to be written."""
_BUILT = re.compile(
    rf"^(?:{_ADVERB})*(?P<verb>建立健全|建立)(?P<what>[^,。;]*?(?P<noun>制度|机制|办法|规范|"
    rf"细则))[□\s]*$"
)
_KEPT_SYSTEM = re.compile(r"(?:统计|公示|通报|报告|调度|督办|考核|会议|会商)[^,。;]{0,4}制度$")
_ORGAN = (
    r"(?:委员会|办公室|委|办|局|厅|部|府|室|会|院|联|组|中心|处|科|司|署|专班|单位|部门|"
    r"机关)(?:[(（][^()（）]{1,20}[)）])?"
)
_TO = re.compile(
    rf"(?:向|至)(?P<to>[^,。;、]{{1,40}}?{_ORGAN})(?:书面|集中|统一|专题|如实)*(?:报送|上报|"
    rf"报告|汇报|提交|反馈|报备)(?P<what>[^,。;]*)"
)
_THING = re.compile(
    r"(?:将|把(?![关握控脉]))(?P<what>[^,。;]{2,80}?)(?:书面|统一|按时|及时|汇总后?|一并|分别)*(?:报送|"
    r"上报|报备|报(?!告|送)|提交|反馈)"
    rf"(?:至|到|给|送)?(?P<to>[^,。;、]{{1,40}}?{_ORGAN})(?:备案|备查|审核|汇总|审定|审批)?[□\s]*$"
)
_GOES = re.compile(
    rf"^(?P<what>[^,。;向将把]{{2,24}}?)(?:汇总)?后?(?:务必?|及时|统一|于|在|□|前|底|书面|"
    rf"一并)*(?:报送|上报|报(?!告|送))(?:至|到|给)?(?P<to>[^,。;、]{{1,40}}?{_ORGAN})(?:备案|备查|"
    rf"审核|汇总|审定|审批)?[□\s]*$"
)
_SENT = re.compile(
    r"(?:将|把(?![关握控脉]))(?P<what>[^,。;]{2,80}?)(?:书面|统一|按时|及时|汇总后?)*(?:报送|上报)[□\s]*$"
)
_BARE = re.compile(r"(?:报送|上报)(?!的|口径|标准|渠道|程序|质量)(?P<what>[^,。;]*)$")
FILED = re.compile(
    rf"^(?:{_ADVERB})*(?:报送?|送)(?:至|到)?(?P<to>[^,。;]{{1,30}}?{_ORGAN})(?:备案|备查|"
    rf"审定|审批|审核|汇总)?[□\s]*$"
)
_EVALUATED = re.compile(
    r"(?:情况|效果|成效|方案|规划|计划|工作|政策|任务|目标|行动)[^。;]{0,24}?(?:监测|评估|"
    r"评价|考核|督查|督导|检查)"
    r"|(?:中期|终期|总结|年度|期末|阶段性|绩效)(?:评估|考核|评价)"
)
_MET = re.compile(
    r"(?:召开|召集|举行)(?P<what>[^,。;]*?(?:会议|联席会|调度会|推进会|例会|座谈会|专题会|"
    r"工作会|协调会|部署会|现场会|总结会))"
)
_OFTEN = re.compile(r"定期|适时|每|不定期|至少|按年度|按季|□")
_OCCASIONS = re.compile(
    r"(?:利用|借助|结合|抓住|抓好|围绕|依托|以)(?P<days>[^,。;]{2,80}?)等?(?:重要|关键|"
    r"重大)?的?(?:宣传)?(?:时间)?(?:节点|契机|节日|纪念日|时机)"
)
_DISCLOSED = re.compile(
    r"向社会(?:主动|及时|统一)?(?:公示|公布|公开|发布)|纳入[^,。;]{0,20}社会责任报告|"
    r"在[^,。;]{2,20}(?:网站|媒体)上?(?:公示|公布|公开)"
)
_FINISHED = re.compile(
    r"(?:完成|建成|启动|开工|完工|交工|封顶|通车|开通|投产|投入使用|投入运营|上线|竣工|挂牌|形成|实现|构建|搭建|成立|"
    r"设立|落地|见效|到位|取得)(?P<what>[^,。;]*)"
)
_ONLY_DONE = re.compile(
    r"^(?:□|\s|并|要|应当?|须|需|力争|争取|确保|务必|全面|全部|基本|底|末|前|[()])*(?:完成|实现|落实|到位|建成|"
    r"启动|开工|完工|交工|通车|开通|竣工|见效|公布|发布|印发|出台|上线|投产|清零)(?:到位|见效)?[□\s()]*$"
)
_DEADLINE_WORK = re.compile(
    r"(?:组织|开展|推进|实施|落实|健全|完善|建立|整改|推动|建设|改造|公布|发布|更新|修改|"
    r"清理|开发|推广|推行|试行|推出|优化|修复|治理|整治|解决|消除|淘汰|关停|拆除|搬迁|划定|"
    r"摸清|排查|梳理|归集|接入|覆盖|达到|验收|交付|通车|投用|兑现|发放|配齐|配备|培训|开通|投产|清零)"
    r"(?P<what>[^,。;]*)"
)


class Asked(NamedTuple):
    """What a clause asks for: its kind, the title's words and the receiver, as written.

    ``verb`` is where in the wording a paper's verb stands: dates after it belong to the paper's
    name (拟定“十四五”期间的计划), not to its writing.
    """

    kind: ObligationKind
    title: str
    to: str | None = None
    verb: int | None = None


class Wording(NamedTuple):
    """A clause after its subject: legible (dates, titles blotted), as written, and around it.

    ``has_date``: a date phrase governs it; ``has_deadline``: one that ends in 前, 底 or 内;
    ``is_before``: one that ends in 前, so that whatever the verb is has to be done by then.
    """

    legible: str
    written: str
    sentence: str
    has_date: bool
    has_deadline: bool
    is_before: bool
    has_rhythm: bool

    def part(self, match: re.Match[str], group: str) -> str:
        """What a group of a match in the legible clause reads in the document."""
        begin, end = match.span(group)
        return self.written[begin:end].strip()


def report(clause: Wording) -> Asked | None:
    """A report that the clause asks for; 社会责任报告 and the noun 报告 are none."""
    for pattern in (_TO, _THING, _GOES, _SENT, _BARE):
        found = pattern.search(clause.legible)
        if found:
            to = clause.part(found, "to") if "to" in pattern.groupindex else None
            return Asked(ObligationKind.REPORT, "报送" + _named(clause.part(found, "what")), to)
    return None


def filed(clause: Wording) -> str | None:
    """The receiver of a paper that is only handed in: 并报区政府办公室备案."""
    found = FILED.search(clause.legible)
    return clause.part(found, "to") if found else None


def evaluation(clause: Wording) -> Asked | None:
    """A dated or yearly evaluation of the plan, its policies or their effect."""
    if not (clause.has_date or clause.has_rhythm) or not _EVALUATED.search(clause.legible):
        return None
    return Asked(ObligationKind.EVALUATION, _bare(clause))


def meeting(clause: Wording) -> Asked | None:
    """A meeting that is to come again, or by a date."""
    found = _MET.search(clause.legible)
    if not found or not (clause.has_date or _OFTEN.search(clause.legible)):
        return None
    return Asked(ObligationKind.MEETING, _bare(clause))


def disclosure(clause: Wording) -> Asked | None:
    """Something that is to be made known to the public."""
    if not _DISCLOSED.search(clause.legible):
        return None
    return Asked(ObligationKind.DISCLOSURE, _bare(clause))


def occasions(clause: Wording) -> str | None:
    """The list of days on which publicity is asked for, as written."""
    found = _OCCASIONS.search(clause.legible)
    return clause.part(found, "days") if found and "宣传" in clause.sentence else None


def publicity(clause: Wording) -> Asked | None:
    """Publicity on a date or every year."""
    if not clause.has_date or "宣传" not in clause.legible:
        return None
    return Asked(ObligationKind.PUBLICITY, _bare(clause))


def paper(clause: Wording) -> Asked | None:
    """A plan, rule, list or the like that somebody is to write."""
    written = _WRITTEN.search(clause.legible)
    if written and _CITED.search(clause.legible):
        return None
    if written:
        what = re.sub("^《([^《》]*)》$", r"\1", clause.part(written, "what"))
        return Asked(ObligationKind.DELIVERABLE, what, verb=written.start("verb"))
    built = _BUILT.search(clause.legible)
    if not built or re.search(r"等[^,。;]{0,6}(?:制度|机制)$", clause.legible.strip()):
        return None
    if built["noun"] == "机制":
        is_whole = clause.legible.strip() == clause.sentence.strip(" 。;")
        if not is_whole or built["verb"] != "建立":
            return None
    elif built["noun"] == "制度" and not _KEPT_SYSTEM.search(clause.legible.strip()):
        return None
    verb = built.start("verb")
    return Asked(ObligationKind.DELIVERABLE, clause.part(built, "what"), verb=verb)


def finished(clause: Wording) -> Asked | None:
    """Work that is to be done by a date; before one (年底前) whatever the verb is."""
    if not clause.has_date:
        return None
    is_asked = clause.is_before or _FINISHED.search(clause.legible)
    if not is_asked and clause.has_deadline:
        is_asked = _DEADLINE_WORK.search(clause.legible)
    return Asked(ObligationKind.DELIVERABLE, _bare(clause)) if is_asked else None


def is_only_done(clause: Wording) -> bool:
    """Whether the clause says by when, and not what: 2023年12月底前完成."""
    return _ONLY_DONE.match(clause.legible) is not None


KINDS: tuple[Callable[[Wording], Asked | None], ...] = (
    disclosure,
    report,
    evaluation,
    meeting,
    publicity,
    paper,
    finished,
)
"""Asked of each clause in this order; the first answer holds."""


def _named(what: str) -> str:
    """What is reported, without the date that stands behind it: 名单于3月15日前 -> 名单."""
    what = re.sub(r"^(?:并|要|应当?|须)*[于在]?$", "", what)
    return re.sub(r"[于在](?:每|今|本|当|\d|[一二三四五六七八九十]{1,2}月)[^于在]*$", "", what)


def _bare(clause: Wording) -> str:
    return re.sub(
        r"^(?:\d{1,2}[.、]\s*)?(?:并|要|应当?|须|需|将)*", "", clause.written.strip(" ,，。；;")
    )
