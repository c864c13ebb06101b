"""The numbers of a mail's items: on record before the mail goes, and good for every copy of it."""

import json
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

from duban.feedback.tokens import Tokens
from duban.service.sending.deliver import deliver
from models.office import Office
from notifications.message import Sender
from notifications.wording import SENTINEL
from tests import builders
from tests.integration.offices import SENDER, few, many
from tests.integration.sink import Behaviour
from tests.integration.site import Site

LIAISON = builders.address("甲局", "liaison")
FIRST, SECOND = "plan-2024/summary/甲局", "plan-2024/second/甲局"
ASSIGNMENT = "plan-2024/assignment/甲局"
TOKENS = Tokens(("k" * 32,))


def _tagged(key: str, address: str, items: Any) -> str:
    return f"duban+{TOKENS.tag(key, address, items)}@city.example"


ANSWERED: Sender = SENDER._replace(reply_to=_tagged, bounces_to=_tagged)


def _items(site: Site, recipient: str = LIAISON) -> list[str]:
    found: list[str] = json.loads(site.mail_to(recipient).items or "[]")
    return found


@pytest.fixture
def two(site: Site) -> Site:
    """甲局 owes two reports, and has acknowledged; both are to be reminded of on 09-18."""
    site.edit(few(obligations=(builders.report(), builders.report("second", title="总结乙"))))
    site.on("01-02").apply()
    site.on("01-02").unit("甲局").acknowledges()
    return site


def test_the_numbers_are_on_record_when_the_server_gets_the_mail(two: Site) -> None:
    seen: list[list[str]] = []
    two.on("09-18").plan()
    two.sink.on_mail = lambda _count: seen.append(_items(two))
    two.on("09-18").deliver()
    assert sorted(_items(two)) == sorted([FIRST, SECOND])
    assert _items(two) in seen
    [mail] = two.sink.of(LIAISON)
    order = sorted([("总结乙", SECOND), ("】工作总结", FIRST)], key=lambda p: mail.text.index(p[0]))
    assert [item for _, item in order] == _items(two)


def test_an_office_gets_no_numbers_to_answer_by(two: Site) -> None:
    two.on("10-24").run()
    office = "office@coordination.example"
    assert two.sink.of(office)
    assert _items(two, office) == []


def test_a_copy_that_goes_again_keeps_the_numbers_that_may_have_arrived(two: Site) -> None:
    two.sink.behaviours[LIAISON] = Behaviour("dot", does="hang up", times=1)
    day = two.on("09-18")
    day.run()
    first, second = _items(two)
    assert two.mail_to(LIAISON).state == "uncertain"
    day.unit("甲局").completes(first.split("/")[1])
    day.later(6).deliver()
    _, again = two.sink.of(LIAISON)
    assert "\n2. 【督办提醒】" in again.text
    assert "\n1. 【" not in again.text
    assert _items(two) == [first, second]


def test_a_mail_that_was_surely_not_taken_is_numbered_anew(two: Site) -> None:
    two.sink.behaviours[LIAISON] = Behaviour("data", "451 4.3.0 later", times=1)
    day = two.on("09-18")
    day.run()
    first, second = _items(two)
    day.unit("甲局").completes(first.split("/")[1])
    day.later(6).deliver()
    [mail] = two.sink.of(LIAISON)
    assert "\n1. 【督办提醒】" in mail.text
    assert _items(two) == [second]


def test_the_tag_in_the_reply_address_names_this_very_mail(two: Site) -> None:
    day = two.on("09-18")
    day.plan()
    deliver(two.workplace, two.channel, ANSWERED, day.moment)
    [mail] = two.sink.of(LIAISON)
    row = two.mail_to(LIAISON)
    assert mail.text.startswith(SENTINEL)
    tag = TOKENS.tag(row.key, LIAISON, _items(two))
    assert mail.sender == f"duban+{tag}@city.example"
    assert TOKENS.is_tag_of(tag, row.key, LIAISON, _items(two))


def test_after_a_kill_every_copy_has_the_numbers_on_record(
    open_site: Callable[[Office], Site],
) -> None:
    units = 50
    site = open_site(many(units))
    site.on("09-13").apply()
    site.on("09-18").plan()
    process = 0

    def strike(count: int) -> None:
        if count == 10:
            os.kill(process, signal.SIGKILL)

    site.sink.on_mail = strike
    job: dict[str, object] = {"as_of": "2024-09-18", "port": site.sink.port, "units": units}
    process = site.workers.start("deliver", site.url, **job)
    site.workers.wait(process)
    begun = {row.id: row.items for row in site.mails() if row.state == "uncertain"}
    assert len(begun) == 1
    assert all(json.loads(items) for items in begun.values())
    site.sink.on_mail = lambda _count: None
    site.on("09-18").deliver()
    after = {row.id: row.items for row in site.mails()}
    assert begun.items() <= after.items()
    assert all(json.loads(row.items) for row in site.mails() if row.state == "sent")
