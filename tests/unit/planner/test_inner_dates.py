"""What the inner dates say: to the lead of silent co-units, to the office of who is missing."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import pytest

from duban.planner.collation import chain, counted_back, reports
from duban.planner.inner_dates import say, usable
from models.answer import Passage
from models.collation import Chain, InnerStep, Reporter, Told, Written
from models.entry import EntryKind, Via
from models.notice import Notice, Reason, Silence
from models.obligation import Stage
from models.office import Plan
from models.policy import NoticeKind
from models.roster import Post
from tests import builders

UNITS = ("甲局", "乙局", "丙局", "丁局")
BY_CO_UNITS, BY_LEADS, BY_OFFICE = date(2024, 10, 9), date(2024, 10, 12), date(2024, 10, 16)
OFFICE = "office@coordination.example"
PUT_OFF = date(2024, 11, 15)


def _plan(**contacts: dict[str, Any]) -> Plan:
    """甲局 leads row 1 with 乙局, row 2 with 乙局 and 丙局; 丁局 has a row without lead."""
    duties = (
        builders.duty("1", ("甲局", "乙局"), lead=("甲局",)),
        builders.duty("2", ("甲局", "乙局", "丙局"), lead=("甲局",)),
        builders.duty("3", ("丁局",)),
    )
    content = builders.matrix(duties=duties, obligations=(builders.report(who=UNITS, to="某办"),))
    return builders.plan(content, UNITS, contacts=builders.roster(UNITS, **contacts))


def _way(plan: Plan) -> Chain:
    way = chain(plan, reports(plan)[0], builders.calendar())
    assert way
    return way


def _reporters(**fields: Any) -> list[Reporter]:
    rows = {"甲局": ("1", "2"), "乙局": ("1", "2"), "丙局": ("2",), "丁局": ("3",)}
    due_on, armed_on = date(2024, 10, 20), date(2024, 1, 2)
    return [
        Reporter(f"plan-2024/summary/{unit}", unit, Stage.ASSIGNED, 1, armed_on, due_on, duties)
        ._replace(**fields)
        for unit, duties in rows.items()
    ]  # fmt: skip


def _entry(number: int, unit: str, duty: str | None = None, **fields: Any) -> Written:
    key = f"plan-2024/duty/{duty}/{unit}" if duty else f"plan-2024/summary/{unit}"
    one = Written(
        number, key, unit, duty, EntryKind.REPORTED, BY_CO_UNITS, Via.MAIL, "文字", False, ()
    )
    return one._replace(**fields)


def _said(
    as_of: date,
    *written: Written,
    told: tuple[Told, ...] = (),
    plan: Plan | None = None,
    reporters: list[Reporter] | None = None,
) -> tuple[list[Notice], list[Silence]]:
    found = plan or _plan()
    back = partial(_counted_back, found)
    return say(found.reach, _way(found), reporters or _reporters(), written, told, as_of, back)


def _counted_back(plan: Plan, day: date) -> Mapping[InnerStep, date]:
    return counted_back(plan, day, builders.calendar())


def _put_off(*units: str, until: date = PUT_OFF) -> list[Reporter]:
    """These units were given until 2024-11-15, as the ledger shows it after an extension."""
    return [
        one._replace(due_on=until, revision=2) if one.unit in units else one for one in _reporters()
    ]


def _short(notices: list[Notice]) -> list[tuple[str, str, str]]:
    return [(one.step, one.unit, one.recipients[0].address) for one in notices]


LEAD = builders.address("甲局", "liaison")


def test_before_the_first_inner_date_nothing_is_said() -> None:
    assert _said(date(2024, 10, 8)) == ([], [])


def test_on_the_co_units_date_the_lead_hears_who_has_written_nothing() -> None:
    notices, silences = _said(BY_CO_UNITS)
    assert _short(notices) == [("inner-co-units", "乙局", LEAD), ("inner-co-units", "丙局", LEAD)]
    assert silences == []
    first = notices[0]
    assert (first.kind, first.reason) == (NoticeKind.INNER_DATE, Reason.INNER_DATE)
    assert (first.obligation, first.revision) == ("plan-2024/summary/乙局", 1)
    assert (first.on, first.due_on) == (BY_CO_UNITS, date(2024, 10, 20))
    assert first.recipients[0].role is Post.LIAISON


WROTE = builders.sentences(
    [
        ("on one of the shared rows", _entry(1, "乙局", "1")),
        ("on the report, in general", _entry(1, "乙局")),
        ("on the report, that there is nothing", _entry(1, "乙局", is_nil=True)),
        ("on a shared row, from another item",
         _entry(1, "乙局", "9", passages=(Passage("2", "…"),))),
    ]
)  # fmt: skip


@pytest.mark.parametrize("entry", WROTE)
def test_a_co_unit_that_wrote_is_not_named_to_its_lead(entry: Written) -> None:
    notices, silences = _said(BY_CO_UNITS, entry)
    assert [one.unit for one in notices] == ["丙局"]
    assert [(one.obligation, one.because) for one in silences] == [
        ("plan-2024/summary/乙局", "reported")
    ]


def test_what_was_sent_back_counts_only_when_it_came_again() -> None:
    sent = _entry(1, "乙局", kind=EntryKind.COMPLETED)
    back = _entry(2, "乙局", kind=EntryKind.RETURNED)
    again = _entry(3, "乙局")
    assert usable([sent, back]) == []
    assert usable([again, back, sent]) == [again]
    assert [one.unit for one in _said(BY_CO_UNITS, sent, back)[0]] == ["乙局", "丙局"]
    assert [one.unit for one in _said(BY_CO_UNITS, sent, back, again)[0]] == ["丙局"]


def test_on_the_leads_date_the_office_hears_who_reports_to_it_and_has_not() -> None:
    told = tuple(Told(f"plan-2024/summary/{u}", "inner-co-units", 1, BY_CO_UNITS) for u in UNITS)
    notices, _ = _said(BY_LEADS, told=told)
    assert _short(notices) == [("inner-leads", "甲局", OFFICE), ("inner-leads", "丁局", OFFICE)]


def test_on_the_offices_own_date_it_hears_of_all_that_are_missing() -> None:
    notices, silences = _said(BY_OFFICE, _entry(1, "丁局"))
    of_office = [one for one in notices if one.step == "inner-office"]
    assert [one.unit for one in of_office] == ["甲局", "乙局", "丙局"]
    assert {one.because for one in silences if one.step == "inner-leads"} == {
        "reported", "superseded by inner-office",
    }  # fmt: skip


def test_after_the_date_itself_leads_are_left_alone_and_the_office_is_caught_up() -> None:
    notices, silences = _said(date(2024, 10, 21))
    assert {one.step for one in notices} == {"inner-office"}
    assert "past the date" in {one.because for one in silences}


def test_an_inner_date_before_the_application_is_not_made_up_for() -> None:
    late = _reporters(armed_on=date(2024, 10, 17))
    notices, silences = _said(date(2024, 10, 17), reporters=late)
    assert notices == []
    assert {one.because for one in silences} == {"before the application"}


@pytest.mark.parametrize("stage", [Stage.DECLINED, Stage.SUSPENDED])
def test_a_unit_that_owes_nothing_for_now_is_not_named(stage: Stage) -> None:
    notices, silences = _said(BY_OFFICE, reporters=_reporters(stage=stage))
    assert notices == []
    assert {one.because for one in silences} == {stage.value}


AGAIN = builders.sentences(
    [
        ("said for this date: no", 1, BY_CO_UNITS, ["丙局"]),
        ("said for this revision, whenever: no", 1, date(2024, 6, 3), ["丙局"]),
        ("said for an older revision, since this inner date: no", 0, BY_CO_UNITS, ["丙局"]),
        ("said for an older revision, before this inner date: yes", 0, date(2024, 6, 3),
         ["乙局", "丙局"]),
    ]
)  # fmt: skip


@pytest.mark.parametrize(("revision", "on", "units"), AGAIN)
def test_is_a_unit_asked_about_again(revision: int, on: date, units: list[str]) -> None:
    told = (Told("plan-2024/summary/乙局", "inner-co-units", revision, on),)
    assert [one.unit for one in _said(BY_CO_UNITS, told=told)[0]] == units


def test_for_a_lead_that_nobody_answers_for_the_office_is_told() -> None:
    notices, _ = _said(BY_CO_UNITS, plan=_plan(甲局={"head": "head@a.example"}))
    assert {one.recipients[0].address for one in notices} == {OFFICE}
    assert notices[0].recipients[0].role is Post.COORDINATING_OFFICE


def test_a_unit_that_the_matrix_does_not_name_reports_to_the_office() -> None:
    """Such as one that the obligation was re-routed to."""
    other = _reporters()[0]._replace(obligation="plan-2024/summary/戊局", unit="戊局")
    notices, _ = _said(BY_LEADS, reporters=[other])
    assert _short(notices) == [("inner-leads", "戊局", OFFICE)]


def _asked(as_of: date, reporters: list[Reporter], plan: Plan | None = None) -> set[str]:
    notices, _ = _said(as_of, reporters=reporters, plan=plan)
    return {f"{one.step} {one.unit}" for one in notices}


def test_a_unit_whose_date_was_put_off_is_not_asked_about_by_the_stated_inner_dates() -> None:
    assert not any("丁局" in said for said in _asked(BY_OFFICE, _put_off("丁局")))


def test_a_unit_whose_date_was_put_off_is_asked_about_by_its_own_inner_dates() -> None:
    back = _counted_back(_plan(), PUT_OFF)
    for step in (InnerStep.LEADS, InnerStep.OFFICE):
        assert f"{step} 丁局" in _asked(back[step], _put_off("丁局"))


def test_what_co_units_owe_a_lead_follows_the_leads_own_date() -> None:
    stated = _asked(BY_CO_UNITS, _put_off("甲局"))
    assert not any(InnerStep.CO_UNITS in said for said in stated)
    # ... but not past the date on which the co-unit itself has to report.
    assert f"{InnerStep.CO_UNITS} 丙局" in _asked(date(2024, 10, 20), _put_off("甲局"))


def test_a_co_unit_with_more_time_is_not_named_to_its_lead_before() -> None:
    assert _asked(BY_CO_UNITS, _put_off("乙局")) == {f"{InnerStep.CO_UNITS} 丙局"}
    later = _counted_back(_plan(), PUT_OFF)[InnerStep.CO_UNITS]
    assert f"{InnerStep.CO_UNITS} 乙局" in _asked(later, _put_off("乙局"))


def test_an_outer_date_in_force_that_is_later_moves_the_whole_chain() -> None:
    plan = _plan()
    report = reports(plan)[0]
    earlier = chain(plan, report, builders.calendar(), date(2024, 10, 10))
    assert earlier
    assert earlier.counted_on == earlier.outer_on == date(2024, 10, 10)
    put_off = chain(plan, report, builders.calendar(), date(2024, 11, 10))
    assert put_off
    assert (put_off.counted_on, put_off.outer_on) == (date(2024, 10, 20), date(2024, 11, 10))
