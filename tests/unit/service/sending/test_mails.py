"""The outbox as the office mends it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from duban.service.apply import apply
from duban.service.sending.mails import retry_mail
from duban.service.workplace import Workplace
from duban.store import mail_records, outbox, outcomes
from duban.store.database import reading, writing
from tests import builders

DAY = date(2024, 1, 2)
LIAISON = builders.address("甲局", "liaison")


@pytest.fixture(params=["sqlite", "postgresql"])
def refused(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    """A ledger whose first mail, that of 甲局's liaison, was refused for good."""
    url = builders.ledger_url(request, tmp_path)
    with builders.ledger_at(url, builders.office(builders.plan())) as found:
        apply(found, found.office.plans.values(), builders.occasion("2024-01-02"))
        with writing(found.engine) as connection:
            mails = outbox.claim(connection, "me", DAY, builders.instant(DAY), 10)
            mail = next(mail for mail in mails if mail.recipient == LIAISON)
            outcomes.failed(connection, mail, "550 no", builders.instant(DAY), is_defect=True)
        yield found


def _retried(workplace: Workplace) -> tuple[str, list[str]]:
    """The address that the failed mail will go to, and the defects that are left."""
    with reading(workplace.engine) as connection:
        (failed,) = mail_records.mails(connection, outbox.MailState.FAILED)
    retry_mail(workplace, failed.id, DAY)
    with reading(workplace.engine) as connection:
        mail = mail_records.mail(connection, failed.id)
        assert mail is not None
        return mail.recipient, [row.address for row in mail_records.defects(connection)]


def test_a_retried_mail_goes_to_the_address_that_the_roster_has_now(refused: Workplace) -> None:
    mended = builders.roster(["甲局", "乙局", "丙局"], 甲局={"liaison": "new@unit.example"})
    office = builders.office(builders.plan(contacts=mended))
    assert _retried(builders.edited(refused, office)) == ("new@unit.example", [])


def test_where_nobody_holds_the_post_now_it_goes_to_who_hears_of_it_instead(
    refused: Workplace,
) -> None:
    office = builders.office(builders.plan(contacts=builders.roster(["乙局", "丙局"])))
    assert _retried(builders.edited(refused, office)) == ("office@coordination.example", [])


def test_of_a_plan_that_is_not_there_it_goes_where_it_went(refused: Workplace) -> None:
    assert _retried(builders.edited(refused, builders.office())) == (LIAISON, [])
