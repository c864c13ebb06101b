"""Mails as they really occur; run as a module, it writes tests/golden anew."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from models.notice import Reason
from models.obligation import Role
from models.policy import NoticeKind
from notifications.digest import Dated, Digest, Item, PlanHead, Row
from notifications.message import Message, Sender
from notifications.mime import build
from notifications.render import render

GOLDEN = Path(__file__).parents[2] / "golden"

SENDER = Sender(
    "duban@zhongshan.example", "中山市残联督办专班", "duban.zhongshan.example", "zhongshan.example"
)
SENT_AT = datetime(2024, 10, 15, 1, tzinfo=UTC)
ANSWERS = (
    "电话答复：请与联系单位联系，由其登记签收、报送和办结情况。",
    "回复本邮件：直接发至联系单位邮箱。",
)

ZHONGSHAN = PlanHead(
    id="zhongshan-2023",
    title="中山市贯彻落实广东省促进残疾人就业三年行动方案(2022-2024年)",
    document_number="中府办函〔2023〕19号",
    issued_on=date(2023, 3, 7),
    coordinator="市残联",
    coordinator_phone="（示例号码）0000-0000001",
    coordinator_address="supervision@disabled-persons-federation.zhongshan.example",
)
HAIDONG = PlanHead(
    id="haidong-2023",
    title="海东市促进残疾人就业行动实施方案",
    document_number="东政办〔2023〕70号",
    issued_on=date(2023, 8, 11),
    coordinator="市政府残疾人工作委员会办公室",
    coordinator_phone="（示例号码）0000-0000003",
    coordinator_address="supervision@office.haidong.example",
)

ZHONGSHAN_ROWS = {
    "1": "实施机关、事业单位带头安排残疾人就业行动",
    "2": "实施国有企业安排残疾人就业行动",
    "3": "实施民营企业安排残疾人就业行动",
    "4": "实施社会组织、爱心企业助力残疾人就业行动",
    "5": "实施残疾人高校毕业生就业帮扶行动",
    "6": "实施失业登记和零就业家庭残疾人就业帮扶行动",
    "7": "实施农村残疾人就业帮扶行动",
    "8": "实施盲人群体就业创业帮扶行动",
    "9": "实施智力、精神和重度肢体残疾人就业帮扶行动",
    "10": "实施“美丽工坊”残疾妇女就业增收服务行动",
    "11": "实施残疾人自主创业、灵活就业提升行动",
    "12": "实施残疾人集中就业提升行动",
    "13": "实施残疾人职业技能提升行动",
    "14": "实施残疾人就业服务提升行动",
    "15": "实施信息技术助残就业提升行动",
}

HAIDONG_ROWS = {
    "2.1": "实施机关、事业单位带头安排残疾人就业行动",
    "2.2": "实施国有企业安排残疾人就业行动",
    "2.3": "实施民营企业安排残疾人就业行动",
    "2.4": "实施残疾人组织助残就业行动",
    "2.5": "实施就业困难残疾人就业帮扶行动",
    "2.6": "实施农牧区残疾人就业帮扶行动",
    "2.7": "实施残疾人大学生就业帮扶行动",
    "2.8": "实施盲人按摩就业促进行动",
    "2.9": "实施残疾人就业服务提升行动",
    "2.10": "实施残疾人职业技能提升行动",
    "A1": "推进机关、事业单位和国有企业带头安置残疾人就业",
    "A2": "经营性人力资源服务机构等免费推荐残疾人就业，按照人力资源社会保障部门就业补助政策规定"
    "的领取条件和标准落实职业介绍补贴",
    "A3": "对超比例安排残疾人就业用人单位给予奖励；开发残疾人就业岗位，新增就业岗位给予一次性奖"
    "励；为残疾人提供自主创业扶持，在政策、资金和经营场地等方面给予扶持",
    "A4": "做好残疾人就业保障金征缴工作，落实残疾人就业保障金减免、增值税优惠政策，对残疾人个人"
    "取得的劳动所得，按规定减征个人所得税",
    "A5": "通过挂牌认证的方式，建立“四类服务残疾人就业机构”，建立健全准入、退出和评估机制及管"
    "理办法",
    "A6": "公益性岗位安排残疾人就业，按规定的领取条件和标准落实公益性岗位补贴和社会保险补贴",
    "A7": "实施党组织和党员干部助残帮扶行动，推动农牧区残疾人就业增收，为农牧区残疾人提供生产扶持",
    "A8": "为残疾人提供就业技能培训，为农牧区残疾人提供实用技术培训，重点围绕培训人数、就业率等"
    "指标进行评估，对符合条件人员在参加培训期间给予补贴",
    "A9": "加强残疾人就业促进政策与社会保障政策的衔接，落实就业残疾人税收优惠政策",
    "A10": "开展残疾人就业援助，举办残疾人就业招聘会、残疾人职业技能赛等就业服务和交流活动",
}

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


def thirty_five() -> Digest:
    """A bad day: 海东's twenty rows and 中山's fifteen, all at once."""
    on = date(2024, 10, 31)
    ladder = (
        NoticeKind.SLIP_RED,
        NoticeKind.SLIP_ORANGE,
        NoticeKind.SLIP_BLUE,
        NoticeKind.CHASE,
        NoticeKind.REMINDER,
    )
    days = {
        NoticeKind.SLIP_RED: (date(2024, 10, 20), -11, -9),
        NoticeKind.SLIP_ORANGE: (date(2024, 10, 25), -6, -4),
        NoticeKind.SLIP_BLUE: (date(2024, 10, 30), -1, -1),
        NoticeKind.CHASE: (date(2024, 9, 30), -31, -18),
        NoticeKind.REMINDER: (date(2024, 10, 31), 0, 0),
    }
    found = [
        haidong(number, ladder[index % 5], *days[ladder[index % 5]])
        for index, number in enumerate(HAIDONG_ROWS)
    ]
    for number, title in ZHONGSHAN_ROWS.items():
        item = final_summary(NoticeKind.REMINDER, 61, 42, unit="市教育局", numbers=(number,))
        found.append(
            item._replace(
                obligation=f"zhongshan-2023/row-{number}/市教育局",
                title=title,
                to=None,
                due_on=date(2024, 12, 31),
                last_workday=date(2024, 12, 31),
            )
        )
    return digest(on, "市教育局 联络员", *found)


def mixed() -> Digest:
    """One of each kind that the other samples do not show."""
    on = date(2024, 10, 18)
    return digest(
        on,
        "市残联 督办专班",
        assignment(reason=Reason.REVISED),
        final_summary(NoticeKind.REMINDER, 2, 0),
        final_summary(
            NoticeKind.SLIP_RED,
            -11,
            -9,
            "市财政局",
            reason=Reason.UNREACHABLE,
            for_information=True,
        ),
        final_summary(
            NoticeKind.REMINDER, 2, 0, "小榄镇", numbers=("1", "2"), for_information=True
        ),
        assignment(NoticeKind.ACKNOWLEDGE_CHASE, Reason.NO_ACKNOWLEDGEMENT)._replace(
            unit="市商务局"
        ),
        haidong("A7", NoticeKind.REMINDER, date(2027, 12, 31), 1169, 833)._replace(
            provisional=True
        ),
        haidong("A8", NoticeKind.REMINDER, on, 0, 0),
        haidong("2.1", NoticeKind.SLIP_BLUE, date(2024, 10, 17), -1, -1),
        address="supervision@disabled-persons-federation.zhongshan.example",
    )


def samples() -> dict[str, Digest]:
    """Every sample by its name in tests/golden."""
    office = "supervision@disabled-persons-federation.zhongshan.example"
    late = ("市卫生健康局", "市商务局", "市税务局", "市医疗保障局", "古镇镇", "石岐街道")
    orange = [
        final_summary(
            NoticeKind.SLIP_ORANGE, -4, -4, unit, reason=Reason.STEP_REACHED, for_information=True
        )
        for unit in late
    ]
    return {
        "reminder": digest(
            date(2024, 10, 15), "市教育体育局 联络员", final_summary(NoticeKind.REMINDER, 5, 3)
        ),
        "assignment": digest(date(2023, 3, 7), "市教育体育局 联络员", assignment()),
        "orange-slip-copied": digest(
            date(2024, 10, 24), "市残联 督办专班", *orange, address=office
        ),
        "overdue-chase": digest(
            date(2024, 11, 14),
            "市教育体育局 主要负责人",
            final_summary(NoticeKind.CHASE, -25, -19, reason=Reason.STEP_REACHED),
            address="head@education.zhongshan.example",
        ),
        "thirty-five": thirty_five(),
        "mixed": mixed(),
    }


def message(sample: Digest) -> Message:
    return build(render(sample), sample, SENDER, SENT_AT)


def parsed(built: Message) -> EmailMessage:
    return message_from_bytes(built.data, policy=policy.default)  # type: ignore[return-value]


def described(mail: EmailMessage) -> str:
    """A mail as a parser sees it: decoded headers, each part's type, the text of files."""
    lines = [f"{name}: {value}" for name, value in mail.items()]
    for part in mail.walk():
        lines.append("")
        lines.append(f"[{part.get_content_type()}] {part.get_filename() or ''}".rstrip())
        if part.get_filename():
            lines.append(part.get_content().replace("\r\n", "\n"))
    return "\n".join(lines) + "\n"


def files(sample: Digest) -> dict[str, str]:
    """What stands in tests/golden for a sample, by file ending."""
    rendered = render(sample)
    return {
        "txt": f"{rendered.subject}\n\n{rendered.text}",
        "html": rendered.html,
        "eml": described(parsed(message(sample))),
    }


def main() -> None:
    """Write tests/golden anew; read the difference before it is committed."""
    for name, sample in samples().items():
        for ending, text in files(sample).items():
            (GOLDEN / f"{name}.{ending}").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
