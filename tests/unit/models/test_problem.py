"""A finding as people and editors read it, and as programs do."""

from models.problem import Problem, Severity, SourceMark

MARK = SourceMark("plan.yaml", 42, 7)


def test_a_finding_is_one_line_with_place_fact_and_remedy() -> None:
    found = Problem(MARK, Severity.ERROR, "U101", 'unknown unit "财政厅"', 'did you mean "财政局"?')
    line = 'plan.yaml:42:7: error U101 unknown unit "财政厅" (did you mean "财政局"?)'
    assert str(found) == line


def test_without_a_remedy_there_are_no_empty_brackets() -> None:
    found = Problem(MARK, Severity.WARNING, "R101", "no lead")
    assert str(found) == "plan.yaml:42:7: warning R101 no lead"


def test_programs_get_the_same_in_parts() -> None:
    assert Problem(MARK, Severity.WARNING, "R101", "no lead").as_json() == {
        "path": "plan.yaml",
        "line": 42,
        "column": 7,
        "severity": "warning",
        "code": "R101",
        "message": "no lead",
        "hint": "",
    }


def test_findings_sort_by_place() -> None:
    marks = [SourceMark("b", 1, 1), SourceMark("a", 10, 1), SourceMark("a", 9, 2)]
    found = sorted(Problem(mark, Severity.ERROR, "X", "x") for mark in marks)
    assert [item.mark for item in found] == marks[::-1]
