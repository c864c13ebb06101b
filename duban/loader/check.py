"""Checking whatever a user names: an office, one plan's folder, one file."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from duban.loader import nodes, schema, text
from duban.loader.files import PLAN, ROSTER, UNITS
from duban.loader.findings import problem
from duban.loader.office import check_office
from models.matrix import Matrix
from models.policy import Policy
from models.problem import Problem, SourceMark
from models.roster import Roster
from models.units import Registry
from models.workdays import LocalDays, WorkYear

KINDS: dict[str, type[BaseModel]] = {
    "plan": Matrix,
    "roster": Roster,
    "units": Registry,
    "policy": Policy,
    "workdays": WorkYear,
    "local-workdays": LocalDays,
}
"""The kinds of YAML files."""


class Checked(NamedTuple):
    """What was found, by place, and in how many files it was looked for."""

    problems: list[Problem]
    files: int


def check(paths: Iterable[Path]) -> list[Problem]:
    """Every problem of the files and folders named, each once, by place."""
    return examine(paths).problems


def examine(paths: Iterable[Path]) -> Checked:
    """As ``check``, with the number of files.

    A plan's folder, or a file inside an office, is checked with the whole office around it; only
    what concerns the path itself is given back. A file outside any office is checked by itself.
    """
    problems: set[Problem] = set()
    files = 0
    for path in paths:
        found, count = _examine(path)
        problems.update(found)
        files += count
    return Checked(sorted(problems), files)


def _examine(path: Path) -> tuple[Iterable[Problem], int]:
    office = _office_around(path)
    if office is not None:
        found, files = check_office(office)
        inside = [each for each in found if Path(each.mark.path).is_relative_to(path)]
        return inside, files
    if _is_file(path):
        return _lone_file(path), 1
    if _is_file(path / PLAN):
        lone = [path / name for name in (PLAN, ROSTER) if _is_file(path / name)]
        return [each for file in lone for each in _lone_file(file)], len(lone)
    return check_office(path)


def _office_around(path: Path) -> Path | None:
    """The nearest folder from the path upwards that has a registry; None if there is none."""
    candidates = (path, path.parent, path.parent.parent)
    return next((folder for folder in candidates if _is_file(folder / UNITS)), None)


def _is_file(path: Path) -> bool:
    """Whether a file is there; what must not be looked into is reported when it is read."""
    try:
        return path.is_file()
    except OSError:
        return False


def _lone_file(path: Path) -> list[Problem]:
    name = str(path)
    content, problems = text.read(path, name)
    if content is None:
        return problems
    root, found = nodes.parse(content, name)
    problems += found
    if root is None:
        return problems
    kind = _kind(root)
    if kind is None:
        hint = f"it has none of the keys of a {', '.join(KINDS)} file"
        message = "what kind of file this is cannot be told"
        return [*problems, problem("Y104", SourceMark(name), message, hint)]
    return problems + schema.read(kind, root, name)[1]


def _kind(root: nodes.Node) -> type[BaseModel] | None:
    """The kind of file whose top-level keys these are; most in common wins."""
    keys = set(root.entries or ())
    best = max(KINDS.values(), key=lambda model: len(keys & set(model.model_fields)))
    return best if keys & set(best.model_fields) else None
