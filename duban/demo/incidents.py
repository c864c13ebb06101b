"""What does not go smoothly, told by day: putting off, declining, sending back, suspending.

And the letters that are no answer: an absence, a bounce, a question, a stranger, a forger.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from duban.demo import replies
from duban.demo.deed import CLERK, LEADER, REVIEWER, Deed, Way
from duban.demo.replies import Shape
from duban.demo.wording import Wording
from models.answer import Passage
from models.entry import EntryKind
from models.obligation import Obligation
from models.office import Plan

_E = EntryKind
_PLAN = "zhongshan-2023"
_MIDTERM, _FINAL = f"{_PLAN}/midterm-summary", f"{_PLAN}/final-summary"
_DECLINING, _TAKING = "市退役军人事务局", "市人力资源社会保障局"
_SUSPENDED = "haidong-2023/county-report/2023/互助土族自治县政府残疾人工作委员会"
_WITHOUT = "市市场监管局"
_MERGED = ("市农业农村局", "市乡村振兴局")

_TOLD = (
    f"{_MIDTERM}/古镇镇",
    f"{_MIDTERM}/三角镇",
    f"{_MIDTERM}/南头镇",
    f"{_MIDTERM}/{_WITHOUT}",
    *(f"{_FINAL}/{unit}" for unit in _MERGED),
    f"{_PLAN}/assignment/{_TAKING}",
    _SUSPENDED,
)


def is_told(item: Obligation) -> bool:
    """Whether its story is told here."""
    return item.id in _TOLD or (item.plan == _PLAN and item.unit == _DECLINING)


class Letter(NamedTuple):
    """A mail that is no plain answer, and what the office does about it.

    It answers, in its shape, the last mail to ``reader`` before its day. ``settled_on`` is when
    somebody of the office has dealt with it, None where it still waits.
    """

    on: date
    reader: str
    shape: Shape
    words: str
    name: str
    settled_on: date | None = None
    settled: str = ""


LETTERS = (
    Letter(
        date(2023, 3, 8),
        "liaison@health.zhongshan.example",
        replies.away,
        "",
        "absence",
    ),
    Letter(
        date(2023, 12, 5),
        "liaison@dongfeng-town.zhongshan.example",
        replies.outlook,
        "请问中期总结要不要盖章？报纸质还是电子版？",
        "question",
        date(2023, 12, 6),
        "已电话答复：报电子版，附盖章扫描件",
    ),
    Letter(
        date(2023, 12, 6),
        "liaison@finance.zhongshan.example",
        replies.forged,
        "全部已办结",
        "forged",
    ),
    Letter(
        date(2023, 12, 12),
        "officer@henglan-town.zhongshan.example",
        replies.undelivered,
        "",
        "bounce",
    ),
    Letter(
        date(2024, 9, 20),
        "liaison@xiaolan-town.zhongshan.example",
        replies.passed_on,
        "已办结",
        "stranger",
    ),
    Letter(
        date(2024, 10, 16),
        "liaison@dachong-town.zhongshan.example",
        replies.with_scan,
        "终期总结见附件，请查收。",
        "not-understood",
    ),
)
"""Letters by day."""


class Settling(NamedTuple):
    """The office has dealt with the letter of a sender that waited for it."""

    on: date
    sender: str
    text: str


def letters(plan: Plan) -> list[Letter | Settling]:
    """The letters about a plan, and what the office does about them."""
    if plan.id != _PLAN:
        return []
    settled = [
        Settling(letter.settled_on, letter.reader, letter.settled)
        for letter in LETTERS
        if letter.settled_on
    ]
    return [*LETTERS, *settled]


def incidents(plan: Plan, wording: Wording) -> list[Deed]:
    """What is told here about a plan."""
    if plan.id == _SUSPENDED.partition("/")[0]:
        return list(_suspended(wording))
    if plan.id != _PLAN:
        return []
    return [*_put_off(wording), *_sent_back(wording), *_nil(), *_declined(), *_taken_over(wording)]


def _put_off(wording: Wording) -> Iterator[Deed]:
    """One extension is granted, one refused."""
    granted, refused = (f"{_MIDTERM}/{unit}" for unit in ("古镇镇", "三角镇"))
    until, too_late = date(2023, 12, 29), date(2024, 1, 12)
    why = "因镇属企业用工数据需与社保缴费记录逐家核对"
    yield Deed(date(2023, 12, 11), granted, _E.EXTENSION_REQUESTED, "", why, Way.MAIL, until)
    yield Deed(date(2023, 12, 12), granted, _E.EXTENSION_GRANTED, LEADER, "同意延期一次")
    said = wording.passages("古镇镇", "midterm")
    yield _done(date(2023, 12, 27), granted, said, Way.MAIL)
    yield from _closed(granted, date(2023, 12, 29), date(2024, 1, 3))
    why = "经办人员年底任务集中，申请延后报送"
    yield Deed(date(2023, 12, 12), refused, _E.EXTENSION_REQUESTED, "", why, Way.PAGE, too_late)
    no = "须在市里汇总前报送，请按期报送已有内容"
    yield Deed(date(2023, 12, 13), refused, _E.EXTENSION_REFUSED, LEADER, no)
    yield _done(date(2023, 12, 15), refused, wording.passages("三角镇", "midterm"), Way.PAGE)
    yield from _closed(refused, date(2023, 12, 19), date(2023, 12, 22))


def _sent_back(wording: Wording) -> Iterator[Deed]:
    """A result is returned with an inner date, and comes again by mail before it."""
    key = f"{_MIDTERM}/南头镇"
    said = wording.passages("南头镇", "midterm")
    yield _done(date(2023, 12, 6), key, said[:1], Way.MAIL)
    why = f"只写了第{said[0].number}项，所承担的其他任务没有写，请补充后重报"
    yield Deed(date(2023, 12, 8), key, _E.RETURNED, REVIEWER, why, until=date(2023, 12, 14))
    yield _done(date(2023, 12, 13), key, said, Way.MAIL)
    yield from _closed(key, date(2023, 12, 18), date(2023, 12, 20))


def _nil() -> Iterator[Deed]:
    """A unit has nothing to report, and says so on its page."""
    key = f"{_MIDTERM}/{_WITHOUT}"
    yield _done(date(2023, 12, 8), key, (), Way.PAGE)._replace(is_nil=True)
    yield from _closed(key, date(2023, 12, 13), date(2023, 12, 18))


def _declined() -> Iterator[Deed]:
    """A unit says that it is not its task; the office gives it to another."""
    assignment, taken = (f"{_PLAN}/assignment/{unit}" for unit in (_DECLINING, _TAKING))
    yield Deed(date(2023, 3, 8), taken, _E.ACKNOWLEDGED, "", "签收", Way.PAGE)
    why = "不属于我局职责：残疾退役军人就业数据由人社部门统一管理，建议转市人力资源社会保障局"
    yield Deed(date(2023, 3, 9), assignment, _E.DECLINED, "", why, Way.MAIL)
    text = "经核，数据共享由人社部门统一承担"
    yield Deed(date(2023, 3, 13), assignment, _E.REASSIGNED, LEADER, text, to=_TAKING)
    yield Deed(date(2023, 3, 15), taken, _E.ACKNOWLEDGED, "", "签收", Way.MAIL)


def _taken_over(wording: Wording) -> Iterator[Deed]:
    """Two units are one by then, and their liaison answers for both in one mail."""
    for unit in _MERGED:
        key = f"{_FINAL}/{unit}"
        yield _done(date(2024, 9, 24), key, wording.passages(unit, "final"), Way.MAIL)
        yield from _closed(key, date(2024, 9, 27), date(2024, 10, 9))


def _suspended(wording: Wording) -> Iterator[Deed]:
    """A report rests for six weeks, and its date with it."""
    why = "经办机构正在调整，移交完成后再报"
    until = date(2024, 2, 1)
    yield Deed(date(2023, 12, 20), _SUSPENDED, _E.SUSPENDED, LEADER, why, until=until)
    unit = _SUSPENDED.rpartition("/")[2]
    text = wording.sentence("report", unit, _SUSPENDED)
    yield Deed(date(2024, 2, 6), _SUSPENDED, _E.COMPLETED, f"{unit}联络员", text)
    yield from _closed(_SUSPENDED, date(2024, 2, 20), date(2024, 2, 22))


def _done(on: date, key: str, said: tuple[Passage, ...], way: Way) -> Deed:
    return Deed(on, key, _E.COMPLETED, CLERK, way=way, passages=said)


def _closed(key: str, accepted_on: date, closed_on: date) -> Iterator[Deed]:
    yield Deed(accepted_on, key, _E.ACCEPTED, REVIEWER, "经核对，予以认可")
    yield Deed(closed_on, key, _E.CLOSED_OUT, LEADER, "同意销号")
