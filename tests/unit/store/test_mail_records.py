"""What the outbox shows: the contents of a mail."""

from duban.service.workplace import Workplace
from duban.store import mail_records
from duban.store.database import reading
from duban.store.outbox import Claimed


def test_a_mail_lists_its_notices_and_their_units_share(applied: Workplace, mail: Claimed) -> None:
    with reading(applied.engine) as connection:
        [row] = mail_records.contents(connection, [mail.id])
        share = mail_records.shares(connection, [(row.plan_id, row.unit)])
        assert mail_records.shares(connection, []) == []
    assert (row.id, row.step, row.plan_title) == (
        "plan-2024/assignment/甲局",
        "assignment",
        "某方案",
    )
    assert [item.id.split("/", 1)[1] for item in share] == [
        "assignment/甲局",
        "duty/1/甲局",
        "summary/甲局",
    ]
