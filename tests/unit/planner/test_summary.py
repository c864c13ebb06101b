"""The summary of a report: what units wrote, by rows; what is missing; nothing invented."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.planner.collation import Report, reports
from duban.planner.summary import assemble, since
from models.answer import Figure, Passage
from models.collation import Missing, Reporter, RowProgress, Summary, Written
from models.entry import EntryKind, Via
from models.obligation import Stage
from models.office import Plan
from models.units import Group
from tests import builders

UNITS = ("甲局", "乙局", "丙局")
TARGET = {"text": "至少安排10名", "metric": "人数", "value": 10, "unit": "名", "cmp": ">="}
AS_OF = date(2024, 10, 15)


def _plan(**target: Any) -> Plan:
    duties = (
        builders.duty("2", ("乙局", "甲局")),
        builders.duty("1", UNITS, targets=(TARGET | target,)),
        builders.duty("3", ("丙局",), lead=("丙局",)),
    )
    first = builders.report("midterm", "2024-05-31", who=UNITS)
    content = builders.matrix(duties=duties, obligations=(first, builders.report(who=UNITS)))
    return builders.plan(content, UNITS, groups=[Group(name="各局", members=UNITS)])


def _summary(*written: Written, plan: Plan | None = None, **standing: Stage) -> Summary:
    found = plan or _plan()
    rows = {"甲局": ("2", "1"), "乙局": ("2", "1"), "丙局": ("1", "3")}
    reporters = [
        Reporter(
            f"plan-2024/summary/{unit}", unit, standing.get(unit, Stage.ASSIGNED), 1,
            date(2024, 1, 2), date(2024, 10, 20), duties,
        )
        for unit, duties in rows.items()
    ]  # fmt: skip
    return assemble(found, reports(found)[1], reporters, written, AS_OF)


def _entry(number: int, unit: str, text: str = "", duty: str | None = None, **more: Any) -> Written:
    key = f"plan-2024/duty/{duty}/{unit}" if duty else f"plan-2024/summary/{unit}"
    kind = EntryKind.COMPLETED
    one = Written(number, key, unit, duty, kind, date(2024, 10, 9), Via.MAIL, text, False, ())
    return one._replace(**more)


def _on(number: str, text: str, **figures: str) -> Passage:
    return Passage(number, text, tuple(Figure(*pair) for pair in figures.items()))


def _row(summary: Summary, number: str) -> RowProgress:
    return next(row for row in summary.rows if row.number == number)


def _texts(row: RowProgress) -> list[tuple[str, str]]:
    return [(one.origin.unit, one.text) for one in row.contributions]


def test_rows_stand_in_the_annexs_own_order_and_units_in_the_rows() -> None:
    written = [
        _entry(1, "甲局", passages=(_on("1", "甲一"), _on("2", "甲二"))),
        _entry(2, "乙局", passages=(_on("2", "乙二"),)),
    ]
    summary = _summary(*written)
    assert [row.number for row in summary.rows] == ["2", "1", "3"]
    assert _texts(_row(summary, "2")) == [("乙局", "乙二"), ("甲局", "甲二")]
    assert _texts(_row(summary, "3")) == []


def test_a_passage_names_its_unit_day_way_and_entry() -> None:
    summary = _summary(_entry(153, "甲局", passages=(_on("1", "甲一"),)))
    origin = _row(summary, "1").contributions[0].origin
    assert origin == ("甲局", date(2024, 10, 9), Via.MAIL, 153)


LATER = builders.sentences(
    [
        ("the later of two completions", EntryKind.COMPLETED, EntryKind.COMPLETED, "后"),
        ("a completion after a report", EntryKind.REPORTED, EntryKind.COMPLETED, "后"),
        ("a completion, even before a report", EntryKind.COMPLETED, EntryKind.REPORTED, "先"),
        ("the later of two reports", EntryKind.REPORTED, EntryKind.REPORTED, "后"),
    ]
)


@pytest.mark.parametrize(("first", "second", "stands"), LATER)
def test_which_of_two_passages_of_a_unit_on_a_row_stands(
    first: EntryKind, second: EntryKind, stands: str
) -> None:
    written = [
        _entry(1, "甲局", passages=(_on("1", "先"),), kind=first),
        _entry(2, "甲局", "后", duty="1", kind=second),
    ]
    one = _row(_summary(*written), "1").contributions[0]
    assert one.text == stands
    assert {one.text, *(before.text for before in one.earlier)} == {"先", "后"}


def test_what_was_sent_back_is_left_out_until_it_comes_again() -> None:
    sent = _entry(1, "甲局", passages=(_on("1", "有误"),))
    back = _entry(2, "甲局", "请核实", kind=EntryKind.RETURNED)
    summary = _summary(sent, back, 甲局=Stage.RETURNED)
    assert _texts(_row(summary, "1")) == []
    assert summary.missing[0] == Missing("甲局", Stage.RETURNED, "甲局")
    again = _entry(3, "甲局", passages=(_on("1", "更正"),), kind=EntryKind.REPORTED)
    summary = _summary(sent, back, again, 甲局=Stage.RETURNED)
    assert _texts(_row(summary, "1")) == [("甲局", "更正")]
    assert summary.reported == summary.unfinished == ("甲局",)


def test_a_return_of_one_item_leaves_the_others() -> None:
    written = [
        _entry(1, "甲局", "行上所写", duty="2"),
        _entry(2, "甲局", passages=(_on("1", "有误"),)),
        _entry(3, "甲局", "请核实", kind=EntryKind.RETURNED),
    ]
    assert _texts(_row(_summary(*written), "2")) == [("甲局", "行上所写")]


def test_counts_add_up_and_a_nil_report_is_a_report() -> None:
    written = [
        _entry(1, "甲局", "零报告", is_nil=True),
        _entry(2, "乙局", passages=(_on("1", "乙一"),)),
    ]
    summary = _summary(*written)
    assert summary.owed == UNITS
    assert summary.reported == ("甲局", "乙局")
    assert [one.origin.unit for one in summary.nil] == ["甲局"]
    assert [one.unit for one in summary.missing] == ["丙局"]
    assert _row(summary, "2").silent == ("乙局",), "甲局 has said that there is nothing"
    assert summary.general == ()


def test_words_on_how_it_comes_along_are_kept_but_hand_nothing_in() -> None:
    summary = _summary(_entry(1, "甲局", "正在会签", kind=EntryKind.REPORTED), 甲局=Stage.REPORTED)
    assert summary.reported == ()
    assert summary.missing[0] == Missing("甲局", Stage.REPORTED, "甲局")
    assert [one.text for one in summary.general] == ["正在会签"]


def test_a_unit_that_wrote_on_its_row_alone_has_not_handed_in_its_report() -> None:
    summary = _summary(_entry(1, "丙局", "丙三", duty="3", kind=EntryKind.REPORTED))
    assert _texts(_row(summary, "3")) == [("丙局", "丙三")]
    assert [one.unit for one in summary.missing] == list(UNITS)


def test_a_unit_outside_the_owers_is_quoted_but_not_counted() -> None:
    summary = _summary(_entry(1, "某办", "办公室自己的话", duty="3"))
    assert _texts(_row(summary, "3")) == [("某办", "办公室自己的话")]
    assert summary.owed == UNITS


GENERAL = builders.sentences(
    [
        ("without passages all of it", "总的情况良好。", (), "总的情况良好。"),
        ("what is left when its passages are taken out", "1：甲一\n另请拨经费。",
         (_on("1", "甲一"),), "另请拨经费。"),
        ("in the middle of a line too", "甲一。另请拨经费。", (_on("1", "甲一。"),),
         "另请拨经费。"),
        ("passages that were typed apart leave it whole", "另请拨经费。", (_on("1", "甲一"),),
         "另请拨经费。"),
        ("nothing but passages and their numbers", "序号1：甲一\n第2项：甲二",
         (_on("1", "甲一"), _on("2", "甲二")), None),
    ]
)  # fmt: skip


def test_a_passage_on_a_row_that_is_not_there_is_kept_with_its_figures() -> None:
    written = _entry(1, "甲局", "9：甲九", passages=(_on("9", "甲九", 场次="2"), _on("99", "别处")))
    [general] = _summary(written).general
    assert general.text == "9：甲九\n别处"
    assert general.figures == (("场次", "2"),)


def test_two_passages_on_one_row_in_one_answer_both_stand() -> None:
    written = _entry(1, "甲局", passages=(_on("1", "其一"), _on("1", "其二", 人数="3")))
    row = _row(_summary(written), "1")
    assert _texts(row) == [("甲局", "其一\n其二")]
    assert row.measured[0].values[0][1] == "3"


@pytest.mark.parametrize(("text", "passages", "rest"), GENERAL)
def test_what_belongs_to_no_row_comes_last(
    text: str, passages: tuple[Passage, ...], rest: str | None
) -> None:
    summary = _summary(_entry(1, "甲局", text, passages=passages))
    assert [one.text for one in summary.general] == ([rest] if rest else [])


def test_an_entry_on_a_row_keeps_its_text_and_takes_its_figures() -> None:
    written = _entry(1, "甲局", "全部文字", duty="1", passages=(_on("1", "", 人数="3", 场次="2"),))
    row = _row(_summary(written), "1")
    assert _texts(row) == [("甲局", "全部文字")]
    assert row.contributions[0].figures == (("场次", "2"),), "a figure of no target stays by it"
    assert row.measured[0].values[0][1] == "3"


FIGURES = builders.sentences(
    [
        ("plain numbers are added", {}, ("3", "4"), Decimal(7)),
        ("full width, thousands and the unit are understood", {}, ("３", "1,200名"), Decimal(1203)),
        ("words are listed, never added", {}, ("3", "约四"), None),
        ("a range is listed", {}, ("3", "4-5"), None),
        ("a wrongly grouped number is listed", {}, ("3", "1,20"), None),
        ("per year they are added", {"per": "年"}, ("3", "4"), Decimal(7)),
        ("per unit they are listed", {"per": "单位"}, ("3", "4"), None),
        ("shares are listed", {"unit": "%"}, ("90", "80"), None),
    ]
)  # fmt: skip


@pytest.mark.parametrize(("target", "values", "total"), FIGURES)
def test_figures_beside_their_target(
    target: dict[str, str], values: tuple[str, str], total: Decimal | None
) -> None:
    written = [
        _entry(place, unit, passages=(_on("1", "", 人数=value),))
        for place, (unit, value) in enumerate(zip(("甲局", "乙局"), values, strict=True))
    ]
    measured = _row(_summary(*written, plan=_plan(**target)), "1").measured[0]
    assert [value for _, value in measured.values] == list(values)
    assert measured.total == total


def test_a_target_of_which_nobody_says_anything_has_no_figure() -> None:
    measured = _row(_summary(), "1").measured[0]
    assert (measured.values, measured.total) == ((), None)


def test_the_span_begins_after_the_report_before_or_on_the_issue_date() -> None:
    plan = _plan()
    first, second = reports(plan)
    assert since(plan, first) == date(2024, 1, 2)
    assert since(plan, second) == date(2024, 6, 1)
    undated = Report(second.spec, "undated", None)
    assert since(plan, undated) == date(2024, 1, 2)


HEADINGS = builders.sentences(
    [
        ("a title as it stands", "终期工作总结", "stated-day", "终期工作总结"),
        ("reporting is said once", "报送年度落实情况", "year-end", "2024年度落实情况"),
        ("a yearly one bears its year", "进度报告", "year-end", "2024年进度"),
    ]
)


@pytest.mark.parametrize(("title", "rule", "heading"), HEADINGS)
def test_what_the_paper_is_about(title: str, rule: str, heading: str) -> None:
    due = {"rule": rule} | ({"on": "2024-10-20"} if rule == "stated-day" else {})
    spec = builders.report(title=title, due=due, who=UNITS)
    plan = builders.plan(builders.matrix(obligations=(spec,)))
    assert assemble(plan, reports(plan)[0], [], [], AS_OF).heading == heading


@given(st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(["1", "2", "3"]), st.booleans())))
def test_every_word_is_in_the_summary_once_or_kept_as_earlier(
    said: list[tuple[str, str, bool]],
) -> None:
    written = [
        _entry(place, unit, passages=(_on(number, f"句{place}。"),),
               kind=EntryKind.COMPLETED if final else EntryKind.REPORTED)
        for place, (unit, number, final) in enumerate(said)
    ]  # fmt: skip
    summary = _summary(*written)
    shown = [one for row in summary.rows for one in row.contributions]
    texts = [one.text for one in shown] + [old.text for one in shown for old in one.earlier]
    assert sorted(texts) == sorted(f"句{place}。" for place in range(len(said)))
    places = {(one.origin.unit, row.number) for row in summary.rows for one in row.contributions}
    assert len(places) == len(shown)
    assert len(summary.owed) == len(summary.reported) + len(summary.missing)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("1、2 已办结", ""),
        ("已办结。", ""),
        ("您好：\n已办结。", ""),
        ("1 已办结，培训600人", "培训600人"),
        ("2 进展：已培训600人", "已培训600人"),
        ("完成培训600人", "完成培训600人"),
        ("2024年已办结", "2024年已办结"),
    ],
)
def test_the_words_that_an_answer_by_mail_begins_with_are_no_part_of_the_paper(
    said: str, text: str
) -> None:
    assert [one.text for one in _summary(_entry(1, "甲局", said)).general] == [text] * bool(text)
    [typed] = _summary(_entry(1, "甲局", said, via=Via.COMMAND)).general
    assert typed.text == said


def test_what_a_unit_wrote_before_it_handed_the_report_over_is_kept() -> None:
    summary = _summary(_entry(1, "丁局", "已培训600人", kind=EntryKind.REPORTED))
    assert "丁局" not in summary.owed
    assert [(one.origin.unit, one.text) for one in summary.general] == [("丁局", "已培训600人")]


def test_who_has_got_a_later_date_is_missing_with_it() -> None:
    until = date(2024, 11, 1)
    found = _plan()
    late = Reporter(
        "plan-2024/summary/甲局", "甲局", Stage.REPORTED, 2, date(2024, 1, 2), until, ("1",)
    )
    [missing] = assemble(found, reports(found)[1], [late], [], AS_OF).missing
    assert (missing.unit, missing.extended_to) == ("甲局", until)


def test_a_bare_completion_is_told_and_takes_the_place_of_no_words() -> None:
    told = _summary(
        _entry(1, "甲局", "招了两名", duty="1", kind=EntryKind.REPORTED),
        _entry(2, "甲局", duty="1"),
        _entry(3, "乙局", duty="1"),
        _entry(4, "丙局"),
    )
    assert _texts(_row(told, "1")) == [("甲局", "招了两名"), ("乙局", "")]
    assert [one.is_bare for one in _row(told, "1").contributions] == [False, True]
    assert [one.origin.unit for one in told.bare] == ["丙局"]
    assert not told.general
