"""The entries on the command line: who, when, why, and what a stage allows."""

import pytest

from tests.unit.cli.commands import KEY, Office

ASSIGNMENT = "zhongshan-2023/assignment/市教育体育局"


def test_a_unit_answers_and_the_office_closes_out(applied: Office) -> None:
    for verb, kind, before, after in [
        ("report", "reported", "assigned", "reported"),
        ("complete", "completed", "reported", "completed"),
        ("return", "returned", "completed", "returned"),
        ("complete", "completed", "returned", "completed"),
        ("accept", "accepted", "completed", "accepted"),
        ("close-out", "closed-out", "accepted", "closed-out"),
    ]:
        told = applied.read(verb, KEY, "--by", "王五", "--as-of", "2024-10-10", "--text", " 说明 ")
        assert told == {
            "obligation": KEY,
            "kind": kind,
            "on": "2024-10-10",
            "by": "王五",
            "text": "说明",
            "before": before,
            "after": after,
        }


def test_an_acknowledgement_stands_for_all(applied: Office) -> None:
    assert applied.read("acknowledge", KEY, "--by", "王五")["obligation"] == ASSIGNMENT
    rows = applied.read("ledger", "--unit", "市教育体育局")
    assert {row["stage"] for row in rows} == {"acknowledged"}


def test_people_read_one_line(applied: Office) -> None:
    done = applied.run("complete", KEY, "--by", "王五", "--as-of", "2024-10-10")
    assert done.output == f"{KEY}　2024-10-10 登记办结（王五）：已交办 → 已办结\n"


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
