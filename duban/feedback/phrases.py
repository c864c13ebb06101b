"""The words with which a statement opens: how it is written down stands in ``grammar``.

Expressions see text of one width: ``folded`` changes no length, so places in it are places in the
text as it was written.
"""

import re
from typing import NamedTuple

from duban.feedback.numbering import ALL, NUMBERS, numbers_in
from models.entry import EntryKind

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", 0xA0: " ", 0xFF61: "。", 0xFF64: "、", 0x2013: "-", 0x2014: "-", 0x2212: "-",
    0x301C: "~", 0x223C: "~", 0x2236: ":", 0xFE55: ":", 0xFE50: ",", 0xFE54: ";",
}  # fmt: skip

_ENDS = r"(?=\s*(?:$|[\n,;。!、.()…~\]])|\s+(?!\(?[\d百①-⑳⑴-⒇⒈-⒛]|第\s?[\d一二三四五六七八九]))"
_ENDS_OR_COLON = (
    r"(?=\s*(?:$|[\n,;:。!、.()…~\]])|\s+(?!\(?[\d百①-⑳⑴-⒇⒈-⒛]|第\s?[\d一二三四五六七八九]))"
)

_COURTESY = (
    r"(?:(?:各位|尊敬的)?[\u4e00-\u9fff]{0,12}?(?:领导|老师|同志|主任|处长|科长|局长)们?(?:您好|你好|好)?"
    r"|(?:您|你|大家|早上|上午|下午|晚上|中午|领导)好|尊敬的[^,:;。!\n]{1,20}"
    r"|(?:现)?(?:回复|答复|回|复)(?:如下)?(?=\s*[:,])|贵(?:单位|办|局|室|会)(?=\s*[:,])"
    r"|[\u4e00-\u9fff]{2,15}(?:办公室|专班|残联|督查室|局|办|委)(?=\s*:))[,:!。.~\s]+"
)
_UNIT_KIND = (
    r"(?:单位|局|委|办|镇|街道(?:办)?|部门?|中心|公司|院|校|乡|县|区|市|联|会|厅|方|处|科|们)"
)
_WHO = (
    rf"(?:(?:我|本){_UNIT_KIND}?"
    rf"|(?:(?![未没无不非请转由让待等催问望勿莫并被若如是否尚还正将拟预已])[\u4e00-\u9fff]){{2,12}}?{_UNIT_KIND})"
)
_WHAT = (
    r"(?:(?:此|该|本|这|上述|以上|所列|相关)(?:项|个|件|条)?(?:任务|事项|工作|内容|通知|邮件)?"
    r"|任务|事项|工作|邮件|通知|来件|来函|来文)"
)
_DONE = (
    r"(?:目前|现|业|早|均|都)?(?:已经|已)?(?P<{0}>全部|全面|均|都)?"
    r"(?:按(?:时|期|要求|规定)|如期|顺利|圆满)?(?:已经|已)?"
)
_LATE = r"(?:因|由于|鉴于|无法|不能|难以)[^;。\n]{1,60}?"
_PLACE = (
    r"(?:不属于?(?:我|本|[\u4e00-\u9fff]{0,10}职)|不是(?:我|本)|非(?:我|本)(?=单位|局|委|办|镇|部门|职责)"
    r"|不在(?:我|本)|(?:与|和|同)(?:我|本)[\u4e00-\u9fff]{0,10}?无关|不承担(?:该|此|本|这)|(?:无|没有)(?:此|该|这)项?(?:职责|职能|任务))"
)
_OTHER_ITEM = r"\d{1,3}\s?(?:[、.):](?!\d)|(?:已|未|除|申请|签收|办结|退回))"
_PART = (
    rf"(?=[\s:(,]*(?!{_OTHER_ITEM})"
    r"(?:\d|百分之|过半|一半|大半|大部分|部分|阶段|约|近))"
)

