"""kill -9 at any instant, run again: nothing lost, at most one mail twice for each kill."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable

from models.office import Office
from notifications.mime import message_id_for
from tests import builders
from tests.integration.offices import SENDER, many
from tests.integration.site import Site

DAY = "2024-09-18"
EACH = 3
KILLS = 15


def _applied(open_site: Callable[[Office], Site], units: int, each: int = 1) -> Site:
    """On 09-13 everything is assigned; on 09-18 each liaison is reminded of all its reports."""
    site = open_site(many(units, each))
    site.on("09-13").apply()
    return site


def _job(site: Site, units: int, each: int = 1) -> dict[str, object]:
    return {"as_of": DAY, "port": site.sink.port, "units": units, "each": each}


def _assert_nothing_lost_and_all_said_once(site: Site, units: int, each: int) -> None:
    assert site.lost() == []
    spoken = builders.said(site.workplace, builders.spoken)
    assert len(spoken) == len(set(spoken))
    steps = Counter(row.step for row in spoken)
    assert steps == {"assignment": units, "reminder-30d": units * each}
    once = {mail.message_id: mail for mail in site.sink.mails}
    assert Counter(mail.recipient for mail in once.values()) == Counter(
        builders.address(f"第{number:04}单位", "liaison") for number in range(units)
    )
    titles = [f"第{number}号总结" for number in range(each)]
    assert all(title in text for text in (m.text for m in once.values()) for title in titles)


def test_a_run_killed_at_fifteen_random_instants_loses_nothing(
    open_site: Callable[[Office], Site],
) -> None:
    units = 350
    site = _applied(open_site, units, EACH)
    seed = int(os.environ.get("DUBAN_TEST_SEED", "0")) or random.randrange(10**6)
    chance = random.Random(seed)
    killed = 0
    for _ in range(KILLS):
        process = site.workers.start("daily", site.url, **_job(site, units, EACH))
        time.sleep(chance.uniform(0.01, 0.3))
        killed += site.workers.kill(process) == -signal.SIGKILL
    assert site.workers.run("daily", site.url, **_job(site, units, EACH)) == 0, seed
    print(f"seed {seed}: {killed} kills, {site.sink.repeated()} duplicates")
    assert site.sink.repeated() <= killed, seed
    _assert_nothing_lost_and_all_said_once(site, units, EACH)


def test_a_sender_killed_with_the_answer_on_its_way_repeats_that_mail_alone(
    open_site: Callable[[Office], Site],
) -> None:
    units, deadly = 60, {1, 2, 50, 51, 59}
    site = _applied(open_site, units)
    site.on(DAY).plan()
    processes: list[int] = []

    def strike(count: int) -> None:
        if count in deadly:
            os.kill(processes[-1], signal.SIGKILL)

    site.sink.on_mail = strike
    codes = []
    while 0 not in codes:
        processes.append(site.workers.start("deliver", site.url, **_job(site, units)))
        codes.append(site.workers.wait(processes[-1]))
    assert codes.count(-signal.SIGKILL) == len(deadly)
    assert site.sink.repeated() == len(deadly)
    _assert_nothing_lost_and_all_said_once(site, units, 1)


def test_what_a_dead_sender_had_not_begun_is_as_if_untouched(
    open_site: Callable[[Office], Site],
) -> None:
    """Of fifty claimed mails one was under way: the others take new notices, and no second mail."""
    units = 50
    site = _applied(open_site, units)
    process = 0

    def strike(count: int) -> None:
        if count == 10:
            os.kill(process, signal.SIGKILL)

    site.sink.on_mail = strike
    site.on("09-13").plan()
    process = site.workers.start("deliver", site.url, **_job(site, units) | {"as_of": "2024-09-13"})
    site.workers.wait(process)
    assert site.states() == {"sent": 9, "pending": 40, "uncertain": 1}
    site.on(DAY).run()
    twice = site.sink.mails[9].recipient
    arrived = Counter(mail.recipient for mail in site.sink.mails[10:])
    assert arrived == Counter(set(arrived)) + Counter([twice])
    assert len(arrived) == units
    assert site.sink.counts[site.sink.mails[9].message_id] == 2
    assert site.lost() == []


def test_every_mail_keeps_the_message_id_of_its_outbox_row(site: Site) -> None:
    site.on("01-02").apply()
    site.on("01-02").run()
    keys = {row.key for row in site.mails()}
    assert set(site.sink.counts) == {message_id_for(key, SENDER.domain) for key in keys}
