"""The tree of expected errors, and what the command line makes of it."""

import re

import pytest

from duban import errors
from duban.errors import DubanError, InvalidOffice, UnknownPlan
from models.problem import Problem, Severity, SourceMark

CLASSES = [
    item
    for item in vars(errors).values()
    if isinstance(item, type) and issubclass(item, DubanError) and item is not DubanError
]


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_stands_in_the_drawing(kind: type[DubanError]) -> None:
    assert re.search(rf"[├└]── {kind.__name__}\b", errors.__doc__ or "")


@pytest.mark.parametrize("kind", CLASSES)
def test_exit_codes_are_those_of_the_contract(kind: type[DubanError]) -> None:
    assert kind.exit_code in {1, 2, 3}


def test_message_and_hint_make_one_line() -> None:
    assert str(UnknownPlan("there is no plan x", "the plans are y")) == (
        "there is no plan x (the plans are y)"
    )
    assert str(UnknownPlan("there is no plan x")) == "there is no plan x"


def test_an_invalid_office_counts_its_errors() -> None:
    mark = SourceMark("plan.yaml")
    problems = [
        Problem(mark, Severity.ERROR, "U101", "unknown unit"),
        Problem(mark, Severity.WARNING, "O104", "open question"),
    ]
    error = InvalidOffice(problems)
    assert error.problems == tuple(problems)
    assert error.message == "the office's files have 1 error"
