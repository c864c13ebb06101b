"""Calendar entries: whole days, stable identity, one file for each due date."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from models.notice import Reason
from models.policy import NoticeKind
from notifications.calendar_entry import MOST_DATES, calendar_entries
from notifications.digest import Dated, Digest, Item
from tests.unit.notifications.sample_items import assignment, digest, final_summary

ON = date(2024, 10, 15)


def _events(sample: Digest) -> list[Any]:
    return [
        event
        for _, file in calendar_entries(sample)
        for event in Calendar.from_ical(file).walk("VEVENT")
    ]


def _only(item: Item, on: date = ON) -> Any:
    (event,) = _events(digest(on, "x", item))
    return event


def test_an_entry_lasts_the_whole_stated_day() -> None:
    event = _only(final_summary(NoticeKind.REMINDER, 5, 3))
    assert event["dtstart"].dt == date(2024, 10, 20)
    assert event["dtend"].dt == date(2024, 10, 21)
    assert event["summary"] == "截止：推动落实《行动方案》终期工作总结（报送市残联）"


def test_its_alarm_rings_at_nine_on_the_last_workday() -> None:
    event = _only(final_summary(NoticeKind.REMINDER, 5, 3))
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-2, hours=9)


def test_its_identity_is_that_of_the_obligation_whatever_mail_it_comes_with() -> None:
    reminded = _only(final_summary(NoticeKind.REMINDER, 5, 3))
    assigned = _events(digest(date(2023, 3, 7), "x", assignment()))
    assert reminded["uid"] == assigned[-1]["uid"]
    assert assigned[0]["uid"] != assigned[1]["uid"]


def test_units_have_entries_of_their_own() -> None:
    uids = {
        str(_only(final_summary(NoticeKind.REMINDER, 5, 3, unit))["uid"])
        for unit in ("市财政局", "市民政局", "古镇镇")
    }
    assert len(uids) == 3


def test_a_moved_date_is_a_new_sequence_of_the_same_entry() -> None:
    item = final_summary(NoticeKind.REMINDER, 5, 3)
    moved = item._replace(due_on=date(2024, 11, 20), calendar_sequence=2)
    assert _only(moved)["uid"] == _only(item)["uid"]
    assert _only(moved)["sequence"] == 2


def test_one_file_for_each_due_date_with_all_that_is_due_then() -> None:
    first = final_summary(NoticeKind.REMINDER, 5, 3, "市财政局")
    second = final_summary(NoticeKind.REMINDER, 5, 3, "市民政局")
    third = final_summary(NoticeKind.REMINDER, 5, 3, "古镇镇")._replace(due_on=date(2024, 12, 31))
    entries = calendar_entries(digest(ON, "x", third, second, first))
    assert [due_on for due_on, _ in entries] == [date(2024, 10, 20), date(2024, 12, 31)]
    uids = {str(event["uid"]) for event in Calendar.from_ical(entries[0][1]).walk("VEVENT")}
    assert len(uids) == 2


def test_nothing_for_what_is_past_due_today_copied_or_a_slip() -> None:
    item = final_summary(NoticeKind.REMINDER, 5, 3)
    assert _events(digest(date(2024, 10, 20), "x", item)) == []
    assert _events(digest(ON, "x", item._replace(for_information=True))) == []
    assert _events(digest(ON, "x", item._replace(kind=NoticeKind.SLIP_BLUE))) == []


def test_the_number_of_files_is_capped_and_the_nearest_dates_stay() -> None:
    dated = tuple(
        Dated(f"第{day}项", date(2025, 1, day), None, f"plan/key-{day}/unit")
        for day in range(1, MOST_DATES + 4)
    )
    entries = calendar_entries(digest(ON, "x", assignment()._replace(dated=dated)))
    assert [due_on.day for due_on, _ in entries] == list(range(1, MOST_DATES + 1))


def test_the_calendar_names_its_method_and_zone() -> None:
    ((_, file),) = calendar_entries(digest(ON, "x", final_summary(NoticeKind.REMINDER, 5, 3)))
    calendar = Calendar.from_ical(file)
    assert calendar["method"] == "PUBLISH"
    assert calendar["x-wr-timezone"] == "Asia/Shanghai"
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


@given(st.text(st.characters(), max_size=200), st.text(st.characters(), max_size=40))
def test_no_title_adds_a_property(title: str, to: str) -> None:
    item = final_summary(NoticeKind.REMINDER, 5, 3)._replace(title=title, to=to)
    event = _only(item)
    sound = _only(final_summary(NoticeKind.REMINDER, 5, 3))
    assert set(event) == set(sound)
    assert event["uid"] == sound["uid"]
    assert len(event.subcomponents) == 1


def test_a_decision_moves_the_entry_to_the_date_in_force() -> None:
    reminded = _only(final_summary(NoticeKind.REMINDER, 5, 3))
    granted = final_summary(NoticeKind.DECISION, 17, 13, reason=Reason.EXTENSION_GRANTED)
    later = granted._replace(due_on=date(2024, 11, 1), calendar_sequence=2)
    event = _only(later)
    assert (event["uid"], event["sequence"]) == (reminded["uid"], 2)
    assert event["dtstart"].dt == date(2024, 11, 1)


def test_what_is_suspended_or_anothers_has_no_entry() -> None:
    gone = final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.SUSPENDED)
    assert _events(digest(ON, "x", gone._replace(due_on=None))) == []
