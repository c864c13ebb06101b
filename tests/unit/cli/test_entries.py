"""The entries on the command line: who, when, why, and what a stage allows."""

import pytest

from tests.unit.cli.commands import KEY, Office

ASSIGNMENT = "zhongshan-2023/assignment/市教育体育局"


def test_a_unit_answers_and_the_office_closes_out(applied: Office) -> None:
    for verb, by, kind, before, after, until in [
        ("report", "王五", "reported", "assigned", "reported", None),
        ("complete", "王五", "completed", "reported", "completed", None),
        ("return", "李四", "returned", "completed", "returned", "2024-10-16"),
        ("complete", "王五", "completed", "returned", "completed", None),
        ("accept", "李四", "accepted", "completed", "accepted", None),
        ("close-out", "赵六", "closed-out", "accepted", "closed-out", None),
    ]:
        told = applied.read(verb, KEY, "--by", by, "--as-of", "2024-10-10", "--text", " 说明 ")
        assert told == {
            "obligation": KEY,
            "kind": kind,
            "on": "2024-10-10",
            "by": by,
            "text": "说明",
            "before": before,
            "after": after,
            "until": until,
        }


def test_an_acknowledgement_stands_for_all(applied: Office) -> None:
    assert applied.read("acknowledge", KEY, "--by", "王五")["obligation"] == ASSIGNMENT
    rows = applied.read("ledger", "--unit", "市教育体育局")
    assert {row["stage"] for row in rows} == {"acknowledged"}


def test_people_read_one_line(applied: Office) -> None:
    done = applied.run("complete", KEY, "--by", "王五", "--as-of", "2024-10-10")
    assert done.output == f"{KEY}　2024-10-10 登记办结（王五）：已交办 → 已办结\n"
    done = applied.run("return", KEY, "--by", "李四", "--as-of", "2024-10-10", "--text", "请补")
    assert done.output.endswith("已办结 → 已退办，重新报送期限 2024-10-16\n")


def test_what_the_stage_does_not_allow_is_refused_with_what_it_does(applied: Office) -> None:
    done = applied.process("accept", KEY)
    assert done.code == 3
    assert "possible now: report, complete" in done.errors


def test_an_unknown_obligation_is_wrong_usage(applied: Office) -> None:
    done = applied.run("complete", "zhongshan-2023/final-summary")
    assert done.code == 2
    assert "duban ledger" in done.errors


@pytest.mark.parametrize("text", [[], ["--text", "  "]])
def test_a_return_needs_its_reason(applied: Office, text: list[str]) -> None:
    applied.run("complete", KEY)
    assert applied.run("return", KEY, *text).code == 2
    assert applied.read("explain", KEY)["stage"] == ("completed")


def test_without_a_name_it_is_the_login_name(applied: Office) -> None:
    applied.more = {"LOGNAME": "zhaoliu"}
    assert applied.read("complete", KEY)["by"] == "zhaoliu"


def test_an_extension_is_asked_for_and_granted(applied: Office) -> None:
    on = ("--as-of", "2024-10-10")
    asked = ("--until", "2024-11-01", "--text", "数据未齐")
    assert applied.read("request-extension", KEY, *asked, *on)["after"] == "assigned"
    assert applied.run("request-extension", KEY, *asked, *on).code == 3
    applied.read("grant-extension", KEY, *on)
    told = applied.read("explain", KEY, *on)
    assert (told["due_on"], told["stated_on"]) == ("2024-11-01", "2024-10-20")
    output = applied.run("explain", KEY, *on).output
    assert "文件写明的期限：2024年10月20日（周日）" in output
    assert "准予延期" in output


def test_a_unit_declines_and_the_office_reroutes(applied: Office) -> None:
    on = ("--as-of", "2023-03-10", "--text", "不属我单位职责")
    assert applied.read("decline", KEY, *on)["after"] == "declined"
    to = ("--to", "市残联", "--by", "承办人")
    [moved] = applied.read("reassign", KEY, *to, *on)
    assert moved["after"] == "reassigned"
    taken = "zhongshan-2023/final-summary/市残联"
    assert applied.read("explain", taken)["entries"][0]["fields"] == {"from": KEY}
    nowhere = applied.run("reassign", taken, "--to", "市教育剧", *on)
    assert (nowhere.code, "市教育" in nowhere.errors) == (2, True)


def test_a_suspension_ends_when_the_office_says_so(applied: Office) -> None:
    until = ("--until", "2024-10-28", "--text", "上级政策未定", "--as-of", "2024-10-08")
    assert applied.read("suspend", KEY, *until)["after"] == "suspended"
    [row] = [row for row in applied.read("ledger", "--ids") if row["obligation"] == KEY]
    assert (row["stage"], row["light"]) == ("suspended", "grey")
    assert applied.read("resume", KEY, "--as-of", "2024-10-14")["after"] == "assigned"
    assert applied.read("explain", KEY)["due_on"] == "2024-10-26"


def test_there_may_be_nothing_to_report(applied: Office) -> None:
    applied.read("report", KEY, "--nil", "--text", "本期无新增")
    assert applied.read("explain", KEY)["entries"][-1]["fields"] == {"nil": True}
    assert "零报告" in applied.run("explain", KEY).output


def test_a_report_without_a_word_is_none(applied: Office) -> None:
    done = applied.run("report", KEY)
    assert (done.code, "--nil" in done.errors) == (2, True)
