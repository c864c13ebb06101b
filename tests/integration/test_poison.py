"""One item, or one mail, that cannot be dealt with: it is named, and all the others go on."""

from collections.abc import Callable
from datetime import date

import pytest

from duban.store.database import writing
from duban.store.tables import NOTICE, OBLIGATION
from models.office import Office
from tests import builders
from tests.integration.offices import few
from tests.integration.site import Site

LIAISON = builders.address("甲局", "liaison")
OTHER = builders.address("乙局", "liaison")
BAD = "plan-2024/first/甲局"


@pytest.fixture
def office(open_site: Callable[[Office], Site]) -> Site:
    """Two reports of 甲局, everything acknowledged; the first is spoilt by ``_spoil``."""
    reports = (builders.report("first", title="总结甲"), builders.report("second", title="总结乙"))
    site = open_site(few(obligations=reports))
    site.on("01-02").apply()
    site.on("01-02").run()
    site.on("01-02").unit("甲局").acknowledges()
    site.sink.mails.clear()
    return site


def _spoil(site: Site, **values: object) -> None:
    with writing(site.workplace.engine) as connection:
        connection.execute(OBLIGATION.update().where(OBLIGATION.c.id == BAD).values(**values))


POISON = builders.sentences(
    [
        ("a kind that nobody knows", {"kind": "nonsense"}, "ValueError"),
        ("a stage that nobody knows", {"stage": "nonsense"}, "ValueError"),
        ("a date that no calendar reaches", {"due_on": date(9999, 12, 31)}, "outside the calendar"),
    ]
)


@pytest.mark.parametrize(("values", "because"), POISON)
def test_a_poison_item_is_named_and_the_others_are_planned(
    office: Site, values: dict[str, object], because: str
) -> None:
    _spoil(office, **values)
    for day in ("09-18", "09-30"):  # it is named each time, until somebody mends it
        summary = office.on(day).run()
        assert [line for line in summary.undone if BAD in line and because in line]
    assert len(office.sink.of(LIAISON)) == 2
    assert all("总结乙" in mail.text for mail in office.sink.of(LIAISON))


@pytest.mark.parametrize(("values", "because"), POISON)
def test_a_poison_item_does_not_stop_a_change_of_policy(
    office: Site, values: dict[str, object], because: str
) -> None:
    _spoil(office, **values)
    content = office.workplace.plan("plan-2024").matrix
    policy = builders.standard(title="另一套规则")
    office.edit(builders.office(builders.plan(content, policy=policy)))
    summary = office.on("09-18").run()
    assert [line for line in summary.undone if BAD in line]
    assert len(office.sink.of(LIAISON)) == 1


def test_a_poison_mail_fails_by_name_and_the_others_go(site: Site) -> None:
    site.on("01-02").apply()
    with writing(site.workplace.engine) as connection:
        query = NOTICE.update().where(NOTICE.c.recipient == LIAISON)
        connection.execute(query.values(kind="nonsense"))
    summary = site.on("01-02").run()
    assert (summary.messages_sent, summary.messages_failed) == (1, 1)
    assert summary.undone == ["1 mails were refused for good: `duban outbox list`"]
    assert site.mail_to(LIAISON).reply == "ValueError: 'nonsense' is not a valid NoticeKind"
    assert [mail.recipient for mail in site.sink.mails] == [OTHER]
    assert site.defects() == []
    assert site.on("01-03").run().undone == []


def test_a_plan_taken_out_of_the_matrices_stops_no_other(
    open_site: Callable[[Office], Site],
) -> None:
    first = builders.plan()
    content = builders.matrix(id="gone-2024", duties=(builders.duty(units=("丙局",)),))
    second = builders.plan(content.model_copy(update={"obligations": ()}))
    site = open_site(builders.office(first, second))
    site.on("01-02").apply()
    site.edit(builders.office(first))
    summary = site.on("01-02").run()
    assert (summary.messages_sent, summary.messages_failed) == (2, 0)
    waiting = site.mail_to(builders.address("丙局", "liaison"))
    assert waiting.state == "pending"
    assert "gone-2024" in waiting.reply
    assert summary.undone == ["1 mails were put off and will be tried again"]
