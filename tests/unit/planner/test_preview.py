"""The preview: its shape and its edges. Its dates are checked in tests/acceptance/test_dates.py."""

from datetime import date

from duban.planner.preview import Foreseen, preview
from models.office import Plan
from tests.builders import duty, ladders, matrix, plan, report, roster, shipped

FAR = date(2027, 12, 31)


def _preview(content: Plan, first: str, last: str, applied_on: str | None = None) -> list[Foreseen]:
    days = date.fromisoformat(first), date.fromisoformat(last)
    applied = date.fromisoformat(applied_on) if applied_on else None
    return preview(content, ladders(), *days, applied)


def _told(found: list[Foreseen]) -> list[tuple[str, str, str]]:
    return [(f"{seen.notice.on:%m-%d}", seen.notice.unit, seen.notice.step) for seen in found]


def test_one_entry_per_obligation_unit_and_rung_with_the_recipients_inside() -> None:
    found = _preview(plan(), "2024-10-20", "2024-10-31")
    assert _told(found) == [
        ("10-21", "甲局", "slip-blue"),
        ("10-24", "甲局", "slip-orange"),
        ("10-31", "甲局", "slip-red"),
    ]
    assert [len(seen.notice.recipients) for seen in found] == [2, 3, 5]


def test_both_ends_are_included_and_what_lies_outside_is_not() -> None:
    assert _told(_preview(plan(), "2024-10-17", "2024-10-18")) == [
        ("10-17", "甲局", "reminder-1w"),
        ("10-18", "甲局", "reminder-0"),
    ]
    assert _preview(plan(), "2024-10-19", "2024-10-20") == []
    assert _preview(plan(), "2024-12-31", "2024-01-01") == []


def test_without_an_answer_the_assignment_is_chased_twice_and_covers_its_rows() -> None:
    content = plan(matrix(duties=(duty("1"), duty("2", units=("乙局",))), obligations=()))
    found = _preview(content, "2024-01-01", "2024-12-31")
    assert _told(found) == [
        ("01-02", "甲局", "assignment"),
        ("01-02", "乙局", "assignment"),
        ("01-05", "甲局", "acknowledge-chase-1"),
        ("01-05", "乙局", "acknowledge-chase-1"),
        ("01-09", "甲局", "acknowledge-chase-2"),
        ("01-09", "乙局", "acknowledge-chase-2"),
    ]
    assert {seen.notice.unit: seen.duties for seen in found} == {"甲局": ("1",), "乙局": ("1", "2")}
    assert found[0].notice.obligation == "plan-2024/assignment/甲局"


def test_a_late_application_says_at_once_only_what_holds_then() -> None:
    found = _preview(plan(), "2024-01-01", "2024-11-07", applied_on="2024-10-26")  # a Saturday
    assert [told for told in _told(found) if told[1] == "甲局"] == [
        ("10-28", "甲局", "assignment"),
        ("10-28", "甲局", "slip-orange"),
        ("10-30", "甲局", "acknowledge-chase-1"),
        ("10-31", "甲局", "slip-red"),
        ("11-01", "甲局", "acknowledge-chase-2"),
        ("11-07", "甲局", "chase-1"),
    ]


def test_a_draft_is_counted_from_the_first_day_of_its_period() -> None:
    draft = matrix(
        status="draft", issued_on=None, period={"first": "2024-02-10", "last": "2024-12-31"}
    )
    first = _preview(plan(draft), "2024-01-01", "2024-12-31")[0].notice
    assert (first.on, first.step) == (date(2024, 2, 18), "assignment")  # after the Spring Festival


def test_external_owers_and_undated_obligations_give_no_notice() -> None:
    specs = (report("external", who=("企业",), external=True), report("undated", on=None))
    found = preview(plan(matrix(obligations=specs)), ladders(), date(2024, 1, 1), FAR)
    assert {seen.notice.obligation.split("/")[1] for seen in found} == {"assignment"}


def test_a_notice_in_a_year_without_published_workdays_is_provisional() -> None:
    long = matrix(
        period={"first": "2024-01-01", "last": "2026-12-31"}, obligations=(report(on="2026-12-31"),)
    )
    found = _preview(plan(long), "2026-12-30", "2027-01-10")
    assert [(str(seen.notice.on), seen.is_provisional) for seen in found] == [
        ("2026-12-30", False),
        ("2026-12-31", False),
        ("2027-01-01", True),  # a Friday; that it is New Year's Day nobody has published yet
        ("2027-01-06", True),
    ]


def test_a_unit_without_contacts_is_foreseen_as_a_word_to_the_office() -> None:
    found = _preview(plan(contacts=roster([])), "2024-10-18", "2024-10-18")
    assert [[to.address for to in seen.notice.recipients] for seen in found] == [
        ["office@coordination.example"]
    ]


def test_the_entries_come_in_order_of_day() -> None:
    for content in shipped().plans.values():
        found = preview(content, ladders(), date(2022, 1, 1), FAR)
        days = [seen.notice.on for seen in found]
        assert days == sorted(days)
        assert len({(s.notice.obligation, s.notice.step) for s in found}) == len(found)
