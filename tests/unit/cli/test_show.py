"""``duban show`` and ``duban plans``: the contract's shapes, groups as the document has them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from duban.cli import app

MATRICES = Path(__file__).parents[3] / "matrices"


@pytest.fixture(autouse=True)
def _shipped_matrices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_MATRICES", str(MATRICES))


def _show(plan: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["show", plan, "--json"])
    assert done.exit_code == 0
    shown: dict[str, Any] = json.loads(done.output)
    return shown


def _obligation(plan: str, key: str) -> dict[str, Any]:
    found = [item for item in _show(plan)["obligations"] if item["id"] == f"{plan}/{key}"]
    assert len(found) == 1
    item: dict[str, Any] = found[0]
    return item


def test_the_keys_are_those_of_the_contract() -> None:
    shown = _show("zhongshan-2023")
    assert list(shown) == ["plan", "duties", "obligations", "groups"]
    assert set(shown["plan"]) == {
        "id", "title", "document_number", "issuer", "issued_on", "period", "status",
        "jurisdiction", "coordinator",
    }  # fmt: skip
    assert set(shown["duties"][0]) == {
        "number", "title", "measure", "section", "lead", "lead_proposed", "lead_basis", "units",
        "implicit_units", "funding", "targets",
    }  # fmt: skip
    assert set(shown["duties"][0]["targets"][0]) == {
        "text", "metric", "value", "unit", "cmp", "by", "per",
    }  # fmt: skip
    assert set(shown["obligations"][0]) == {
        "id", "kind", "external", "title", "who", "to", "due_on", "rule", "text",
    }  # fmt: skip


def test_a_stated_day() -> None:
    item = _obligation("zhongshan-2023", "final-summary")
    assert (item["due_on"], item["rule"], item["to"]) == ("2024-10-20", "stated-day", "市残联")


def test_open_groups_are_expanded_closed_ones_are_not() -> None:
    who = _obligation("zhongshan-2023", "midterm-summary")["who"]
    assert who[-1] == "各镇街"
    assert "市残联" not in who
    assert len(who) == 24  # 23 units of the rows, and the group
    assert len(_show("zhongshan-2023")["groups"]["各镇街"]) == 23


def test_one_obligation_for_each_year() -> None:
    years = [
        (item["id"], item["due_on"])
        for item in _show("haidong-2023")["obligations"]
        if item["id"].startswith("haidong-2023/county-report")
    ]
    assert years == [
        ("haidong-2023/county-report/2023", "2023-12-31"),
        ("haidong-2023/county-report/2024", "2024-12-31"),
    ]


def test_no_date_while_the_office_has_not_decided() -> None:
    item = _obligation("haidong-2023", "county-evaluation/2024")
    assert (item["due_on"], item["rule"]) == (None, "by-year")


def test_no_rule_where_the_document_gives_no_date() -> None:
    item = _obligation("zhongshan-2023", "joint-meeting")
    assert (item["due_on"], item["rule"]) == (None, None)


def test_implicit_units_stand_apart() -> None:
    duty = next(duty for duty in _show("ningjin-2022")["duties"] if duty["implicit_units"])
    assert not set(duty["implicit_units"]) & set(duty["units"])


def test_a_page_for_people() -> None:
    done = CliRunner().invoke(app, ["show", "sichuan-2022"])
    assert done.exit_code == 0
    for phrase in ("川残工委〔2022〕4号", "一、事项（31 行）", "各市（州）（21）", "四、待定问题"):
        assert phrase in done.output


def test_plans_as_json_and_as_a_table() -> None:
    done = CliRunner().invoke(app, ["plans", "--json"])
    ids = [plan["id"] for plan in json.loads(done.output)]
    assert ids == ["haidong-2023", "ningjin-2022", "sichuan-2022", "yubei-2023", "zhongshan-2023"]
    table = CliRunner().invoke(app, ["plans"]).output
    assert all(plan in table for plan in ids)
