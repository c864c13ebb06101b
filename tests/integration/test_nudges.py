"""Mails that go and the nudges that follow them, with a real mail server and a real robot's."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from duban.service.runs import Summary
from duban.service.sending.nudges import send_nudges
from duban.store import mail_records, nudges
from duban.store.database import reading, writing
from models.office import Office
from models.robot import NO_ROBOTS, Robots
from tests import builders
from tests.integration.offices import robot_at
from tests.integration.site import Day, Site
from tests.unit.notifications.channels.robot_sink import Answer, RobotSink, robot_sink, says

# Apprise loads all its plugins, and one of them a module that Python 3.13 no longer has.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

UNITS = ("甲局", "乙局", "丙局")
FIRST = "01-02"


@pytest.fixture
def robots(monkeypatch: pytest.MonkeyPatch) -> Iterator[RobotSink]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with robot_sink() as found:
        yield found


def _office() -> Office:
    """甲局 and 乙局 share a robot, 甲局 has one more, and 乙局 names one that no file knows."""
    contacts: dict[str, Any] = {
        unit: {"liaison": {"address": builders.address(unit, "liaison"), "nudge": names}}
        for unit, names in (("甲局", ["工作群", "甲群"]), ("乙局", ["工作群", "未设群"]))
    }
    return builders.office(builders.plan(contacts=builders.roster(UNITS, **contacts)))


@pytest.fixture
def nudged(open_site: Callable[[Office], Site], robots: RobotSink) -> Site:
    """That office with its robots, everything assigned."""
    site = open_site(_office())
    known = {name: robot_at(name, robots.url) for name in ("工作群", "甲群")}
    site.workplace = replace(site.workplace, robots=Robots(known))
    site.on(FIRST).apply()
    return site


def _texts(robots: RobotSink) -> list[str]:
    return [request.content["text"]["content"] for request in robots.requests]


def _nudges(site: Site) -> list[Any]:
    return [row for row in site.mails() if row.channel == "nudge"]


def _undone(summary: Summary) -> str:
    return "; ".join(summary.undone)


def test_a_mail_that_has_gone_is_told_to_the_robots_of_its_reader(
    nudged: Site, robots: RobotSink
) -> None:
    summary = nudged.on(FIRST).run()
    assert (summary.messages_sent, summary.nudges_sent, summary.undone) == (2, 2, [])
    subjects = {row.recipient: row.subject for row in nudged.mails() if row.channel == "mail"}
    first, second = sorted(_texts(robots), key=len)
    assert first == subjects[builders.address("甲局", "liaison")]
    assert set(second.split("\n")) == set(subjects.values())
    assert {(row.recipient, row.state, row.reply) for row in _nudges(nudged)} == {
        ("robot:工作群", "sent", "0 ok"),
        ("robot:甲群", "sent", "0 ok"),
    }
    assert nudged.on(FIRST).later(5).run().nudges_sent == 0
    assert len(robots.requests) == 2


def test_without_a_file_of_robots_nothing_is_queued(nudged: Site, robots: RobotSink) -> None:
    nudged.workplace = replace(nudged.workplace, robots=NO_ROBOTS)
    assert nudged.on(FIRST).run().messages_sent == 2
    assert (_nudges(nudged), robots.requests) == ([], [])


def test_a_mail_that_has_not_gone_is_not_told(nudged: Site, robots: RobotSink) -> None:
    nudged.channel.port = 1
    assert nudged.on(FIRST).run().messages_sent == 0
    assert (_nudges(nudged), robots.requests) == ([], [])


def test_a_wrong_key_fails_its_nudge_and_stops_no_mail(nudged: Site, robots: RobotSink) -> None:
    robots.otherwise = says(errcode=93000, errmsg="invalid webhook url")
    summary = nudged.on(FIRST).run()
    assert (summary.messages_sent, summary.messages_failed, summary.nudges_sent) == (2, 0, 0)
    assert "a nudge to 甲群 was refused for good: 93000 invalid webhook url" in _undone(summary)
    assert nudged.defects() == ["robot:工作群", "robot:甲群"]
    assert {row.state for row in _nudges(nudged)} == {"failed"}


def test_a_refusal_that_passes_is_tried_again_later_and_mends_the_defect(
    nudged: Site, robots: RobotSink
) -> None:
    robots.otherwise = says(429)
    assert "tried again: HTTP 429" in _undone(nudged.on(FIRST).run())
    robots.otherwise = Answer()
    assert nudged.on(FIRST).later(4).run().nudges_sent == 0
    assert nudged.on(FIRST).later(5).run().nudges_sent == 2
    assert {(row.state, row.attempts) for row in _nudges(nudged)} == {("sent", 2)}
    with reading(nudged.workplace.engine) as connection:
        (first, *_) = _nudges(nudged)
        tries = mail_records.deliveries(connection, first.id)
    assert [(row.outcome, row.reply) for row in tries] == [("temporary", "HTTP 429")]


def test_a_service_that_stays_away_is_given_up_at_last(nudged: Site, robots: RobotSink) -> None:
    robots.otherwise = says(500)
    minutes, told = 0, ""
    for wait in (0, 5, 15, 60, 240, 720, 1440, 1440):
        minutes += wait
        told = _undone_of_nudges(nudged, nudged.on(FIRST).later(minutes))
    assert "given up: HTTP 500" in told
    assert {(row.state, row.attempts) for row in _nudges(nudged)} == {("failed", 8)}


def _undone_of_nudges(site: Site, day: Day) -> str:
    if not _nudges(site):
        site.on(FIRST).deliver()
    return "; ".join(send_nudges(site.workplace, day.moment).undone)


def test_nothing_is_said_on_a_rest_day_nor_to_a_robot_that_is_gone(
    nudged: Site, robots: RobotSink
) -> None:
    nudged.on(FIRST).deliver()
    assert send_nudges(nudged.workplace, nudged.on("01-06").moment).sent == 0
    known = {"工作群": nudged.workplace.robots.by_name["工作群"]}
    nudged.workplace = replace(nudged.workplace, robots=Robots(known))
    told = send_nudges(nudged.workplace, nudged.on("01-03").moment)
    assert told == (1, ("1 nudges wait for 甲群, not named in DUBAN_NUDGES_FILE",))
    assert len(robots.requests) == 1


def test_a_file_that_cannot_be_used_is_named_and_stops_no_mail(nudged: Site) -> None:
    nudged.workplace = replace(nudged.workplace, robots=Robots(trouble="the file is broken"))
    summary = nudged.on(FIRST).run()
    assert (summary.messages_sent, summary.undone) == (2, ["the file is broken"])


PACES = builders.sentences(
    [
        ("three a minute", {"per_minute": 3}, [(0, 3), (0, 0), (59, 0), (60, 3), (121, 1)]),
        ("two a second", {"per_second": 2}, [(0, 2), (1, 2), (2, 2), (3, 1)]),
        (
            "both",
            {"per_minute": 3, "per_second": 2},
            [(0, 2), (1, 1), (2, 0), (61, 2), (62, 1), (122, 1)],
        ),
    ]
)


@pytest.mark.parametrize(("pace", "runs"), PACES)
def test_a_robot_is_asked_no_faster_than_its_service_allows(
    nudged: Site, robots: RobotSink, pace: dict[str, int], runs: list[tuple[int, int]]
) -> None:
    """Seven nudges that could not be merged; each run sends what the last minute leaves it."""
    robot = robot_at("工作群", robots.url, **pace)
    nudged.workplace = replace(nudged.workplace, robots=Robots({robot.name: robot}))
    with writing(nudged.workplace.engine) as connection:
        for number in range(7):
            nudges.queue(connection, [f"robot:{number}"], str(number), nudged.on(FIRST).day)
        rows = nudges.OUTBOX.update().where(nudges.OUTBOX.c.channel == "nudge")
        connection.execute(rows.values(recipient=robot.recipient, state="uncertain"))
    moment = nudged.on(FIRST).moment
    for seconds, expected in runs:
        later = replace(moment, at=moment.at + timedelta(seconds=seconds))
        assert send_nudges(nudged.workplace, later).sent == expected


def test_a_sender_killed_before_it_could_record_repeats_that_nudge_alone(
    open_site: Callable[[Office], Site], robots: RobotSink
) -> None:
    site, deadly = open_site(builders.office(builders.plan())), {1, 2, 5}
    names = [f"群{number}" for number in range(4)]
    with writing(site.workplace.engine) as connection:
        for name in names:
            nudges.queue(connection, [f"robot:{name}"], name, site.on(FIRST).day)
    processes: list[int] = []

    def strike(count: int) -> None:
        if count in deadly:
            os.kill(processes[-1], signal.SIGKILL)

    robots.on_request = strike
    codes: list[int] = []
    while 0 not in codes:
        job: dict[str, Any] = {"server": robots.url, "robots": names, "as_of": "2024-01-02"}
        processes.append(site.workers.start("nudge", site.url, units=1, **job))
        codes.append(site.workers.wait(processes[-1]))
    assert codes == [-signal.SIGKILL] * len(deadly) + [0]
    counts = Counter(_texts(robots))
    assert set(counts) == set(names)
    assert counts.total() == len(names) + len(deadly)
    assert {row.state for row in _nudges(site)} == {"sent"}


def test_two_runs_at_once_send_each_nudge_once(
    open_site: Callable[[Office], Site], robots: RobotSink
) -> None:
    site = open_site(builders.office(builders.plan()))
    names = [f"群{number}" for number in range(12)]
    with writing(site.workplace.engine) as connection:
        for name in names:
            nudges.queue(connection, [f"robot:{name}"], name, site.on(FIRST).day)
    job: dict[str, Any] = {"server": robots.url, "robots": names, "as_of": "2024-01-02"}
    started = [site.workers.start("nudge", site.url, units=1, **job) for _ in range(2)]
    assert [site.workers.wait(process) for process in started] == [0, 0]
    assert sorted(_texts(robots)) == sorted(names)
    assert {row.state for row in _nudges(site)} == {"sent"}
