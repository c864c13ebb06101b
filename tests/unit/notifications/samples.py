"""Mails as they really occur; run as a module, it writes tests/golden anew."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from models.notice import Reason
from models.policy import NoticeKind
from notifications.digest import Digest
from notifications.message import Message, Sender
from notifications.mime import build
from notifications.render import render
from tests.unit.notifications.sample_decisions import (
    answerable,
    decisions,
    missing,
    requests,
    returned,
    several,
)
from tests.unit.notifications.sample_items import assignment, digest, final_summary, haidong
from tests.unit.notifications.sample_plans import HAIDONG_ROWS, ZHONGSHAN_ROWS

GOLDEN = Path(__file__).parents[2] / "golden"

SENDER = Sender(
    "duban@zhongshan.example", "中山市残联督办专班", "duban.zhongshan.example", "zhongshan.example"
)

SENT_AT = datetime(2024, 10, 15, 1, tzinfo=UTC)

REPLIES = "duban+0123456789abcdef-abcdefghijklmnopqrst@zhongshan.example"

ANSWERED = SENDER._replace(
    reply_to=lambda _key, _address, _items: REPLIES,
    bounces_to=lambda _key, _address, _items: REPLIES,
)


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
        "several-answerable": several(),
        "assignment-answerable": answerable(
            digest(date(2023, 3, 7), "市教育体育局联络员", assignment())
        ),
        "returned": answerable(
            digest(date(2024, 10, 10), "市教育体育局联络员", returned()), is_minimal=True
        ),
        "decisions": decisions(),
        "requests": requests(),
        "inner-date": missing(),
    }


def message(sample: Digest) -> Message:
    sender = ANSWERED if sample.reads_replies else SENDER
    return build(render(sample), sample, sender, SENT_AT)


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
