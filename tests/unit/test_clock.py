"""The one clock."""

from datetime import UTC, date, datetime, timedelta

from duban.clock import now, today


def test_now_is_a_plain_instant_in_utc() -> None:
    instant = now()
    assert type(instant) is datetime
    assert instant.tzinfo is UTC
    assert abs(instant - datetime.now(UTC)) < timedelta(seconds=5)


def test_today_is_a_plain_date_and_depends_on_the_place() -> None:
    # Kiritimati is 26 hours ahead of Baker Island: never the same date.
    east, west = today("Pacific/Kiritimati"), today("Etc/GMT+12")
    assert type(east) is date
    assert timedelta(days=1) <= east - west <= timedelta(days=2)
