"""The rules on imports that import-linter has no words for; each gives the places that break it."""

import ast
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from tests.architecture.source import Module

COMMAND_TABLE = "duban.cli"
CLOCK = "duban.clock"
ENVIRONMENT = ("duban.settings", "duban.demo")

CLOCK_READS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "email.utils.localtime",
    "pendulum.now",
    "pendulum.today",
    "pendulum.tomorrow",
    "pendulum.yesterday",
    "sqlalchemy.func.current_date",
    "sqlalchemy.func.current_timestamp",
    "sqlalchemy.func.now",
    "sqlmodel.func.now",
    "time.time",
    "time.time_ns",
}
ENVIRONMENT_READS = {"os.environ", "os.environb", "os.getenv", "os.putenv", "os.unsetenv"}
IMPORT_CALLS = {"__import__", "importlib.import_module", "importlib.__import__"}


def hidden_imports(module: Module) -> Iterator[str]:
    """Imports inside functions, and imports by name."""
    if module.name == COMMAND_TABLE:
        return
    for function in ast.walk(module.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield module.place(node)
    yield from _uses(module, IMPORT_CALLS)


def re_exports(module: Module) -> Iterator[str]:
    """Names that an `__init__.py` imports only to hand them on."""
    if not module.is_package:
        return
    used = {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
    if "__all__" in used:
        yield f"{module.place(module.tree)} __all__"
    for here, full in module.imports():
        if here.partition(".")[0] not in used and not full.startswith("__future__."):
            yield f"{module.place(module.tree)} {full}"


def environment_reads(module: Module) -> Iterator[str]:
    """The environment read or set where it is not read once for all."""
    if not _is_within(module.name, ENVIRONMENT):
        yield from _uses(module, ENVIRONMENT_READS)


def clock_reads(module: Module) -> Iterator[str]:
    """The clock read outside the one module that may."""
    if module.name != CLOCK:
        yield from _uses(module, CLOCK_READS)


def foreign_identifiers(module: Module) -> Iterator[str]:
    """Names in the code that are not ASCII; texts may be as they like."""
    for node in ast.walk(module.tree):
        for field in ("id", "name", "attr", "arg", "asname"):
            name = getattr(node, field, None)
            if isinstance(name, str) and not name.isascii():
                yield f"{module.place(node)} {name}"


def cycle(modules: Iterable[Module]) -> list[str]:
    """One circle of modules that import each other, hidden imports counted; empty when none."""
    by_name = {module.name: module for module in modules}
    graph = {name: set(_imported(module, by_name)) - {name} for name, module in by_name.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _imported(module: Module, by_name: dict[str, Module]) -> Iterator[str]:
    for _, full in module.imports():
        name = full if full in by_name else full.rpartition(".")[0]
        if name in by_name:
            yield name


def _uses(module: Module, names: set[str]) -> Iterator[str]:
    for node, full in module.uses():
        if full in names:
            yield f"{module.place(node)} {full}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name) and node.id in names:
            yield f"{module.place(node)} {node.id}"


def _is_within(name: str, packages: Iterable[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)
