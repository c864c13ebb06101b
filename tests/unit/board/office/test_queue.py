"""待办: counts on top, the oldest first, page by page."""

import re

import pytest

from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from duban.store.database import writing
from duban.store.tables import DEFECT
from models.entry import EntryKind
from tests import builders
from tests.unit.board.office.browsers import DUTY, SUMMARY, Browser, Received


def _counts(text: str) -> dict[str, int]:
    found = re.findall(r'<a href="#(\w+)">\S+ <strong>(\d+)</strong>', text)
    return {name: int(count) for name, count in found}


def test_every_group_is_counted_and_shown(
    completed: Workplace, post: Received, clerk: Browser
) -> None:
    enter(completed, DUTY, Saying(EntryKind.DECLINED, "不是我局"), builders.occasion("2024-01-03"))
    post.mail()
    with writing(completed.engine) as connection:
        opened = builders.instant(builders.date(2024, 1, 3))
        values = {"address": "x@gone.example", "because": "550 unknown", "opened_at": opened}
        connection.execute(DEFECT.insert().values(values))
    text = clerk.get("/office")
    assert _counts(text) == {
        "completed": 1, "accepted": 0, "declined": 1, "asked": 0, "mails": 1, "defects": 1,
        "unreachable": 0,
    }  # fmt: skip
    for said in ("总结已报", "不是我局", "来信1", "x@gone.example", "550 unknown"):
        assert said in text


def test_the_oldest_come_first(people: Workplace, clerk: Browser) -> None:
    for key, day in ((DUTY, "2024-01-03"), (SUMMARY, "2024-01-04")):
        enter(people, key, Saying(EntryKind.COMPLETED), builders.occasion(day))
    text = clerk.get("/office/waiting/completed")
    assert text.index("第1项") < text.index("工作总结")


def test_a_long_group_has_pages_of_fifty(post: Received, clerk: Browser) -> None:
    for _ in range(51):
        post.mail()
    text = clerk.get("/office")
    assert text.count("/office/mails/") == 10
    assert "看全部51件" in text
    text = clerk.get("/office/waiting/mails")
    assert text.count("/office/mails/") == 50
    assert "第1页，共2页" in text
    text = clerk.get("/office/waiting/mails?page=2")
    assert "来信51" in text
    assert '<ol class="history" start="51">' in text
    assert "第2页，共2页" in clerk.get("/office/waiting/mails?page=999999")


@pytest.mark.parametrize("page", ["0", "-1", "x", "９", "99999999999999999999"])
def test_a_page_that_is_none_is_the_first_or_the_last(clerk: Browser, page: str) -> None:
    clerk.get(f"/office/waiting/completed?page={page}")
    assert clerk.status == 200


def test_an_unknown_group(clerk: Browser) -> None:
    clerk.get("/office/waiting/nonsense")
    assert clerk.status == 404


def test_units_without_a_liaison_are_named(people: Workplace, app: object, clerk: Browser) -> None:
    without = builders.roster(["乙局", "丙局"])
    bare = builders.edited(people, builders.office(builders.plan(contacts=without)))
    object.__setattr__(app.state.site, "look", lambda: bare)  # type: ignore[attr-defined]
    text = clerk.get("/office/waiting/unreachable")
    assert "不能联系（1）" in text
    assert "甲局" in text
