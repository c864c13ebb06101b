"""How the open points of a draft become few questions."""

import pytest

from duban.importer.draft import draft
from duban.importer.formats.text import read_text
from duban.importer.questions import Asked, questions

TEXT = """滨江市养老服务工作方案
1.提升服务质量。{0}
2.扩大服务供给。{1}
3.加强服务监管。{2}"""


def _asked(code: str, *lists: str) -> list[Asked]:
    made = draft(read_text(TEXT.format(*lists).encode()), None, "滨江市")
    return [each for each in questions(made) if each.code == code]


def test_lists_that_end_in_et_cetera_are_one_question_that_names_rows_and_words() -> None:
    (one,) = _asked(
        "open-ended", "（市民政局等负责）", "（市教育局、市妇联等部门负责）", "（市民政局等负责）"
    )
    assert one.question == "“市民政局等”（1、3）、“市妇联等部门”（2）没有列全，还包括哪些单位？"
    assert (one.about, one.also, one.proposal) == ("1", ("2", "3"), None)


def test_the_same_words_about_two_rows_name_the_other_behind_them() -> None:
    (one,) = _asked("open-ended", "（市民政局等负责）", "（市民政局等负责）", "（市教育局负责）")
    assert one.question == "“市民政局等”没有列全，还包括哪些单位？（2同）"


def test_proposals_for_several_names_stand_side_by_side() -> None:
    (one,) = _asked("prefix-from-level", "（民政局负责）", "（教育局负责）", "（市残联负责）")
    assert one.proposal == "民政局：市民政局；教育局：市教育局"


def test_what_is_decided_for_each_name_alone_stays_apart() -> None:
    assert (
        len(_asked("misspelt", "（市民政局局负责）", "（市教育局局负责）", "（市残联负责）")) == 2
    )


@pytest.mark.parametrize(("line", "count"), [
    ("（市民政局、市残联牵头，市财政局配合）", 1),
    ("（市民政局、市残联共同牵头，市财政局配合）", 0),
    ("（牵头单位：市民政局、市残联；配合单位：市财政局）", 0),
])  # fmt: skip
def test_several_leads_are_asked_of_unless_the_document_says_they_lead_together(
    line: str, count: int
) -> None:
    assert len(_asked("joint-lead", line, line, line)) == count


def test_a_row_without_units_is_asked_about_once() -> None:
    table = "任务表\n序号\t任务\t责任单位\t时限\n1\t甲事\t市民政局\t6月底\n2\t乙事\t—\t6月底\n"
    asked = questions(draft(read_text(table.encode()), None, "滨江市"))
    assert [one.about for one in asked if one.code in ("no-units", "who-unknown")] == ["2"]


def test_a_document_without_a_row_says_so_in_a_question() -> None:
    made = draft(read_text("滨江市养老服务工作方案\n全市上下要高度重视。".encode()), None, "滨江市")
    assert "no-rows" in [one.code for one in questions(made)]
