import pytest

from duban.importer.merge.again import Merged, merge
from duban.importer.merge.lock import lock_of
from duban.importer.merge.numbering import free_key, free_number
from tests.unit.importer.merge.plan_text import FRESH, changed, load

NUMBERS = [
    ("the old number is recognised", "3.9", {"3.9"}, "X3.9"),
    ("the next letter where that is taken", "3.9", {"3.9", "X3.9"}, "Y3.9"),
    ("a row of an annex", "A7", {"A7"}, "X7"),
]


@pytest.mark.parametrize(
    ("number", "taken", "expected"),
    [case[1:] for case in NUMBERS],
    ids=[case[0] for case in NUMBERS],
)
def test_a_row_gets_a_number_that_nobody_has(number: str, taken: set[str], expected: str) -> None:
    assert free_number(number, taken) == expected


def test_a_key_stays_where_it_is_free() -> None:
    assert free_key("report", set()) == "report"
    assert free_key("report", {"report", "report-2"}) == "report-3"


NEW = """\
  - number: "1"
    title: 成立专班
    section: 一、主要任务
    units: [市政府办公室]
    source: {place: 序号1, line: 9, text: 市政府办公室}

"""
OWN = """\
  - key: own
    kind: report
    title: 报送企业评价
    who: [市统计局]
    duties: ["2", "3"]  # 办公室加的
"""


def shifted() -> str:
    """The document with a row put before all others and its last row dropped."""
    begin, end = FRESH.index('  - number: "3"'), FRESH.index("obligations:")
    fresh = FRESH[:begin] + FRESH[end:]
    fresh = changed(fresh, ('number: "2"', 'number: "3"'), ('number: "1"', 'number: "2"'))
    return changed(fresh, ("duties:\n", f"duties:\n{NEW}"), ('about: "2"', 'about: "3"'))


@pytest.fixture(name="merged")
def _merged() -> Merged:
    edited = changed(FRESH, ("obligations:\n", f"obligations:\n{OWN}"))
    return merge(edited, shifted(), lock_of(FRESH))


def test_a_dropped_row_whose_number_is_anothers_gets_one_of_its_own(merged: Merged) -> None:
    rows = {row["number"]: row["title"] for row in load(merged.text)["duties"]}
    assert rows == {
        "1": "成立专班",
        "2": "压减办理时限",
        "3": "公布收费清单",
        "X3": "开展企业评价",
    }
    assert merged.renumbered == (("1", "2"), ("2", "3"), ("3", "X3"))


def test_the_question_about_a_dropped_row_stands_at_its_new_number(merged: Merged) -> None:
    asked = load(merged.text)["questions"][-1]
    assert asked["about"] == "X3"
    assert asked["question"] == "重新导入：文件里已没有“开展企业评价”（现编号X3），是否删去？"


def test_rows_that_the_office_names_are_named_by_their_new_numbers(merged: Merged) -> None:
    assert 'duties: ["3", "X3"]  # 办公室加的' in merged.text


def test_the_second_time_nothing_changes(merged: Merged) -> None:
    again = merge(merged.text, shifted(), merged.lock)
    assert (again.text, again.changes, again.renumbered) == (merged.text, (), ())


def test_without_a_lock_no_row_gets_another_number() -> None:
    merged = merge(FRESH, shifted(), None)
    assert merged.renumbered == ()
    assert 'about: "2"' in merged.text


REPORT = """\
  - key: report
    kind: report
    title: 每季度通报办理时限压减情况
    who: [市数据局]
"""


def test_a_new_obligation_whose_key_is_anothers_gets_one_of_its_own() -> None:
    fresh = changed(FRESH, ("key: report", "key: final"))
    fresh = changed(fresh, ("obligations:\n", f"obligations:\n{REPORT}"))
    merged = merge(FRESH, fresh, lock_of(FRESH))
    titles = {each["key"]: each["title"] for each in load(merged.text)["obligations"]}
    assert titles == {"report": "报送工作总结", "report-2": "每季度通报办理时限压减情况"}
    assert merge(merged.text, fresh, merged.lock).changes == ()
    moved = changed(fresh, ("year: 2026}", "year: 2027}"))
    (change, *_) = merge(merged.text, moved, merged.lock).changes
    assert (change.kind, change.where, change.field) == ("updated", "report", "due")
