from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.importer.merge.again import Merged, merge
from duban.importer.merge.changes import ChangeKind, changes_in_words
from duban.importer.merge.lock import lock_of
from duban.importer.yaml_text import MergeRefused
from tests.unit.importer.merge.plan_text import FRESH, LOCK, changed, kinds, load

MATRICES = Path(__file__).parents[4] / "matrices"
PLANS = sorted(path.parent.name for path in MATRICES.glob("*/plan.yaml"))

SAME_SIDE = [
    (
        "units that the document changes are brought up to date",
        ("units: [市统计局]", "units: [市统计局, 市工商联]"),
        [("updated", "3", "units")],
    ),
    (
        "a figure that the document drops goes",
        ("    targets:\n      - text: 减少收费10项以上\n        value: 10\n", ""),
        [("updated", "2", "targets")],
    ),
    (
        "a lead that the document now declares comes in",
        ("    units: [市统计局]", "    lead: [市统计局]\n    units: [市统计局]"),
        [("updated", "3", "lead")],
    ),
    (
        "a list becomes longer than a line",
        ("units: [市统计局]", "units:\n      - 市统计局\n      - 市工商联"),
        [("updated", "3", "units")],
    ),
    (
        "the head too",
        ("issuer: 甲水市人民政府", "issuer: 甲水市政府办"),
        [("updated", "plan", "issuer")],
    ),
    (
        "a date that moves",
        ("due: {rule: year-end, year: 2026}", "due: {rule: month-end, year: 2026, month: 10}"),
        [("updated", "report", "due")],
    ),
]


@pytest.mark.parametrize(
    ("change", "expected"), [case[1:] for case in SAME_SIDE], ids=[case[0] for case in SAME_SIDE]
)
def test_what_nobody_touched_follows_the_document(
    change: tuple[str, str], expected: list[tuple[str, str, str]]
) -> None:
    fresh = changed(FRESH, change)
    merged = merge(FRESH, fresh, LOCK)
    assert kinds(merged) == expected
    assert load(merged.text) == load(fresh)
    assert merged.lock == lock_of(fresh)


OFFICE_SIDE = [
    (
        "a lead confirmed",
        ("    units: [市统计局]", "    lead: [市统计局]  # 问过\n    units: [市统计局]"),
    ),
    ("a unit corrected", ("units: [市统计局]", "units: [市发展改革委]  # 职能已划转")),
    ("a question answered", ("请确认。\n", "请确认。\n    answer: 市数据局\n")),
    ("a comment", ("duties:\n", "duties:\n  # 以下由张三核对\n")),
    (
        "a row of the office's own",
        ("obligations:\n", '  - number: "9"\n    title: 自加\n\nobligations:\n'),
    ),
    (
        "a question deleted",
        ("  - about: plan  # 问题1\n    question: 由哪个机构统筹协调，请确认。\n", ""),
    ),
]


@pytest.mark.parametrize(
    "change", [case[1] for case in OFFICE_SIDE], ids=[case[0] for case in OFFICE_SIDE]
)
def test_what_the_office_did_stays_while_the_document_is_the_same(change: tuple[str, str]) -> None:
    edited = changed(FRESH, change)
    assert merge(edited, FRESH, LOCK) == Merged(edited, (), LOCK)


@pytest.mark.parametrize(
    "change", [case[1] for case in OFFICE_SIDE], ids=[case[0] for case in OFFICE_SIDE]
)
def test_what_the_office_did_stays_when_the_document_changes_elsewhere(
    change: tuple[str, str],
) -> None:
    edited = changed(FRESH, change)
    fresh = changed(FRESH, ("units: [市数据局, 市财政局]", "units: [市数据局, 市税务局]"))
    merged = merge(edited, fresh, LOCK)
    assert kinds(merged) == [("updated", "1", "units")]
    assert merged.text == changed(
        edited, ("units: [市数据局, 市财政局]", "units: [市数据局, 市税务局]")
    ).replace("    # 市财政局：原文“财政局”（承前省略）\n", "").replace(
        "    # 文件未写牵头单位；建议（待确认）：市数据局\n", ""
    ).replace(
        "    units: [市数据局, 市税务局]",
        "    # 市财政局：原文“财政局”（承前省略）\n"
        "    # 文件未写牵头单位；建议（待确认）：市数据局\n    units: [市数据局, 市税务局]",
    )


