"""中山's plan with what its units wrote for the final summary: 30 of 46, in many ways."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from duban.service.apply import apply
from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from models.entry import EntryKind, Via
from tests import builders

PLAN = "zhongshan-2023"
FINAL = f"{PLAN}/final-summary"
ISSUED = "2023-03-07"


@contextmanager
def zhongshan(folder: Path) -> Iterator[Workplace]:
    """The plan as applied on its issue date, nothing written yet."""
    office = builders.shipped()
    with builders.ledger_at(f"sqlite:///{folder / 'ledger.db'}", office) as workplace:
        apply(workplace, [workplace.plan(PLAN)], builders.occasion(ISSUED))
        yield workplace


def passage(number: str, text: str, **figures: str) -> dict[str, Any]:
    """What is written about a row, with figures by their metric."""
    found: dict[str, Any] = {"number": number, "text": text}
    if figures:
        found["figures"] = [{"metric": name, "value": value} for name, value in figures.items()]
    return found


def say(
    workplace: Workplace,
    key: str,
    day: str,
    text: str = "",
    kind: EntryKind = EntryKind.COMPLETED,
    via: Via = Via.MAIL,
    until: str | None = None,
    **detail: Any,
) -> int:
    """One entry; the rest is its detail."""
    saying = Saying(kind, text, date.fromisoformat(until) if until else None, detail, via)
    unit = key.rpartition("/")[2]
    return enter(workplace, key, saying, builders.occasion(day, f"{unit}联络员")).entry


def write_everything(workplace: Workplace) -> None:
    """30 of 46 units by 2024-10-15: passages, nil reports, returns, progress, general words."""
    towns = workplace.plan(PLAN).place.members(("各镇街",))
    _departments(workplace)
    for place, town in enumerate(towns[:14]):
        key = f"{FINAL}/{town}"
        if place >= 11:
            say(workplace, key, "2024-10-14", "零报告", via=Via.PAGE, nil=True)
            continue
        said = [
            passage("1", f"辖区机关和事业单位已安排残疾人就业{place + 1}人。"),
            passage("13", f"举办残疾人职业技能培训{place % 3 + 1}期，参训{20 + place}人次。"),
        ]
        say(workplace, key, f"2024-10-{place % 5 + 8:02}", via=Via.PAGE, passages=said)


def _departments(workplace: Workplace) -> None:
    final = {name: f"{FINAL}/{name}" for name in workplace.plan(PLAN).units_in_rows}
    rate = "残疾人高校毕业生{}率".format
    graduates = (
        "2024届残疾人高校毕业生37人全部纳入帮扶，逐人落实“一对一”指导。\n"
        "未就业的4人已转入就业见习。"
    )
    rates = {rate("建档立卡"): "100%", rate("调查评估"): "100", rate("跟踪回访"): "约九成"}
    say(workplace, final["市教育体育局"], "2024-10-12", passages=[
        passage("5", graduates, **rates),
        passage("13", "依托一所高校挂牌残疾人职业培训基地1家。", 残疾人职业培训基地家数="1"),
    ])  # fmt: skip
    say(workplace, final["市委组织部"], "2024-10-11", "编制50人以上的市级机关已排查完毕。",
        passages=[passage("1", "编制50人以上的市级机关已排查完毕。",
                          **{"机关、事业单位安排残疾人就业人数": "12"})])  # fmt: skip
    say(workplace, final["市委编办"], "2024-10-09", nil=True, text="零报告")
    say(workplace, final["市人力资源社会保障局"], "2024-10-08", kind=EntryKind.REPORTED, passages=[
        passage("6", "上半年登记失业残疾人数仍在核对。"),
    ])  # fmt: skip
    say(workplace, final["市人力资源社会保障局"], "2024-10-14", passages=[
        passage("6", "登记失业残疾人全部实现就业帮扶。",
                失业登记和零就业家庭残疾人动态清零率="100"),
        passage("11", "发放创业扶持补贴86笔、创业贷款贴息9笔。"),
        passage("14", "全市公共就业服务机构设残疾人服务岗位31个。"),
    ], text="建议市财政局明年继续安排专项经费。")  # fmt: skip
    for unit in ("市国资委", "市烟草专卖局", "市邮政管理局", "市工业和信息化局"):
        number = "2" if unit != "市工业和信息化局" else "3"
        said = [passage(number, f"{unit}已开发适合残疾人的岗位并公开招聘。")]
        say(workplace, final[unit], "2024-10-10", "附件另寄。", passages=said)
    say(workplace, final["市民政局"], "2024-10-10", passages=[passage("3", "草稿，数字有误。")])
    say(workplace, final["市民政局"], "2024-10-11", "数字前后不一，请核实。",
        kind=EntryKind.RETURNED, via=Via.OFFICE_PAGE, until="2024-10-18")  # fmt: skip
    say(workplace, final["市妇联"], "2024-10-09", passages=[passage("10", "“美丽工坊”已开工。")])
    say(workplace, final["市妇联"], "2024-10-10", "请写明人数。",
        kind=EntryKind.RETURNED, via=Via.OFFICE_PAGE, until="2024-10-16")  # fmt: skip
    say(workplace, final["市妇联"], "2024-10-14", passages=[
        passage("10", "建成“美丽工坊”2个，培训残疾妇女35名，其中18名就业。",
                **{"“美丽工坊”个数": "2个", "培训并促进就业的残疾妇女人数": "18", "展销场次": "6"}),
    ])  # fmt: skip
    for unit in ("市商务局", "市财政局", "市税务局"):
        say(workplace, final[unit], "2024-10-14", f"{unit}的工作总结已随文报送，另附材料三份。")
    say(workplace, final["市发展改革局"], "2024-10-13", nil=True, via=Via.COMMAND)
    say(
        workplace,
        final["市卫生健康局"],
        "2024-10-14",
        "工作总结正在会签。",
        kind=EntryKind.REPORTED,
    )
    say(workplace, f"{PLAN}/duty/4/市残联", "2024-06-03", "扶持助残社会组织12家。",
        kind=EntryKind.REPORTED, via=Via.COMMAND)  # fmt: skip
    say(workplace, f"{PLAN}/duty/9/市残联", "2023-11-20", "上一报告期的话。",
        kind=EntryKind.REPORTED, via=Via.COMMAND)  # fmt: skip
    say(workplace, f"{PLAN}/duty/3/市工商联", "2024-09-20",
        "（会员企业招聘）提供岗位 <b>420</b> 个 | 1. *加急*",
        kind=EntryKind.REPORTED, via=Via.PAGE)  # fmt: skip
