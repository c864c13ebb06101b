"""The ledger and the plans on the office's pages."""

import pytest

from duban.service.workplace import Workplace
from tests.unit.board.office.browsers import SUMMARY, Browser


def test_the_whole_ledger(completed: Workplace, clerk: Browser) -> None:
    text = clerk.get("/office/ledger")
    assert "共5件" in text
    assert "甲局联络员（a@b.example）" in text
    assert "已办结" in text


def test_units_stand_in_the_order_of_the_document(completed: Workplace, clerk: Browser) -> None:
    for path in ("/office/ledger", "/office/plans/plan-2024"):
        text = clerk.get(path)
        assert text.index(">甲局<") < text.index(">乙局<"), path


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?plan=plan-2024", 5),
        ("?plan=nonsense", 0),
        ("?unit=乙局", 2),
        ("?light=green", 5),
        ("?light=red", 0),
        ("?light=nonsense", 5),
        ("?unit=%00", 5),
        ("?page=9", 5),
    ],
)
def test_it_is_narrowed_down(completed: Workplace, clerk: Browser, query: str, count: int) -> None:
    assert f"共{count}件" in clerk.get(f"/office/ledger{query}")


def test_plans_with_their_counts(completed: Workplace, clerk: Browser) -> None:
    assert "某方案" in clerk.get("/office/plans")
    text = clerk.get("/office/plans/plan-2024")
    assert "共5件" in text
    assert "已办结 1件" in text
    assert "/office/ledger?plan=plan-2024&amp;unit=%E4%B9%99%E5%B1%80" in text
    clerk.get("/office/plans/nonsense")
    assert clerk.status == 404


def test_every_item_can_be_opened_from_it(completed: Workplace, clerk: Browser) -> None:
    assert SUMMARY.partition("甲局")[0] in clerk.get("/office/ledger")
