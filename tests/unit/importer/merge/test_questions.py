import pytest

from duban.importer.merge.again import merge
from duban.importer.merge.changes import ChangeKind
from duban.importer.merge.lock import lock_of
from duban.importer.merge.questions import renumbered
from tests.unit.importer.merge.plan_text import FRESH, changed

NUMBERS = [
    ("rows in a list", "2、3未写明牵头单位。", "3、4未写明牵头单位。"),
    ("rows behind the words", "包括哪些单位？（2、3同）", "包括哪些单位？（3、4同）"),
    ("a row at the beginning", "3写有2个牵头单位", "4写有2个牵头单位"),
    ("a row before its title", "2“公布清单”没有写责任单位。", "3“公布清单”没有写责任单位。"),
    ("a row beside an annex's", "正文2与附件A1内容相近", "正文3与附件A1内容相近"),
    ("a figure is no row", "新增3个、2年内完成", "新增3个、2年内完成"),
    ("nor is a part of a number", "12.3、2.3未写明", "12.3、2.3未写明"),
]


@pytest.mark.parametrize(
    ("before", "after"), [case[1:] for case in NUMBERS], ids=[case[0] for case in NUMBERS]
)
def test_rows_in_a_question_get_their_new_numbers(before: str, after: str) -> None:
    assert renumbered(before, {"2": "3", "3": "4"}) == after


def test_the_words_of_questions_follow_the_numbers_of_their_rows() -> None:
    asked = """\
  - about: plan
    question: 2、3未写明牵头单位。
    answer:
  - about: "3"
    question: 3写有2个牵头单位（市统计局、市商务局），是否共同牵头？
    answer:
"""
    base = FRESH + asked
    row = """  - number: "1"
    title: 成立专班
    section: 一、主要任务
    units: [市政府办公室]
    source: {place: 序号1, line: 9, text: 市政府办公室}

"""
    first = '  - number: "1"\n    title: 压减'
    moves = [("3", "4"), ("2", "3"), ("1", "2")]
    numbers = [(f'number: "{old}"', f'number: "{new}"') for old, new in moves]
    fresh = changed(base, *numbers, ('about: "2"', 'about: "3"'))
    fresh = changed(fresh, (first.replace('"1"', '"2"'), row + first.replace('"1"', '"2"')))
    fresh = changed(
        fresh,
        ("2、3未写", "3、4未写"),
        ('about: "3"\n    question: 3', 'about: "4"\n    question: 4'),
    )
    answered = changed(base, ("共同牵头？\n    answer:", "共同牵头？\n    answer: 是  # 问过"))
    merged = merge(answered, fresh, lock_of(base))
    assert "question: 3、4未写明牵头单位。" in merged.text
    assert (
        'about: "4"\n    question: 4写有2个牵头单位（市统计局、市商务局），是否共同牵头？\n'
        "    answer: 是  # 问过"
    ) in merged.text
    assert not [each for each in merged.changes if each.kind is ChangeKind.ASKED]
    again = merge(merged.text, fresh, merged.lock)
    assert (again.text, again.changes) == (merged.text, ())


def test_a_question_with_an_answer_keeps_its_words_when_the_document_asks_otherwise() -> None:
    base = (
        FRESH + "  - about: plan\n    question: 3项任务均未写明牵头单位。\n    answer: 由办公室定\n"
    )
    fresh = changed(base, ("3项任务均未写明", "5项任务均未写明"))
    assert "question: 3项任务均未写明牵头单位。" in merge(base, fresh, lock_of(base)).text
