"""Items and digests of the two plans, for the samples and for tests of their own."""

from datetime import date

from models.notice import Reason
from models.obligation import Role
from models.policy import NoticeKind
from notifications.digest import Dated, Digest, Item, Row
from tests.unit.notifications.sample_plans import HAIDONG, HAIDONG_ROWS, ZHONGSHAN, ZHONGSHAN_ROWS

ANSWERS = (
    "电话答复：请与联系单位联系，由其登记签收、报送和办结情况。",
    "回复本邮件：直接发至联系单位邮箱。",
)

SUMMARIES = (
    "并分别于2023年12月15日前、2024年10月20日前向市残联报送推动落实《行动方案》中期、终期工作总结"
)

FINAL = "推动落实《行动方案》终期工作总结"


def rows(titles: dict[str, str], *numbers: str, role: Role = Role.RESPONSIBLE) -> tuple[Row, ...]:
    return tuple(Row(number, titles[number], role) for number in numbers)


def final_summary(
    kind: NoticeKind,
    days_left: int,
    working_days_left: int,
    unit: str = "市教育体育局",
    *,
    reason: Reason = Reason.DUE_SOON,
    numbers: tuple[str, ...] = ("5", "13"),
    for_information: bool = False,
) -> Item:
    """中山's final summary, due on Sunday 2024-10-20."""
    return Item(
        obligation=f"zhongshan-2023/final-summary/{unit}",
        kind=kind,
        reason=reason,
        step=kind.value,
        unit=unit,
        title=FINAL,
        to="市残联",
        due_on=date(2024, 10, 20),
        days_left=days_left,
        working_days_left=working_days_left,
        text=SUMMARIES,
        rows=rows(ZHONGSHAN_ROWS, *numbers),
        dated=(),
        plan=ZHONGSHAN,
        for_information=for_information,
        last_workday=date(2024, 10, 18),
    )


def assignment(
    kind: NoticeKind = NoticeKind.ASSIGNMENT, reason: Reason = Reason.FIRST_ASSIGNED
) -> Item:
    """市教育体育局's share of 中山's plan; it leads row 5 by the office's confirmation."""
    midterm = Dated(
        "推动落实《行动方案》中期工作总结",
        date(2023, 12, 15),
        "市残联",
        "zhongshan-2023/midterm-summary/市教育体育局",
        1,
        date(2023, 12, 15),
    )
    final = Dated(
        FINAL,
        date(2024, 10, 20),
        "市残联",
        "zhongshan-2023/final-summary/市教育体育局",
        1,
        date(2024, 10, 18),
    )
    return Item(
        obligation="zhongshan-2023/assignment/市教育体育局",
        kind=kind,
        reason=reason,
        step=kind.value,
        unit="市教育体育局",
        title="任务分工",
        to=None,
        due_on=None,
        days_left=None,
        working_days_left=None,
        text="各有关部门和镇街要对照任务分解表,结合本级实际,认真分析梳理目标任务,研究制定推进计划",
        rows=rows(ZHONGSHAN_ROWS, "5", role=Role.LEAD) + rows(ZHONGSHAN_ROWS, "13"),
        dated=(midterm, final) if kind is NoticeKind.ASSIGNMENT else (),
        plan=ZHONGSHAN,
    )


def haidong(number: str, kind: NoticeKind, due_on: date, days_left: int, working: int) -> Item:
    """A row of 海东's plan with a day that the office has set."""
    return Item(
        obligation=f"haidong-2023/row-{number.lower().replace('.', '-')}/市教育局",
        kind=kind,
        reason=Reason.STEP_REACHED if days_left < 0 else Reason.DUE_SOON,
        step=kind.value,
        unit="市教育局",
        title=HAIDONG_ROWS[number],
        to=None,
        due_on=due_on,
        days_left=days_left,
        working_days_left=working,
        text="按年度对本方案实施情况进行监测和评估",
        rows=rows(HAIDONG_ROWS, number),
        dated=(),
        plan=HAIDONG,
        last_workday=due_on,
    )


def digest(
    on: date,
    salutation: str,
    *items: Item,
    address: str = "liaison@education.zhongshan.example",
) -> Digest:
    key = f"{on}/{address}/{len(items)}"
    return Digest(key, on, address, salutation, items, ANSWERS)
