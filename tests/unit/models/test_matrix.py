"""What a plan derives from its rows, and what it does not let through."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.matrix import LeadBasis, Period
from tests.builders import duty, implicit, matrix, sentences

LEADS: list[tuple[str, dict[str, Any], LeadBasis, tuple[str, ...]]] = [
    ("a 牵头 column declares", {"lead": ("乙局",)}, LeadBasis.DECLARED, ()),
    (
        "the office confirms",
        {"lead": ("甲局",), "lead_confirmed": True},
        LeadBasis.CONFIRMED,
        (),
    ),
    ("otherwise the first is proposed", {}, LeadBasis.INFERRED, ("甲局",)),
    ("without units nobody is", {"units": ()}, LeadBasis.NONE, ()),
]


@pytest.mark.parametrize(("fields", "basis", "proposed"), sentences(LEADS))
def test_how_a_lead_is_known(
    fields: dict[str, Any], basis: LeadBasis, proposed: tuple[str, ...]
) -> None:
    row = duty(**fields)
    assert (row.lead_basis, row.lead_proposed) == (basis, proposed)


def test_the_measure_is_the_clauses_as_one_text_and_null_where_the_row_is_its_title() -> None:
    assert duty(clauses=("做甲。", "做乙。")).measure == "做甲。做乙。"
    assert duty().measure is None


def test_units_of_a_plan_wide_sentence_come_in_file_order_to_the_rows_it_names() -> None:
    plan = matrix(implicit=(implicit(["丙局"], ["1"]), implicit(["丁局"], ["1", "2"])))
    assert plan.implicit_units("1") == ("丙局", "丁局")
    assert plan.implicit_units("2") == ("丁局",)
    assert plan.implicit_units("3") == ()


def test_a_period_includes_both_ends() -> None:
    period = Period(first=date(2024, 1, 1), last=date(2024, 12, 31))
    inside = [date(2024, 1, 1), date(2024, 12, 31)]
    outside = [date(2023, 12, 31), date(2025, 1, 1)]
    assert [day in period for day in inside + outside] == [True, True, False, False]


def test_a_plan_starts_when_it_is_issued_and_a_draft_with_its_period() -> None:
    assert matrix().starts_on == date(2024, 1, 2)
    assert matrix(status="draft", issued_on=None).starts_on == date(2024, 1, 1)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("an issued plan without its date", {"issued_on": None}, "needs issued_on"),
    (
        "a period that ends first",
        {"period": {"first": "2024-12-31", "last": "2024-01-01"}},
        "before it begins",
    ),
    ("a day that is no day", {"issued_on": "2023-02-29"}, "does not exist in the calendar"),
    ("a day in another form", {"issued_on": "2023/3/7"}, "not a date of the form"),
    ("a number that looks like a day", {"issued_on": "20230307"}, "not a date of the form"),
    ("an unknown key", {"deadline": "2024-10-20"}, "Extra inputs"),
    ("a title of white space", {"title": "  "}, "at least 1 character"),
    ("an id with capitals", {"id": "Plan"}, "should match pattern"),
]


@pytest.mark.parametrize(("fields", "message"), sentences(REFUSED))
def test_what_a_plan_may_not_be(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        matrix(**fields)
