"""The rows of a plan: numbers, titles, links."""

import re
from collections.abc import Iterator
from itertools import combinations

from duban.loader.findings import problem, quoted
from duban.loader.read import OfficeFiles, PlanFiles
from models.matrix import UNDECIDED, Duty, Status
from models.problem import Problem

_LETTERS = re.compile(r"\w+")
_COMPARED_TITLES = 400
_SHORTEST_SHARE = 0.6


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """What is wrong with the rows of each plan."""
    for plan in office.plans:
        yield from _folder(plan)
        yield from _undecided(plan)
        yield from _numbers(plan)
        yield from _links(plan)
        yield from _titles(plan)


def _folder(plan: PlanFiles) -> Iterator[Problem]:
    if plan.matrix.value.id != plan.folder.name:
        message = f"the plan is called {quoted(plan.matrix.value.id)}"
        hint = f"its folder is {quoted(plan.folder.name)}; give both the same name"
        yield problem("M105", plan.matrix.mark("id"), message, hint)


def _undecided(plan: PlanFiles) -> Iterator[Problem]:
    """What an import left open stands in every mail of the plan."""
    matrix = plan.matrix.value
    if matrix.status is Status.DRAFT:
        return
    for field in ("title", "jurisdiction", "coordinator"):
        if getattr(matrix, field) == UNDECIDED:
            message = f"the {field} is still {quoted(UNDECIDED)}"
            hint = "write what the office decided, or say status: draft until it has"
            yield problem("M107", plan.matrix.mark(field), message, hint)


def _numbers(plan: PlanFiles) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, duty in enumerate(plan.matrix.value.duties):
        mark = plan.matrix.mark("duties", index, "number")
        if duty.number in seen:
            message = f"row {duty.number} was given on line {seen[duty.number]} already"
            yield problem("M101", mark, message, "every row has a number of its own")
        seen.setdefault(duty.number, mark.line)


def _links(plan: PlanFiles) -> Iterator[Problem]:
    known = plan.matrix.named("duties", "number")
    for index, duty in enumerate(plan.matrix.value.duties):
        for number, link in enumerate(duty.links):
            if link not in known or link == duty.number:
                said = "itself" if link == duty.number else f"row {link}, which does not exist"
                mark = plan.matrix.mark("duties", index, "links", number)
                yield problem(
                    "M102", mark, f"row {duty.number} links to {said}", "correct the number"
                )
    for index, entry in enumerate(plan.matrix.value.implicit):
        for number, row in enumerate(entry.duties):
            if row not in known:
                mark = plan.matrix.mark("implicit", index, "duties", number)
                message = f"plan-wide units are added to row {row}, which does not exist"
                yield problem("M103", mark, message, "correct the number")


def _titles(plan: PlanFiles) -> Iterator[Problem]:
    duties = plan.matrix.value.duties
    first: dict[str, int] = {}
    for index, duty in enumerate(duties):
        letters = _letters(duty.title)
        same = first.setdefault(letters, index)
        if same != index and not _are_sub_rows(duties[same], duty):
            yield _alike(plan, index, same, "is the same as that of")
    if len(first) > _COMPARED_TITLES:
        return
    cut: set[str] = set()
    for earlier, later in combinations(first, 2):
        shorter, longer = sorted((earlier, later), key=len)
        if _is_cut(shorter, longer):
            if shorter in cut:
                continue  # one place, one finding
            cut.add(shorter)
            yield _alike(plan, first[shorter], first[longer], "lacks only a few words of that of")
        elif _is_misspelt(earlier, later):
            yield _alike(
                plan, first[later], first[earlier], "differs in one character from that of"
            )


def _letters(title: str) -> str:
    return "".join(_LETTERS.findall(title))


def _are_sub_rows(one: Duty, other: Duty) -> bool:
    main, dot, _ = one.number.partition(".")
    return bool(dot) and other.number.startswith(f"{main}.")


def _is_cut(shorter: str, longer: str) -> bool:
    """Whether a title is another with words left out: 实施残疾人就业帮扶行动 (004 四川, row 7)."""
    if not len(longer) * _SHORTEST_SHARE <= len(shorter) < len(longer):
        return False
    rest = iter(longer)
    return all(char in rest for char in shorter)


def _is_misspelt(one: str, other: str) -> bool:
    if len(one) != len(other) or len(one) < 4:  # noqa: PLR2004
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _alike(plan: PlanFiles, index: int, other: int, how: str) -> Problem:
    duties = plan.matrix.value.duties
    message = f"the title of row {duties[index].number} {how} row {duties[other].number}"
    hint = "compare with the document; a word may be lost, or a row be there twice"
    return problem("M104", plan.matrix.mark("duties", index, "title"), message, hint)
