"""People change: a unit is merged into another, and somebody stands in for somebody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duban.service.apply import apply
from duban.service.board import board, in_document_order
from duban.service.daily import plan_daily
from duban.service.entries import Saying, enter
from duban.service.round_up import round_up
from duban.service.sending.compose import compose
from duban.service.workplace import Workplace
from duban.store import outbox
from duban.store.database import reading, writing
from models.entry import EntryKind
from models.notice import Reason
from models.office import Office, Plan
from models.roster import Post, Roster
from models.units import Jurisdiction
from notifications.digest import Digest, PlanHead
from tests import builders

MERGED = date(2024, 6, 30)
REMINDER, ORANGE = date(2024, 9, 18), date(2024, 10, 24)
SUMMARY = "plan-2024/summary/甲局"
NEW, OLD = builders.address("丙局", "liaison"), builders.address("甲局", "liaison")


def _plan(**roster: Any) -> Plan:
    """甲局 owes a report by 2024-10-20, and 丙局 takes it over on 2024-06-30."""
    plain = builders.plan(builders.matrix(duties=(builders.duty(units=("乙局", "甲局")),)))
    succession = {"unit": "甲局", "successor": "丙局", "since": MERGED, "basis": "机构改革"}
    place = Jurisdiction.model_validate(plain.place.model_dump() | {"successions": [succession]})
    people = Roster.model_validate(plain.roster.model_dump() | roster)
    return replace(plain, place=place, roster=people)


def _office(**roster: Any) -> Office:
    return builders.office(_plan(**roster))


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    """Applied on 2024-01-02, long before the merger."""
    with builders.ledger_at(f"sqlite:///{tmp_path / 'ledger.db'}", _office()) as found:
        apply(found, found.office.plans.values(), builders.occasion("2024-01-02"))
        yield found


def _told(workplace: Workplace, on: date) -> dict[str, Digest]:
    plan_daily(workplace, on)
    with writing(workplace.engine) as connection:
        mails = outbox.claim(connection, "me", on, builders.instant(on), 100)
        digests = compose(connection, workplace, mails, on)
    return {found.address: found for mail in mails if (found := digests[mail.id])}


def test_before_the_merger_letters_go_to_the_old_unit(workplace: Workplace) -> None:
    told = _told(workplace, date(2024, 1, 2))
    assert NEW not in told
    assert told[OLD].salutation == "甲局联络员"
    assert told[OLD].items[0].unit == "甲局"


def test_from_its_day_on_they_go_to_the_successor_and_nothing_is_rewritten(
    workplace: Workplace,
) -> None:
    before = builders.items(workplace)[SUMMARY]
    told = _told(workplace, REMINDER)
    assert told[NEW].salutation == "丙局（原甲局职责）联络员"
    assert SUMMARY in {item.obligation for item in told[NEW].items}
    after = builders.items(workplace)[SUMMARY]
    assert (after.unit, after.id) == (before.unit, before.id)


def test_whoever_owes_something_of_his_own_too_is_addressed_by_his_own_name(
    workplace: Workplace,
) -> None:
    more = _plan().matrix.model_copy(
        update={"obligations": (builders.report(who=("甲局", "丙局")),)}
    )
    both = builders.edited(workplace, builders.office(replace(_plan(), matrix=more)))
    apply(both, both.office.plans.values(), builders.occasion("2024-09-02"))
    digest = _told(both, REMINDER)[NEW]
    assert digest.salutation == "丙局联络员"
    assert {item.unit for item in digest.items} >= {"甲局（现丙局）", "丙局"}


def test_the_office_reads_who_answers_by_now(workplace: Workplace) -> None:
    told = _told(workplace, ORANGE)
    assert {item.unit for item in told["office@coordination.example"].items} == {"甲局（现丙局）"}
    head = PlanHead("plan-2024", "某方案", None, date(2024, 1, 2), "某办", None, "o@x.example")
    with reading(workplace.engine) as connection:
        week = round_up(connection, workplace, head, ORANGE)
    assert [matter.units for matter in week.overdue] == [("甲局（现丙局）",)]
    assert week.unacknowledged == ("乙局", "甲局（现丙局）")


def test_the_ledger_keeps_the_old_name_and_says_who_answers(workplace: Workplace) -> None:
    rows = {row.obligation: row for row in board(workplace, MERGED)}
    found = rows[SUMMARY]
    assert (found.unit, found.answering, found.shown_unit) == ("甲局", "丙局", "甲局（现丙局）")
    assert rows["plan-2024/assignment/乙局"].shown_unit == "乙局"


def test_units_stand_in_the_order_of_the_document_unless_the_policy_ranks_them(
    workplace: Workplace,
) -> None:
    rows = board(workplace, ORANGE)
    plan = workplace.plan("plan-2024")
    terms = {"terms": {"rank_units": True}}
    ranked = replace(plan, policy=builders.standard(**terms))
    assert _units(in_document_order(rows, plan)) == ["乙局", "甲局"]
    assert _units(in_document_order(rows, ranked)) == ["甲局", "乙局"]
    assert _units(in_document_order(rows, None)) == ["乙局", "甲局"]


def _units(rows: Any) -> list[str]:
    return list(dict.fromkeys(row.unit for row in rows))


ACKNOWLEDGED = Saying(EntryKind.ACKNOWLEDGED)
STAND_IN = builders.address("乙局", "liaison")
AWAY = {"for": NEW, "by": STAND_IN, "since": REMINDER, "until": REMINDER}


def test_a_substitute_is_written_to_in_the_name_of_the_post(workplace: Workplace) -> None:
    enter(workplace, "plan-2024/assignment/乙局", ACKNOWLEDGED, builders.occasion("2024-01-02"))
    away = builders.edited(workplace, _office(substitutes=[AWAY]))
    told = _told(away, REMINDER)
    assert told[STAND_IN].salutation == "丙局（原甲局职责）联络员"
    substitute = told[STAND_IN]
    assert NEW not in told
    assert SUMMARY in {item.obligation for item in substitute.items}
    assert away.rosters["plan-2024"].posts_of(NEW, REMINDER) == []
    assert ("甲局", Post.LIAISON) in away.rosters["plan-2024"].posts_of(STAND_IN, REMINDER)


def test_a_merger_into_a_unit_that_nobody_reaches_leaves_letters_where_they_went(
    workplace: Workplace,
) -> None:
    people = builders.roster(["甲局", "乙局"]).model_dump()["contacts"]
    told = _told(builders.edited(workplace, _office(contacts=people)), REMINDER)
    assert Reason.DUE_SOON in {item.reason for item in told[OLD].items}
    assert told[OLD].salutation == "丙局（原甲局职责）联络员"