def test_what_both_changed_is_kept_shown_and_asked_once() -> None:
    edited = changed(FRESH, ("units: [市统计局]", "units: [市发展改革委]"))
    fresh = changed(FRESH, ("units: [市统计局]", "units: [市统计局, 市工商联]"))
    merged = merge(edited, fresh, LOCK)
    assert kinds(merged) == [("kept", "3", "units"), ("asked", "3", "")]
    assert "units: [市发展改革委]" in merged.text
    assert "文件比上次导入增 市工商联；仍用“市发展改革委”（办公室改过）" in "\n".join(
        changes_in_words(merged.changes)
    )
    again = merge(merged.text, fresh, merged.lock)
    assert again == Merged(merged.text, (), merged.lock)


def test_a_comment_inside_a_value_is_not_lost() -> None:
    inside = "units:\n      - 市统计局  # 已电话确认\n"
    edited = changed(FRESH, ("units: [市统计局]\n", inside))
    fresh = changed(FRESH, ("units: [市统计局]", "units: [市统计局, 市工商联]"))
    merged = merge(edited, fresh, LOCK)
    assert inside in merged.text
    assert kinds(merged) == [("kept", "3", "units"), ("asked", "3", "")]


ROW = """\
  - number: "2"
    title: 建立投诉举报快速响应机制
    section: 一、主要任务
    units: [市信访局]
    source: {place: 序号2, line: 11, text: 市信访局}

"""


def inserted() -> str:
    later = changed(FRESH, ('number: "3"', 'number: "4"'), ('number: "2"', 'number: "3"'))
    later = changed(later, ('about: "2"', 'about: "3"'))
    return changed(later, ('  - number: "3"\n', ROW + '  - number: "3"\n'))


def test_a_row_put_in_between_moves_the_numbers_and_the_decisions_with_them() -> None:
    edited = changed(
        FRESH,
        ("units: [市统计局]", "lead: [市统计局]\n    units: [市统计局]"),
        ("列出成员。\n", "列出成员。\n    answer: 八个县区\n"),
    )
    merged = merge(edited, inserted(), LOCK)
    plan = load(merged.text)
    rows = {row["number"]: row for row in plan["duties"]}
    assert list(rows) == ["1", "2", "3", "4"]
    assert rows["4"]["lead"] == ["市统计局"]
    assert plan["questions"][1] == {
        "about": "3",
        "question": "“各县区”包括哪些单位，文件没有列名。",
        "proposal": "在 units.yaml 的 groups 中列出成员。",
        "answer": "八个县区",
    }
    assert ("added", "2", "") in kinds(merged)


def test_a_row_that_the_document_dropped_is_shown_asked_and_left() -> None:
    begin, end = FRESH.index('  - number: "3"'), FRESH.index("obligations:")
    fresh = FRESH[:begin] + FRESH[end:]
    merged = merge(FRESH, fresh, LOCK)
    assert kinds(merged) == [("removed", "3", ""), ("asked", "3", "")]
    assert load(merged.text)["duties"] == load(FRESH)["duties"]
    assert load(merged.text)["questions"][-1]["about"] == "3"


def test_a_row_that_the_office_deleted_does_not_come_back() -> None:
    begin, end = FRESH.index('  - number: "3"'), FRESH.index("obligations:")
    edited = FRESH[:begin] + FRESH[end:]
    merged = merge(edited, FRESH, LOCK)
    assert kinds(merged) == [("deleted", "3", "")]
    assert merged.text == edited


def test_a_new_question_is_appended_and_one_that_is_no_longer_asked_is_said() -> None:
    fresh = changed(
        FRESH,
        ("由哪个机构统筹协调，请确认。", "落款日期与印发日期不同，以何日为准？"),
    )
    merged = merge(FRESH, fresh, LOCK)
    assert sorted(kind for kind, _, _ in kinds(merged)) == ["asked", "settled"]
    questions = [each["question"] for each in load(merged.text)["questions"]]
    assert questions[0] == "由哪个机构统筹协调，请确认。"
    assert questions[-1] == "落款日期与印发日期不同，以何日为准？"


