"""The chain of a report: who hands what to whom, and the inner dates counted back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.planner.collation import Report, chain, receiver, reports
from models.collation import Chain, InnerStep
from models.matrix import ObligationSpec
from models.office import Plan
from models.policy import Policy
from tests import builders

CO_UNITS, LEADS, OFFICE = InnerStep


def _way(plan: Plan, key: str) -> Chain:
    found = next(one for one in reports(plan) if one.key == key)
    way = chain(plan, found, builders.calendar())
    assert way
    return way


def _plan(*obligations: ObligationSpec, policy: Policy | None = None, **rows: object) -> Plan:
    duties = (
        builders.duty("1", ("甲局", "乙局", "丙局"), lead=("甲局",)),
        builders.duty("2", ("乙局", "丁局"), lead=("乙局",)),
        builders.duty("3", ("丙局",)),
    )
    content = builders.matrix(duties=duties, obligations=obligations, **rows)
    return builders.plan(content, ("甲局", "乙局", "丙局", "丁局", "某办"), policy=policy)


ALL = ("甲局", "乙局", "丙局", "丁局")


def test_the_way_of_a_report_is_co_units_leads_office_upper_level() -> None:
    way = _way(_plan(builders.report(who=ALL, to="某办")), "summary")
    assert [(one.step, one.who, one.to, one.by, one.rows) for one in way.steps] == [
        (CO_UNITS, ("乙局", "丙局"), "甲局", date(2024, 10, 9), ("1",)),
        (CO_UNITS, ("丁局",), "乙局", date(2024, 10, 9), ("2",)),
        (LEADS, ("甲局", "乙局"), "某办", date(2024, 10, 12), ()),
        (LEADS, ("丙局",), "某办", date(2024, 10, 12), ()),
        (OFFICE, ("某办",), "某市人民政府办公室", date(2024, 10, 16), ()),
    ]
    assert (way.due_on, way.outer_on) == (date(2024, 10, 20), date(2024, 10, 20))


def test_inner_dates_count_make_up_saturdays_and_begin_at_the_last_workday() -> None:
    """2024-10-20 is a Sunday and 2024-10-12 a Saturday on which the office works."""
    way = _way(_plan(builders.report(who=ALL)), "summary")
    assert way.steps[2].by == date(2024, 10, 12)
    assert builders.calendar().is_workday(date(2024, 10, 12))


def test_calendar_days_end_on_the_workday_before() -> None:
    terms = {"co_units_before": "30 days", "leads_before": "14 days", "office_before": "7 days"}
    policy = builders.standard(terms=terms)
    way = _way(_plan(builders.report(who=ALL), policy=policy), "summary")
    assert [way.steps[place].by for place in (0, 2, 4)] == [
        date(2024, 9, 18), date(2024, 9, 30), date(2024, 10, 11),
    ]  # fmt: skip


def test_each_step_says_why_and_a_unit_without_lead_is_told_so() -> None:
    way = _way(_plan(builders.report(who=ALL)), "summary")
    assert way.steps[0].why == "第1项由甲局牵头，配合单位先报牵头单位"
    assert "没有明确牵头单位" in way.steps[3].why


def test_zhongshan_has_no_leads_so_all_46_report_to_the_office_directly() -> None:
    way = _way(builders.shipped().plans["zhongshan-2023"], "final-summary")
    assert [(one.step, len(one.who), one.to, one.by) for one in way.steps] == [
        (LEADS, 46, "市残联", date(2024, 10, 12)),
        (OFFICE, 1, "中山市人民政府办公室", date(2024, 10, 16)),
    ]


def test_the_reports_of_sichuan_feed_the_one_to_the_state_council_of_the_same_year() -> None:
    way = _way(builders.shipped().plans["sichuan-2022"], "unit-report/2023")
    assert (way.outer_on, way.to) == (date(2023, 12, 31), "国务院残疾人工作委员会")


FED = builders.sentences(
    [
        ("what it feeds comes first and sets the inner dates", "2024-06-28", "2024-06-26"),
        ("what it feeds comes later and only moves the end", "2024-12-20", "2024-10-16"),
    ]
)


@pytest.mark.parametrize(("fed_on", "office_by"), FED)
def test_a_chain_counts_back_from_what_its_report_feeds(fed_on: str, office_by: str) -> None:
    upward = builders.report("upward", fed_on, who=("某办",), to="省里")
    way = _way(_plan(builders.report(who=ALL, to="某办", feeds="upward"), upward), "summary")
    assert (str(way.outer_on), way.to) == (fed_on, "省里")
    assert str(way.steps[-1].by) == office_by
    assert way.due_on == date(2024, 10, 20), "the stated date stays"


def test_the_second_county_report_of_haidong_is_wanted_before_the_final_evaluation() -> None:
    plan = builders.shipped().plans["haidong-2023"]
    first, second = _way(plan, "county-report/2023"), _way(plan, "county-report/2024")
    assert (first.steps[-1].by, first.outer_on) == (date(2023, 12, 27), date(2024, 10, 31))
    assert (second.steps[-1].by, second.due_on) == (date(2024, 10, 29), date(2024, 12, 31))


def test_a_report_that_only_the_office_owes_or_that_has_no_date_has_no_chain() -> None:
    alone = builders.report("alone", who=("某办",))
    plan = _plan(builders.report("undated", None, who=ALL), alone)
    assert [chain(plan, one, builders.calendar()) for one in reports(plan)] == [None, None]


def test_a_report_about_some_rows_only_has_leads_of_those() -> None:
    way = _way(_plan(builders.report(who=ALL, duties=("2",))), "summary")
    assert [(one.step, one.who, one.to) for one in way.steps[:3]] == [
        (CO_UNITS, ("丁局",), "乙局"),
        (LEADS, ("乙局",), "某办"),
        (LEADS, ("甲局", "丙局"), "某办"),
    ]


def test_reports_are_those_of_the_plans_own_reach() -> None:
    plan = builders.shipped().plans["zhongshan-2023"]
    keys = [one.key for one in reports(plan)]
    assert keys == ["midterm-summary", "final-summary", "typical-cases"]


def test_a_stated_receiver_is_kept_and_a_missing_one_is_marked() -> None:
    plan = _plan(builders.report(who=ALL, to="上级"), builders.report("other", to="某办", who=ALL))
    assert [receiver(plan, one) for one in reports(plan)] == [
        ("上级", True), ("某市人民政府办公室", False),
    ]  # fmt: skip


@given(st.dates(date(2024, 2, 15), date(2024, 12, 31)))
def test_inner_dates_are_workdays_in_order_before_the_date(due_on: date) -> None:
    plan = _plan(builders.report(on=due_on.isoformat(), who=ALL))
    way = chain(plan, Report(plan.matrix.obligations[0], "summary", due_on), builders.calendar())
    assert way
    days = [one.by for one in way.steps]
    assert days == sorted(days)
    assert days[-1] < due_on
    assert all(builders.calendar().is_workday(day) for day in days)
