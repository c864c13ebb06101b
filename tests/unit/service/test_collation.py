"""Collating on a ledger: inner dates told once, missed runs caught up, summaries by name."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from duban.errors import DraftPlan, UnknownObligation, UnknownPlan, UnknownYear
from duban.service.apply import apply
from duban.service.collation import (
    foresee_inner_dates,
    not_reported,
    open_reports,
    queue_inner_dates,
    summary_of,
)
from duban.service.reassign import Route, reassign
from duban.service.runs import run_collation
from duban.service.workplace import Moment, Workplace
from duban.store.database import DatabaseError
from models.entry import EntryKind
from models.notice import Reason
from models.obligation import Stage
from tests import builders, reporting

LEADS_BY, OFFICE_BY = date(2024, 10, 12), date(2024, 10, 16)
MIDTERM_LEADS_BY = date(2023, 12, 8)
OFFICE = "supervision@disabled-persons-federation.zhongshan.example"


@pytest.fixture
def zhongshan(tmp_path: Path) -> Iterator[Workplace]:
    with reporting.zhongshan(tmp_path) as workplace:
        yield workplace


def _steps(workplace: Workplace) -> Counter[tuple[str, str, str]]:
    rows = builders.said(workplace, lambda row: row.step.startswith("inner-"))
    return Counter((row.obligation.split("/")[1], row.step, row.reason) for row in rows)


def test_on_each_inner_date_the_office_hears_who_is_missing_once(zhongshan: Workplace) -> None:
    assert queue_inner_dates(zhongshan, date(2023, 12, 7)).notices == 0
    first = queue_inner_dates(zhongshan, MIDTERM_LEADS_BY)
    again = queue_inner_dates(zhongshan, MIDTERM_LEADS_BY)
    next_day = queue_inner_dates(zhongshan, date(2023, 12, 11))
    assert (first.notices, again.notices, next_day.notices) == (46, 0, 0)
    said = builders.said(zhongshan, lambda row: row.step == "inner-leads")
    assert {row.recipient for row in said} == {OFFICE}
    assert {row.reason for row in said} == {Reason.INNER_DATE.value}
    assert queue_inner_dates(zhongshan, date(2023, 12, 13)).notices == 46


def test_those_who_wrote_are_not_named(zhongshan: Workplace) -> None:
    reporting.write_everything(zhongshan)
    queue_inner_dates(zhongshan, OFFICE_BY)
    steps = _steps(zhongshan)
    assert steps["final-summary", "inner-office", "inner-date"] == 18
    assert steps["final-summary", "inner-office", "reported"] == 28
    assert steps["final-summary", "inner-leads", "superseded by inner-office"] == 18


def test_two_runs_at_once_say_everything_once(zhongshan: Workplace) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(queue_inner_dates, [zhongshan] * 2, [MIDTERM_LEADS_BY] * 2))
    assert _steps(zhongshan) == {("midterm-summary", "inner-leads", "inner-date"): 46}


def test_a_missed_run_is_caught_up_by_the_next(zhongshan: Workplace) -> None:
    said = queue_inner_dates(zhongshan, date(2023, 12, 18))
    assert said.notices == 46
    assert _steps(zhongshan) == {
        ("midterm-summary", "inner-office", "inner-date"): 46,
        ("midterm-summary", "inner-leads", "superseded by inner-office"): 46,
    }


def test_inner_dates_follow_a_granted_extension(zhongshan: Workplace) -> None:
    key, kinds = "zhongshan-2023/midterm-summary/古镇镇", EntryKind
    asked = kinds.EXTENSION_REQUESTED
    reporting.say(zhongshan, key, "2023-12-06", "人手不足", asked, until="2023-12-29")
    reporting.say(zhongshan, key, "2023-12-06", "同意", kinds.EXTENSION_GRANTED)

    def units() -> list[str]:
        rows = builders.said(zhongshan, lambda row: row.step == "inner-leads" and row.recipient)
        return [row.obligation.rpartition("/")[2] for row in rows]

    assert queue_inner_dates(zhongshan, MIDTERM_LEADS_BY).notices == 45
    assert "古镇镇" not in units()
    assert queue_inner_dates(zhongshan, date(2023, 12, 22)).notices == 46  # 45 of the office's step
    assert units().count("古镇镇") == 1


def test_on_a_rest_day_nothing_is_said(zhongshan: Workplace) -> None:
    before = builders.state(zhongshan)
    for sunday in (date(2024, 10, 13), date(2024, 10, 20)):
        assert queue_inner_dates(zhongshan, sunday).due == 0
        assert foresee_inner_dates(zhongshan, sunday) == []
    assert builders.state(zhongshan) == before


def test_a_run_that_is_cut_off_leaves_nothing_and_is_repeated_whole(zhongshan: Workplace) -> None:
    """The database itself refuses the silences, which come last."""
    before = builders.state(zhongshan)
    with zhongshan.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER cut_off BEFORE INSERT ON notice WHEN NEW.recipient = '' "
            "BEGIN SELECT RAISE(FAIL, 'cut off'); END"
        )
    with pytest.raises(DatabaseError, match="cut off"):
        queue_inner_dates(zhongshan, OFFICE_BY)
    assert builders.state(zhongshan) == before
    with zhongshan.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER cut_off")
    assert queue_inner_dates(zhongshan, OFFICE_BY).notices == 92


def test_the_stated_date_and_its_ladder_stay_as_they_are(zhongshan: Workplace) -> None:
    def dates() -> dict[str, tuple[object, ...]]:
        rows = builders.items(zhongshan).values()
        return {row.id: (row.due_on, row.next_on, row.said_through, row.revision) for row in rows}

    before = dates()
    queue_inner_dates(zhongshan, OFFICE_BY)
    assert dates() == before


def test_what_would_be_said_is_what_is_said_and_is_not_written(zhongshan: Workplace) -> None:
    before = builders.state(zhongshan)
    foreseen = foresee_inner_dates(zhongshan, LEADS_BY)
    assert builders.state(zhongshan) == before
    queue_inner_dates(zhongshan, LEADS_BY)
    told = sorted(notice.obligation for one in foreseen for notice in one.notices)
    said = [row for row in builders.said(zhongshan, builders.spoken) if "inner-" in row.step]
    assert told == sorted(row.obligation for row in said)


def test_a_run_is_on_record_with_its_counts(zhongshan: Workplace) -> None:
    moment = Moment(LEADS_BY, builders.instant(LEADS_BY))
    summary = run_collation(zhongshan, None, None, moment)
    assert (summary.as_of, summary.notices) == ("2024-10-12", 92)
    assert any("mails wait" in undone for undone in summary.undone)
    late = date(2040, 1, 3)
    with pytest.raises(UnknownYear):
        run_collation(zhongshan, None, None, Moment(late, builders.instant(late)))


def test_the_lead_hears_of_its_silent_co_unit(tmp_path: Path) -> None:
    lead = builders.duty("1", ("甲局", "乙局"), lead=("甲局",))
    spec = builders.report(who=("甲局", "乙局"), to="某办")
    office = builders.office(
        builders.plan(builders.matrix(duties=(lead,), obligations=(spec,)), ("甲局", "乙局"))
    )
    with builders.ledger_at(f"sqlite:///{tmp_path / 'ledger.db'}", office) as workplace:
        apply(workplace, office.plans.values(), builders.occasion("2024-01-02"))
        queue_inner_dates(workplace, date(2024, 10, 9))
        said = builders.said(workplace, lambda row: row.step == "inner-co-units")
        assert [(row.obligation, row.recipient) for row in said] == [
            ("plan-2024/summary/乙局", builders.address("甲局", "liaison"))
        ]


def test_reports_under_way_show_who_is_missing_until_nobody_is(zhongshan: Workplace) -> None:
    assert open_reports(zhongshan, date(2023, 12, 7)) == []
    [midterm] = open_reports(zhongshan, MIDTERM_LEADS_BY)
    missing = not_reported([midterm])
    assert len(missing) == 46
    assert missing[0] == {
        "方案": "zhongshan-2023",
        "报告": "推动落实《行动方案》中期工作总结",
        "单位": "市委组织部",
        "期限": "2023-12-15",
        "先报": "市残联",
    }
    assert len(open_reports(zhongshan, date(2024, 2, 13))) == 1
    assert open_reports(zhongshan, date(2024, 2, 14)) == [], "sixty days after its date"
    for unit in midterm.summary.owed:
        reporting.say(zhongshan, f"{reporting.PLAN}/midterm-summary/{unit}", "2023-12-11", nil=True)
    assert len(open_reports(zhongshan, date(2023, 12, 15))) == 1
    assert open_reports(zhongshan, date(2023, 12, 18)) == [], "everybody has reported"


def test_a_summary_is_as_of_its_day(zhongshan: Workplace) -> None:
    reporting.write_everything(zhongshan)
    early = summary_of(zhongshan, reporting.FINAL, date(2024, 10, 9))
    later = summary_of(zhongshan, reporting.FINAL, date(2024, 10, 15))
    assert (len(early.reported), len(later.reported)) == (8, 27)
    assert "市民政局" not in early.reported
    assert [one.stage for one in later.missing if one.unit == "市民政局"] == [Stage.RETURNED]


def test_a_unit_of_a_withdrawn_copy_owes_nothing(zhongshan: Workplace) -> None:
    key = f"{reporting.FINAL}/小榄镇"
    reporting.say(zhongshan, key, "2024-10-08", "已报", kind=EntryKind.REPORTED)
    plan = zhongshan.plan(reporting.PLAN)
    specs = tuple(
        spec.model_copy(update={"besides": (*spec.besides, "小榄镇")})
        if spec.key == "final-summary" else spec
        for spec in plan.matrix.obligations
    )  # fmt: skip
    content = plan.matrix.model_copy(update={"obligations": specs})
    changed = type(plan)(content, plan.roster, plan.place, plan.policy)
    after = builders.edited(zhongshan, builders.office(changed))
    apply(after, [changed], builders.occasion("2024-10-09"))
    summary = summary_of(after, reporting.FINAL, date(2024, 10, 15))
    assert len(summary.owed) == 45
    assert summary.general == ()


def test_a_report_that_was_re_routed_is_owed_by_its_new_unit(zhongshan: Workplace) -> None:
    key = f"{reporting.FINAL}/市税务局"
    route = Route("市残联", "由市残联统一报送")
    reassign(zhongshan, key, route, builders.occasion("2024-09-02", "办公室"))
    summary = summary_of(zhongshan, reporting.FINAL, date(2024, 10, 15))
    assert len(summary.owed) == 46
    assert "市税务局" not in summary.owed
    assert summary.owed[-1] == "市残联"
    assert queue_inner_dates(zhongshan, OFFICE_BY).notices == 92


def test_a_summary_takes_two_queries_however_much_was_written(zhongshan: Workplace) -> None:
    reporting.write_everything(zhongshan)
    said: list[str] = []
    event.listen(
        zhongshan.engine, "before_cursor_execute", lambda *given: said.append(str(given[2]))
    )
    summary_of(zhongshan, reporting.FINAL, date(2024, 10, 15))
    assert len([statement for statement in said if statement.startswith("SELECT")]) == 2


REFUSED = builders.sentences(
    [
        ("no such plan", "nowhere/final-summary", UnknownPlan, "nowhere"),
        ("no such report", "zhongshan-2023/joint-meeting", UnknownObligation, "midterm-summary"),
        ("a unit's copy is no report", f"{reporting.FINAL}/小榄镇", UnknownObligation, "final"),
        ("a draft", "ningjin-2022/annual-report/2023", DraftPlan, "draft"),
        ("not in the ledger", "sichuan-2022/unit-report/2023", UnknownObligation, "duban apply"),
    ]
)


@pytest.mark.parametrize(("name", "kind", "word"), REFUSED)
def test_what_cannot_be_collated_is_refused_with_a_remedy(
    zhongshan: Workplace, name: str, kind: type[Exception], word: str
) -> None:
    with pytest.raises(kind, match=word):
        summary_of(zhongshan, name, date(2024, 10, 15))