def test_an_obligation_keeps_the_key_by_which_the_ledger_knows_it() -> None:
    fresh = changed(
        FRESH, ("key: report", "key: final-report"), ("who: [各县区]", "who: [市数据局]")
    )
    merged = merge(FRESH, fresh, LOCK)
    assert kinds(merged) == [("updated", "report", "who")]
    assert "key: report" in merged.text


def test_without_a_lock_nothing_is_overwritten() -> None:
    edited = changed(FRESH, ("units: [市统计局]", "units: [市发展改革委]"))
    merged = merge(edited, FRESH, None)
    assert kinds(merged) == [("kept", "3", "units")]
    assert merged.text == edited


def test_line_ends_of_windows_stay() -> None:
    fresh = changed(FRESH, ("units: [市统计局]", "units: [市统计局, 市工商联]"))
    merged = merge(FRESH.replace("\n", "\r\n"), fresh, LOCK)
    assert merged.text == fresh.replace("\n", "\r\n")


def test_lists_that_are_not_there_yet_are_made() -> None:
    bare = FRESH[: FRESH.index("\n# 文件没有说定")]
    merged = merge(bare + "questions: []\n", FRESH, lock_of(bare))
    assert len(load(merged.text)["questions"]) == 2
    merged = merge(bare, FRESH, lock_of(bare))
    assert load(merged.text) == load(FRESH)


REFUSED = [
    ("not YAML", "a: [1"),
    ("anchors", "a: &x 1\nb: *x"),
    ("no mapping", "- a"),
    ("a list on one line, to which something is to be added", "duties: [{number: '7', title: 另}]"),
]


@pytest.mark.parametrize("text", [case[1] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_edited_in_place_is_refused(text: str) -> None:
    with pytest.raises(MergeRefused, match=r"plan\.yaml"):
        merge(text, FRESH, None)


@pytest.mark.parametrize("plan", PLANS)
def test_a_shipped_plan_merged_with_itself_is_the_same_byte_by_byte(plan: str) -> None:
    text = (MATRICES / plan / "plan.yaml").read_text(encoding="utf-8")
    assert merge(text, text, lock_of(text)) == Merged(text, (), lock_of(text))


SHIPPED = (MATRICES / "haidong-2023" / "plan.yaml").read_text(encoding="utf-8")
NAMES = st.sampled_from(["市残联", "市司法局", "各县区", "# 甲", "乙: 丙", "yes", "'丁'"])


@st.composite
def other_documents(draw: st.DrawFn) -> str:
    """The shipped plan with other units, titles and figures here and there."""
    lines = SHIPPED.split("\n")
    for at, line in enumerate(lines):
        if line.startswith("    units: [") and draw(st.integers(0, 4)) == 0:
            names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
            written = yaml.safe_dump(names, default_flow_style=True, allow_unicode=True)
            lines[at] = f"    units: {written}".rstrip()
        if line.startswith("        value: ") and draw(st.integers(0, 3)) == 0:
            lines[at] = f"        value: {draw(st.integers(1, 99))}"
    return "\n".join(lines)


@settings(max_examples=15, deadline=None)
@given(other_documents())
def test_an_untouched_plan_becomes_the_new_document(fresh: str) -> None:
    merged = merge(SHIPPED, fresh, lock_of(SHIPPED))
    assert load(merged.text) == load(fresh)
    assert {change.kind for change in merged.changes} <= {ChangeKind.UPDATED}
    assert merge(merged.text, fresh, merged.lock).changes == ()


@settings(max_examples=15, deadline=None)
@given(other_documents(), other_documents())
def test_an_edited_plan_is_never_overwritten(edited: str, fresh: str) -> None:
    merged = merge(edited, fresh, lock_of(SHIPPED))
    base, mine = load(SHIPPED), load(edited)
    its, now = load(fresh), load(merged.text)
    for before, own, other, after in zip(
        base["duties"], mine["duties"], its["duties"], now["duties"], strict=True
    ):
        for key in ("units", "targets"):
            touched = own.get(key) != before.get(key)
            assert after.get(key) == (own if touched else other).get(key)
