"""``duban plan``: a diff that can be read, saved and counted on."""

import json

from tests.unit.cli.commands import KEY, Office


def test_an_empty_ledger_is_to_hold_everything(office: Office) -> None:
    done = office.run("plan", "zhongshan-2023")
    assert done.code == 0
    assert "  +  2024-10-20  报送  推动落实《行动方案》终期工作总结" in done.output
    assert "46个单位：市委组织部" in done.output
    assert "新增 648 项" in done.output


def test_every_line_fits_a_hundred_columns_in_chinese(office: Office) -> None:
    lines = office.run("plan").output.splitlines()
    wide = [line for line in lines if sum(1 + (ord(c) > 0x2E7F) for c in line) > 100]
    assert wide == []


def test_the_json_names_what_changes(office: Office) -> None:
    (difference,) = office.read("plan", "zhongshan-2023")
    assert list(difference) == [
        "plan", "ledger_mark", "matrix_mark", "changes", "asks_again", "draft",
    ]  # fmt: skip
    assert len(difference["changes"]) == 648
    assert set(difference["changes"][0]) == {
        "kind", "obligation", "unit", "title", "due_on", "fields",
    }  # fmt: skip


def test_a_changed_date_is_shown_before_and_after(applied: Office) -> None:
    applied.postpone()
    done = applied.run("plan", "zhongshan-2023")
    assert "  ~  2024-10-31  报送  推动落实《行动方案》终期工作总结" in done.output
    assert "期限：2024-10-20 → 2024-10-31" in done.output
    assert "需重新签收：" in done.output
    assert "变更 46 项，46 个单位需重新签收" in done.output
    (difference,) = applied.read("plan", "zhongshan-2023")
    change = next(item for item in difference["changes"] if item["obligation"] == KEY)
    assert change["fields"] == {"due_on": ["2024-10-20", "2024-10-31"]}
    assert difference["asks_again"]["zhongshan-2023/assignment/市教育体育局"] == "变更1项"


def test_a_removed_unit_is_withdrawn(applied: Office) -> None:
    applied.edit("zhongshan-2023", "市烟草专卖局, 市邮政管理局, 各镇街]", "市邮政管理局, 各镇街]")
    done = applied.run("plan", "zhongshan-2023")
    assert "  -  —           事项  2 实施国有企业安排残疾人就业行动" in done.output


def test_titles_under_other_numbers_are_pointed_out(applied: Office) -> None:
    first, second = "实施机关、事业单位带头安排残疾人就业行动", "实施国有企业安排残疾人就业行动"
    for number, before, after in (("1", first, "新的行动"), ("2", second, first)):
        row = f'  - number: "{number}"\n    title: '
        applied.edit("zhongshan-2023", f"{row}{before}\n", f"{row}{after}\n")
    said = applied.run("plan", "zhongshan-2023").output
    assert "注意：1 个事项的编号变了：\n    1 → 2\n" in said
    assert "留在这个编号下，不跟着事项走" in said
    assert "1 → 2\n" in applied.run("apply", "zhongshan-2023", "--as-of", "2024-09-03").output


def test_nothing_to_do_says_so(applied: Office) -> None:
    assert "  没有变化" in applied.run("plan", "zhongshan-2023").output


def test_a_draft_is_shown_and_marked_and_counts_as_nothing(office: Office) -> None:
    done = office.run("plan", "ningjin-2022", "--detailed-exitcode")
    assert done.code == 0
    assert "【征求意见稿，不会录入】" in done.output
    (difference,) = office.read("plan", "ningjin-2022")
    assert difference["draft"] is True
    assert difference["changes"]


def test_the_detailed_exit_code_tells_changes(applied: Office) -> None:
    assert applied.run("plan", "zhongshan-2023", "--detailed-exitcode").code == 0
    applied.postpone()
    assert applied.process("plan", "zhongshan-2023", "--detailed-exitcode").code == 4


def test_a_saved_plan_leaves_drafts_out(office: Office) -> None:
    path = office.folder / "plan.json"
    assert office.run("plan", "--out", str(path)).code == 0
    content = json.loads(path.read_text(encoding="utf-8"))
    assert [item["plan"] for item in content["plans"]] == [
        "haidong-2023", "sichuan-2022", "yubei-2023", "zhongshan-2023",
    ]  # fmt: skip


def test_a_draft_alone_cannot_be_saved(office: Office) -> None:
    path = office.folder / "plan.json"
    assert office.run("plan", "ningjin-2022", "--out", str(path)).code == 3
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_wrong_usage(office: Office) -> None:
    path = office.folder / "nowhere" / "plan.json"
    done = office.run("plan", "haidong-2023", "--out", str(path))
    assert done.code == 2
    assert "cannot be written" in done.errors


def test_an_unknown_plan(office: Office) -> None:
    done = office.run("plan", "zhongshan")
    assert done.code == 2
    assert 'there is no plan "zhongshan"' in done.errors
