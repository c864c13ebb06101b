"""A whole draft's dates: within the plan's period, out of it, working days, words for no end."""

from datetime import date

from duban.importer.as_matrix import as_matrix
from duban.importer.as_yaml import as_yaml
from duban.importer.draft import draft
from duban.importer.period import plan_period, within_period
from duban.importer.questions import questions
from models.document import Block, Cell, Document, Paragraph, Place, Table
from models.draft import Draft
from models.workdays import WorkCalendar, WorkYear

TODAY = date(2026, 1, 5)
HEADER = ("序号", "工作任务", "责任单位", "完成时限")


def _document(title: str, *times: str) -> Document:
    lines = [title, "示例市人民政府办公室", "2025年3月7日", "\t".join(HEADER)]
    rows = [HEADER]
    for number, when in enumerate(times, 1):
        rows.append((str(number), f"推进第{'甲乙丙丁戊己'[number]}项改革", "市财政局", when))
        lines.append("\t".join(rows[-1]))
    cells = tuple(
        tuple(
            Cell(text, Place(at, table=1, row=at - 3, column=column))
            for column, text in enumerate(row, 1)
        )
        for at, row in enumerate(rows, 4)
    )
    blocks: tuple[Block, ...] = (
        *(Paragraph(text, Place(at, at)) for at, text in enumerate(lines[:3], 1)),
        Table(cells, Place(4, table=1)),
    )
    return Document("docx", blocks, tuple(lines))


def _drafted(title: str, *times: str) -> tuple[Draft, Document]:
    document = _document(title, *times)
    return within_period(draft(document), TODAY), document


def test_a_date_outside_the_period_is_asked_for_in_the_plan_and_among_the_questions() -> None:
    found, document = _drafted("示例市2025年优化营商环境工作要点", "2025年6月底前", "每年1月底前")
    matrix = as_matrix(found, document.lines, "sample", TODAY)
    asked = questions(found)
    assert [duty.due and duty.due["rule"] for duty in found.dated] == ["month-end", None]
    assert [spec.due is None for spec in matrix.obligations] == [False, True]
    assert [each.question for each in asked] == [each.question for each in matrix.questions]
    assert "date-outside-period" in {each.code for each in asked}


def test_a_rhythm_within_the_year_keeps_the_times_that_are_still_to_come() -> None:
    found, _ = _drafted("示例市2025年优化营商环境工作要点", "每季度首月10日前", "每月5日前")
    days = [duty.due and duty.due["month_day"] for duty in found.dated]
    assert days[:3] == ["04-10", "07-10", "10-10"]
    assert days[3:] == [f"{month:02}-05" for month in range(4, 13)]
    assert "date-outside-period" not in {doubt.code for doubt in found.doubts}


def test_years_in_cells_count_for_the_period_that_is_proposed() -> None:
    found, _ = _drafted("示例市优化营商环境工作方案", "2025年6月底前", "2027年底前")
    assert plan_period(found, TODAY).last == date(2027, 12, 31)
    assert all(duty.due for duty in found.dated)


def test_every_cell_is_a_date_or_kept_as_a_note_or_asked_about() -> None:
    times = ("2025年6月底前", "长期坚持", "汛前", "项目完工后")
    found, document = _drafted("示例市2025年优化营商环境工作要点", *times)
    matrix = as_matrix(found, document.lines, "sample", TODAY)
    assert [row.note for row in found.rows] == ["", "完成时限：长期坚持", "", ""]
    assert [duty.note for duty in matrix.duties] == [None, "完成时限：长期坚持", None, None]
    assert "note: 完成时限：长期坚持" in as_yaml(matrix, found, "sample.docx")
    asked = {each.about: each.question for each in questions(found)}
    assert "汛前" in asked["3"]
    assert "项目完工后" in asked["4"]


def test_working_days_from_the_day_of_issue_are_counted_by_the_calendar_given() -> None:
    document = _document("示例市2025年优化营商环境工作要点", "印发后3个工作日内")
    holidays = WorkYear(year=2025, notice="某年放假通知", rest_days=(date(2025, 3, 10),))
    found = draft(document, workdays=WorkCalendar((holidays,)))
    assert [duty.due for duty in found.dated] == [{"rule": "stated-day", "on": "2025-03-13"}]
    assert any(doubt.code == "relative-date" for doubt in found.doubts)
