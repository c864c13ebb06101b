"""The project's Python files, parsed, for the tests of this folder."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("duban", "flows", "models", "notifications", "tasks")


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    def place(self, node: ast.AST) -> str:
        """Where a node stands, written so that an editor can jump to it."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"

    def imports(self) -> Iterator[tuple[str, str]]:
        """Each import wherever it stands, hidden ones too: its name here, and its full name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.asname or alias.name, alias.name
            elif isinstance(node, ast.ImportFrom):
                source = self._source(node)
                for alias in node.names:
                    yield alias.asname or alias.name, f"{source}.{alias.name}"

    def _source(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        parts = parts[: len(parts) - node.level + self.is_package]
        return ".".join([*parts, node.module] if node.module else parts)

    def uses(self) -> Iterator[tuple[ast.expr, str]]:
        """Each name and attribute that comes from an import, with its full name."""
        full_names = {}
        for here, full in self.imports():
            root = here.partition(".")[0]
            full_names[root] = root if "." in here else full
        for node in ast.walk(self.tree):
            chain = _chain(node)
            if isinstance(node, ast.expr) and chain and chain[0] in full_names:
                yield node, ".".join([full_names[chain[0]], *chain[1:]])


def parse(name: str, path: Path, text: str) -> Module:
    """A module of this name from its text."""
    return Module(name, path, ast.parse(text, filename=str(path)))


@cache
def modules() -> tuple[Module, ...]:
    """All modules of the product."""
    return tuple(
        parse(_module_name(path), path, path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    )


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _chain(node: ast.AST) -> list[str]:
    """`a.b.c` as its parts; nothing for any other expression."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        inner = _chain(node.value)
        return [*inner, node.attr] if inner else []
    return []
