"""The plan that the tests of this folder find applied: its day, and the mails to one liaison."""

from datetime import date, timedelta
from typing import Any

from duban.service.workplace import Workplace
from duban.store import mail_records, outbox, planning
from duban.store.database import Connection, reading, writing
from duban.store.outbox import Claimed
from duban.store.tables import NOTICE
from models.notice import Notice, Reason, Recipient
from models.policy import NoticeKind
from models.roster import Post
from tests import builders

DAY = date(2024, 1, 2)
AT = builders.instant(DAY)
NEXT = DAY + timedelta(days=1)
LIAISON = builders.address("甲局", "liaison")


def claim(workplace: Workplace, holder: str = "me", **others: Any) -> list[Claimed]:
    """What a sender takes of the mails that may go."""
    given: dict[str, Any] = {"as_of": DAY, "moment": AT, "limit": 10} | others
    with writing(workplace.engine) as connection:
        return outbox.claim(connection, holder, **given)


def say(connection: Connection, step: str = "another") -> None:
    """Say something more to 甲局's liaison."""
    notice = Notice(
        on=DAY,
        kind=NoticeKind.REMINDER,
        reason=Reason.DUE_SOON,
        obligation="plan-2024/summary/甲局",
        revision=1,
        unit="甲局",
        step=step,
        due_on=None,
        recipients=(Recipient(Post.LIAISON, LIAISON),),
    )
    planning.queue(connection, [notice], DAY)


def rows(workplace: Workplace) -> list[Any]:
    """The mails to 甲局's liaison, oldest first."""
    with reading(workplace.engine) as connection:
        mails = mail_records.mails(connection)[::-1]
    return [row for row in mails if row.recipient == LIAISON]


def steps(workplace: Workplace, mail: int) -> set[str]:
    """The rungs that a mail speaks of."""
    with reading(workplace.engine) as connection:
        notices = connection.execute(NOTICE.select().where(NOTICE.c.outbox_id == mail))
        return {row.step for row in notices}
