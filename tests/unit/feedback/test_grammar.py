"""The small grammar of answers, and that it guesses and loses nothing."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.feedback.grammar import read
from models.answer import Passage, Reading, Statement
from models.entry import BY_UNIT, EntryKind
from tests.unit.feedback.sayings import CONTRADICTIONS, SAYINGS, UNCLEAR

ON = date(2024, 10, 18)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
WORDS = st.sampled_from(
    [*(text for text, _, _ in SAYINGS), "；", "，", "\n", "1、", "第2项", "任务3：", "3", " ",
     "进展：", "已办结", "11月1日", "2024-02-30", "二〇二四年", "①", "您好，"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map("".join))


def told(statement: Statement) -> str:
    items = "all" if statement.for_all else ",".join(map(str, statement.items)) or "?"
    kind = "nil" if statement.is_nil else statement.kind.value
    if statement.kind is EntryKind.EXTENSION_REQUESTED:
        kind = f"extension@{statement.until}" if statement.until else "extension"
    return f"{items}={kind}"


def meaning(reading: Reading) -> list[str]:
    return [told(statement) for statement in reading.statements]


@pytest.mark.parametrize(("text", "count", "expected"), SAYINGS)
def test_sayings(text: str, count: int, expected: str) -> None:
    found = read(text, ON, count)
    assert meaning(found) == expected.split()
    is_whole = bool(expected) and "?" not in expected and not expected.endswith("extension")
    assert bool(found.because) is not is_whole
    if not expected:
        assert list(found.unclear) == [line for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(("text", "count", "unclear", "_why"), UNCLEAR)
def test_what_is_not_understood_is_named(
    text: str, count: int, unclear: tuple[str, ...], _why: str
) -> None:
    found = read(text, ON, count)
    assert found.unclear == unclear
    assert found.because
    assert len(found.statements) == 1


@pytest.mark.parametrize(("text", "count", "because"), CONTRADICTIONS)
def test_contradictions_are_told_and_the_statements_listed(
    text: str, count: int, because: str
) -> None:
    found = read(text, ON, count)
    assert because in found.because
    assert len(found.statements) == 2


def test_paragraphs_belong_to_the_statement_above() -> None:
    text = "1 进展：走访20家。\n\n第二段：签约8家。\n甲\n谢谢\n2 签收"
    first, second = read(text, ON, 2).statements
    assert first.text == "1 进展：走访20家。\n\n第二段：签约8家。\n甲\n谢谢"
    assert second.text == "2 签收"


def test_a_line_of_a_list_that_could_be_an_answer_is_not_taken_for_one_but_told() -> None:
    found = read("1 进展：\n1、开会\n2、已完成。", ON, 2)
    assert meaning(found) == ["1=reported"]
    assert "像是还有对别的事项的答复" in found.because


def test_passages_name_rows_of_the_plan() -> None:
    text = (
        "进展：\n总体良好。\n任务3：培训120人。\n扩面。\n序号A7： 已办结\n任务2.10：无\n第５行：x"
    )
    (found,) = read(text, ON, 1).statements
    assert found.text == text
    assert found.passages == (
        Passage("3", "培训120人。\n扩面。"), Passage("A7", "已办结"), Passage("2.10", "无"),
        Passage("5", "x"),
    )  # fmt: skip


def test_a_row_may_stand_in_the_line_of_the_opening() -> None:
    (found,) = read("2 进展：任务3：培训120人", ON, 2).statements
    assert (found.items, found.passages) == ((2,), (Passage("3", "培训120人"),))


def test_a_row_that_is_declined_reports_nothing() -> None:
    assert not read("任务3：退回，不属于我单位", ON, 1).statements


def test_with_no_open_item_no_number_is_made_up() -> None:
    (found,) = read("签收", ON, 0).statements
    assert (found.items, found.for_all) == ((), False)


@given(TEXTS, st.integers(0, 12))
def test_nothing_is_lost_and_nothing_raises(text: str, count: int) -> None:
    found = read(text, ON, count)
    kept = "\n".join([*(each.text for each in found.statements), *found.unclear])
    for line in text.splitlines():
        pieces = [line] if line.strip() in kept else re.split("[；;，,。｡]", line)
        assert all(piece.strip() in kept for piece in pieces)
    for statement in found.statements:
        assert statement.kind in BY_UNIT
        assert not (statement.items and statement.for_all)
        assert all(1 <= item <= count for item in statement.items)


@given(TEXTS.filter(lambda text: all(letter >= " " or letter == "\n" for letter in text)))
def test_full_width_reads_as_half_width(text: str) -> None:
    wide = text.translate(FULL_WIDTH)
    assert meaning(read(wide, ON, 3)) == meaning(read(text, ON, 3))


@given(
    st.sampled_from(SAYINGS), st.sampled_from(["不", "没有", "尚未", "无法", "未", "并未", "不能"])
)
def test_a_negated_word_is_never_taken_for_the_deed(
    saying: tuple[str, int, str], negation: str
) -> None:
    text, count, expected = saying
    if expected.partition("=")[2] not in {"acknowledged", "completed"} or text.partition("\n")[1]:
        return
    for deed in ("签收", "收到", "收悉", "知悉", "办结", "办毕", "办理完毕", "完成"):
        found = read(text.replace(deed, negation + deed), ON, count)
        if deed in text and "已" not in text.partition(deed)[0]:
            kinds = {each.kind for each in found.statements}
            assert not kinds & {EntryKind.ACKNOWLEDGED, EntryKind.COMPLETED}


@pytest.mark.parametrize(
    "text", ["1," * 100_000, "，1 " * 50_000, "因" * 200_000, "签收\n" * 50_000]
)
def test_long_nonsense_takes_no_time(text: str) -> None:
    assert read(text, ON, 3).because