_OPENERS: tuple[tuple[str, EntryKind, str], ...] = (
    (
        "nil",
        EntryKind.REPORTED,
        r"(?:(?:本|这个?)(?:月|周|期|季度|旬)|目前|截至目前|现)?,?(?:尚|暂时|暂)?(?:无|没有|零)"
        rf"(?:新的?|新增|任何|最新|其他)?(?:进展|报告)(?:情况)?{_ENDS_OR_COLON}",
    ),
    (
        "extension",
        EntryKind.EXTENSION_REQUESTED,
        rf"(?:{_LATE})?(?:拟|特|现)?(?:申请|请求|恳请|请予|需要?|希望|要求)(?:办理)?"
        r"(?:将?[\u4e00-\u9fff]{0,10}?)?(?:延期|延长|展期|推迟|延后)(?!的|无)",
    ),
    ("extension", EntryKind.EXTENSION_REQUESTED, rf"延期(?:申请(?!已|的)|[至到]|{_ENDS_OR_COLON})"),
    (
        "decline",
        EntryKind.DECLINED,
        r"(?:申请|请求|现?予以|建议|拟)?(?:退回|退件)(?:(?:该|此|本|这)(?:项|任务|事项|件)*)?"
        rf"(?:{_ENDS_OR_COLON}|(?=不属|[—-]))",
    ),
    ("decline", EntryKind.DECLINED, _PLACE),
    (
        "acknowledgement",
        EntryKind.ACKNOWLEDGED,
        _DONE.format("all_received")
        + rf"(?:确认)?(?:签收|收到|收悉|知悉|收讫|阅知)(?:确认)?(?:了|完毕|无误)?{_ENDS_OR_COLON}",
    ),
    (
        "completion",
        EntryKind.COMPLETED,
        _DONE.format("all_settled")
        + rf"(?:办结|办毕|办理完(?:毕|成|结))(?:了|销号)?{_ENDS_OR_COLON}",
    ),
    ("part", EntryKind.REPORTED, rf"(?:目前|现)?(?:已经|已)?(?:累计)?(?:完成|办结)了?{_PART}"),
    (
        "completion",
        EntryKind.COMPLETED,
        _DONE.format("all_done") + rf"(?:完成办理|完结|整改完(?:毕|成)|落实完毕|完成)了?{_ENDS}",
    ),
    (
        "report",
        EntryKind.REPORTED,
        r"(?:工作|办理|最新|目前|推进|落实|当前|阶段性?)?进展(?:情况|报告|汇报|说明)?(?:如下)?[:,]?"
        r"|(?:情况|进度)?(?:反馈|汇报)(?:情况|意见)?(?:如下)?(?=[\s:,]|$)[:,]?"
        r"|(?:办理|工作|推进|落实|完成)?(?:情况|进度)(?:说明|汇报|报告)?(?:如下)?:"
        r"|现(?:将|就)[^;。\n]{0,40}?(?:反馈|报告|汇报|回复|说明)如下[:,]?",
    ),
    (
        "part",
        EntryKind.REPORTED,
        r"(?:目前?(?:正在|仍在|尚在|还在)|正在)(?!休|出差|外|请假|开会|学习|培训|住院)|(?:仍|尚|还)在(?:推进|办理|进行|落实)|(?:推进|办理|进行|落实)中"
        r"|(?:已)?(?:基本|部分|初步|大部分?|大体|接近|即将)(?:已)?(?:完成|办结)"
        r"|预计(?![^。;\n]{0,15}(?:回岗|回来|返回|返岗|上班))|计划(?:于|在)"
        r"|(?:目前)?(?:尚|还|暂|仍|均)?(?:未能?|没有|没)(?:全部|完全)?(?:完成|办结|办理完)(?!签收)",
    ),
)

_ITEMS = rf"(?P<numbers>{NUMBERS})"
_BEFORE = (
    rf"(?:{_COURTESY}){{0,4}}(?:{_WHO},?\s*)?(?:{_ITEMS})?"
    rf"(?:{_WHAT}\s*|{_WHO}\s*){{0,3}}?(?P<all>{ALL})?\s*(?:{_WHO})?"
)
_COMPILED = tuple(
    (name, kind, re.compile(rf"\s*{_BEFORE}(?P<opener>{words})")) for name, kind, words in _OPENERS
)
_COURTESY_LINE = re.compile(
    rf"\s*(?:{_COURTESY}|(?:(?:您|你|大家|领导|早上|上午|下午)好|现?(?:回复|答复)(?:如下)?|[^\s,;:。!]{{2,20}}(?=:))\s*[:!。,~]?\s*)$"
)

