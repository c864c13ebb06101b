"""From nodes to models, and from pydantic's errors back to lines and columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from duban.loader.findings import problem
from duban.loader.messages import explained
from duban.loader.nodes import Node
from models.problem import Problem, SourceMark

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
"""Keys and indices from the root of a file down to a value."""

_ROUNDS = 5
_REPORTED = 1000
"""Errors of one file: nobody reads on after that many."""
_BRANCH_ERRORS = {"too_short", "decimal_type", "tuple_type", "model_type", "string_type"}


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A file as a model, with the place of everything in it.

    ``value`` leaves out what the schema refused, so that the rules can still look at the rest;
    ``whole`` is the file as it is written.
    """

    name: str
    root: Node
    value: M
    whole: Node

    def mark(self, *path: str | int) -> SourceMark:
        """The place of a value; of the nearest thing around it where it is not in the file."""
        node = self.root
        for part in path:
            child = node.child(part)
            if child is None:
                break
            node = child
        return SourceMark(self.name, node.line, node.column)

    def is_refused(self, *path: str | int) -> bool:
        """Whether the file has a value there of which the schema took nothing, or not all."""
        node: Node | None = self.root
        for part in path:
            if node is None or part in node.refused:
                return node is not None
            node = node.child(part)
        return bool(node and node.items is not None and node.refused)

    def named(self, entries: str, key: str) -> set[str]:
        """The names of all entries of a list in the file, of those too that the schema refused."""
        listed = self.whole.child(entries)
        found = (item.child(key) for item in (listed.items or [])) if listed else ()
        return {node.value for node in found if node and node.value}

    def key_mark(self, *path: str | int) -> SourceMark:
        """The place of a key."""
        return SourceMark(self.name, *_place(self.root, path, at_key=True))


def read(model: type[M], root: Node, name: str) -> tuple[Loaded[M] | None, list[Problem]]:
    """The file as a model and everything the schema says against it; None if nothing is left."""
    value, errors = _validate(model, root)
    problems = [
        _problem(model, root, name, error) for error in islice(_telling(root, errors), _REPORTED)
    ]
    rest = root
    for _ in range(_ROUNDS):
        if value is not None:
            return Loaded(name, rest, value, root), problems
        cuts = set(_cuts(rest, errors))
        if () in cuts:
            break
        rest = _without(rest, cuts)
        value, errors = _validate(model, rest)
    return None, problems


def _validate(model: type[M], root: Node) -> tuple[M | None, list[ErrorDetails]]:
    try:
        return model.model_validate(root.plain), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _problem(model: type[BaseModel], root: Node, name: str, error: ErrorDetails) -> Problem:
    path = _path(root, error)
    at_key = error["type"] == "extra_forbidden" or error["input"] is None
    place = (*path, "rule") if error["type"] == "union_tag_invalid" else path
    mark = SourceMark(name, *_place(root, place, at_key))
    code, message, hint = explained(model, path, error)
    return problem(code, mark, message, hint)


def _path(root: Node, error: ErrorDetails) -> Path:
    """Pydantic's place without the names of union branches, which are in no file."""
    path: Path = ()
    node: Node | None = root
    for part in error["loc"]:
        child = node.child(part) if node else None
        if child is not None:
            path, node = (*path, part), child
    if error["type"] == "missing":
        path = (*path, error["loc"][-1])
    return path


def _place(root: Node, path: Path, at_key: bool = False) -> tuple[int, int]:
    node, place = root, (root.line, root.column)
    for index, part in enumerate(path):
        child = node.child(part)
        if child is None:
            break
        is_last = index == len(path) - 1
        place = node.keys[part] if at_key and is_last and part in node.keys else child.place
        node = child
    return place


def _telling(root: Node, errors: Iterable[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Errors without those that another one says better: a union's other branches, a full list."""
    placed = [(_path(root, error), error) for error in errors]
    around = _ancestors(path for path, _ in placed)
    seen: set[Path] = set()
    for path, error in placed:
        if path in seen or (path in around and error["type"] in _BRANCH_ERRORS):
            continue
        seen.add(path)
        yield error


def _ancestors(paths: Iterable[Path]) -> set[Path]:
    return {path[:length] for path in paths for length in range(len(path))}


def _cuts(root: Node, errors: Iterable[ErrorDetails]) -> Iterator[Path]:
    """What to leave out so that the rest is valid: the value, or the list item that lacks one."""
    for error in errors:
        path = _path(root, error)
        if error["type"] in {"missing", "union_tag_not_found"}:
            path = path[:-1] if error["type"] == "missing" else path
            while path and not isinstance(path[-1], int):
                path = path[:-1]
        yield path


def _without(root: Node, cuts: set[Path]) -> Node:
    """A copy of the tree that lacks those branches and shares the untouched ones."""
    around = _ancestors(cuts)
    gone: dict[Path, set[str | int]] = {}
    for cut in cuts:
        gone.setdefault(cut[:-1], set()).add(cut[-1])

    def pruned(node: Node, here: Path) -> Node:
        if here not in around:
            return node
        refused = node.refused | gone.get(here, set())
        kept = Node(node.line, node.column, node.value, keys=node.keys, refused=refused)
        if node.items is not None:
            rest = [pruned(item, (*here, n)) for n, item in enumerate(node.items)]
            kept.items = [item for n, item in enumerate(rest) if (*here, n) not in cuts]
        if node.entries is not None:
            kept.entries = {
                key: pruned(entry, (*here, key))
                for key, entry in node.entries.items()
                if (*here, key) not in cuts
            }
        return kept

    return pruned(root, ())
