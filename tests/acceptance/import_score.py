"""How well an import agrees with an expected answer, field by field."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple


class Score(NamedTuple):
    """What was expected, found, and both, of one kind of field."""

    field: str
    expected: int
    found: int
    right: int
    wrong: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        both = self.expected + self.found
        return 2 * self.right / both if both else 1.0

    def __str__(self) -> str:
        counts = f"{self.right:4} of {self.expected:4} expected, {self.found:4} found"
        return f"{self.field:12} F1 {self.f1:.3f}  {counts}"


def score(got: dict[str, Any], expected: dict[str, Any]) -> dict[str, Score]:
    """One score for each kind of field of two plans as ``duban show --json`` prints them."""
    scores = [
        compared("rows", _rows(got), _rows(expected)),
        compared("units", _units(got), _units(expected)),
        compared("leads", _leads(got), _leads(expected)),
        compared("funding", _listed(got, "funding"), _listed(expected, "funding")),
        compared("implicit", _listed(got, "implicit_units"), _listed(expected, "implicit_units")),
        compared("titles", _field(got, "title"), _field(expected, "title")),
        compared("sections", _field(got, "section"), _field(expected, "section")),
        compared("quantities", _quantities(got), _quantities(expected)),
        compared("dated", _dated(got), _dated(expected)),
        compared("obligations", _obligations(got), _obligations(expected)),
    ]
    return {each.field: each for each in scores}


def added(scores: Iterable[dict[str, Score]]) -> dict[str, Score]:
    """The scores of several documents together."""
    total: dict[str, Score] = {}
    for each in scores:
        for field, one in each.items():
            before = total.get(field, Score(field, 0, 0, 0))
            total[field] = Score(
                field,
                before.expected + one.expected,
                before.found + one.found,
                before.right + one.right,
                before.wrong + one.wrong,
            )
    return total


def unasked_wrong_units(got: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """Units that are wrong in a row about which no question speaks."""
    right = set(_units(expected))
    asked = {number for question in got["questions"] for number in _about(question)}
    return [
        f"{number} {unit}"
        for number, unit in _units(got)
        if (number, unit) not in right and number not in asked
    ]


def _about(question: dict[str, Any]) -> set[str]:
    also = re.findall(r"[A-Z]?\d+(?:\.\d+)*", question["message"])
    return {question.get("about", ""), *also}


def compared(field: str, got: Iterable[Hashable], expected: Iterable[Hashable]) -> Score:
    """How many of the expected items were found, each as often as it is expected."""
    found, wanted = Counter(got), Counter(expected)
    both = found & wanted
    wrong = [f"+ {item}" for item in (found - both).elements()]
    wrong += [f"- {item}" for item in (wanted - both).elements()]
    return Score(
        field, wanted.total(), found.total(), both.total(), tuple(f"{field} {w}" for w in wrong)
    )


def _rows(plan: dict[str, Any]) -> list[str]:
    return [row["number"] for row in plan["duties"]]


def _units(plan: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["number"], unit) for row in plan["duties"] for unit in row["units"]]


def _leads(plan: dict[str, Any]) -> list[tuple[str, str]]:
    """Declared leads, and the proposed one where none is declared, told apart."""
    return [
        (row["number"], kind, unit)
        for row in plan["duties"]
        for kind in ("lead", "lead_proposed")
        for unit in row[kind]
    ]


def _listed(plan: dict[str, Any], key: str) -> list[tuple[str, str]]:
    return [(row["number"], item) for row in plan["duties"] for item in row.get(key) or ()]


def _field(plan: dict[str, Any], key: str) -> list[tuple[str, str]]:
    return [(row["number"], plain(row[key])) for row in plan["duties"]]


def _quantities(plan: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (row["number"], _value(each["value"]), each["unit"], each["cmp"], each["by"], each["per"])
        for row in plan["duties"]
        for each in row["targets"]
    ]


def _value(value: Any) -> Any:
    return tuple(float(each) for each in value) if isinstance(value, list) else float(value)


def _dated(plan: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What has a date or a rule for one: kind, who owes it, to whom, when.

    The day of 按年度 is the office's decision, and no document's.
    """
    return [
        (each["kind"], tuple(each["who"]), each["to"], _day(each), each["rule"])
        for each in plan["obligations"]
        if each["rule"]
    ]


def _obligations(plan: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (each["kind"], tuple(each["who"]), each["to"], _day(each), each["external"])
        for each in plan["obligations"]
    ]


def _day(obligation: dict[str, Any]) -> str | None:
    day: str | None = obligation["due_on"]
    return None if obligation["rule"] == "by-year" else day


def plain(text: str) -> str:
    """A title without marks and blanks: they differ between a document and its formats."""
    return re.sub(r"[^\w\u4e00-\u9fff]", "", text)