_DOUBT = (
    r"[?？吗吧]|自动(?:回|答|应)|是否|不属|退回|异议|无法|不能|不予|拒|有误|不符|除|延期"
    r"|没有?收到|未收到"
)
_DOUBTS = {
    EntryKind.ACKNOWLEDGED: re.compile(
        rf"{_DOUBT}|但|不过|然而|不同意|不负责|无关|(?:应当?|建议|改)由|出差|休假|请假"
        r"|转[\u4e00-\u9fff]{1,10}(?:办理|承办|负责)"
    ),
    EntryKind.COMPLETED: re.compile(
        rf"{_DOUBT}|但|不过|然而|%|百分之|过半|一半|部分|阶段|初步|基本|尚|未(?!来)|没有|预计|计划|下一步|力争|待"
    ),
}
_SCOPE_ENDS = re.compile(
    r";|[。,]\s*(?:第\s?)?[(]?(?:\d{1,3}|[①-⑳])[)]?\s?项?[、.,:)]?\s?"
    r"(?:已|签收|收到|办结|完成|申请|延期|退回|进展|反馈|无|暂无|全部)"
)
_HEAVY = re.compile(r"签收|收到|收悉|办结|办理|完成|退回|延期|进展")
_DENIAL = re.compile(r"[不未没误]|忽略|作废")
_TAKEN_BACK = re.compile(
    r"算了|误[发报填,:]|[发写填]错|有误|撤[回销]|收回|忽略|作废|更正|不对(?!称|外)|应为"
)
_DENIED = re.compile(
    r"不(?:属于|同意|负责)|(?:[还仍尚并]未|还没|还差|没有?(?:全部|完全)?(?:完成|办结|办完))"
    r"|未(?:能|全部|完全)*(?:完成|办结|办完)|[?？吗][。.!\s]*$|^\s*(?:没有?|不是|否)[。.!\s]*$"
)
_LONGEST_ASIDE = 40
_BROKEN_OFF = re.compile(
    r"(?:[未没不待拟将尚还仍才能可否若如]|没有|无法|予以|[不未没误][^。;\n]{0,12}:)\s*$"
)
_LONGEST_OPENING = 400


class Opening(NamedTuple):
    """The first words of a statement.

    ``items`` are the numbers that it names. ``is_labelled``: it is 进展：or its like rather than
    words of the report itself. ``begins`` and ``ends`` are the places, in the folded text, where
    the opening words begin and end.
    """

    kind: EntryKind
    items: tuple[int, ...]
    for_all: bool
    is_nil: bool
    is_labelled: bool
    begins: int
    ends: int

    @property
    def is_bare(self) -> bool:
        """Whether the statement says nothing of which items it is about."""
        return not self.items and not self.for_all


def folded(text: str) -> str:
    """The text with full-width forms made half-width, character for character."""
    return text.translate(_FOLD)


def opening_of(text: str) -> Opening | None:
    """The opening of a statement at the beginning of a folded text; None if there is none.

    What follows in the line must not cast doubt on it: 已办结，但验收未通过 opens nothing.
    """
    line = text.partition("\n")[0]
    for name, kind, pattern in _COMPILED:
        found = pattern.match(line, 0, _LONGEST_OPENING)
        if found:
            return _opening(found, name, kind, line)
    return None


def _opening(found: re.Match[str], name: str, kind: EntryKind, line: str) -> Opening | None:
    doubts = _DOUBTS.get(kind)
    scope = _SCOPE_ENDS.search(line, found.end())
    if doubts and doubts.search(line, found.end(), scope.start() if scope else len(line)):
        return None
    written = found["numbers"]
    items = numbers_in(written) if written else ()
    if items is None:
        return None
    groups = found.groupdict()
    is_all = bool(found["all"]) or any(
        value for key, value in groups.items() if key.startswith("all_")
    )
    begins = found.start("opener")
    return Opening(
        kind, items, is_all and not items, name == "nil", name == "report", begins, found.end()
    )


def is_doubtful(text: str) -> bool:
    """Whether a folded line has the words of an answer, but not as one could be sure of them."""
    return bool(_HEAVY.search(text))


def is_courtesy(text: str) -> bool:
    """Whether a folded line is nothing but a salutation or a greeting."""
    is_one = _COURTESY_LINE.match(text) and not _DENIAL.search(text)
    return bool(is_one) and not is_doubtful(text)


def takes_back(text: str) -> bool:
    """Whether a folded line below an answer takes it back."""
    return len(text) <= _LONGEST_ASIDE and bool(_TAKEN_BACK.search(text))


def denies(text: str) -> bool:
    """Whether a folded line says that something is not done, not received or not ours, or asks."""
    return len(text) <= _LONGEST_ASIDE and bool(_DENIED.search(text))


def breaks_off(text: str) -> bool:
    """Whether a folded line ends within a phrase: 还没有, and 办结 stands in the next line."""
    return bool(_BROKEN_OFF.search(text))


def begins_as_answer(text: str) -> bool:
    """Whether a line begins with words that none of our own mails begins a line with."""
    line = folded(text)
    opening = opening_of(line)
    if opening is None:
        return False
    return opening.kind is not EntryKind.REPORTED or opening.is_nil or line[opening.ends - 1] == ":"


def names_an_item(text: str) -> bool:
    """Whether a line opens a statement and says of which items."""
    opening = opening_of(folded(text))
    return opening is not None and not opening.is_bare
