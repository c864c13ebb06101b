"""``duban check``: every mistake in the YAML, each with its place and remedy."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import print_json, printable, write
from duban.loader.check import examine
from duban.loader.findings import counted
from duban.settings import Settings
from models.problem import Problem, Severity

_SHOWN = 20
"""Findings of one rule in one file; whoever mends these knows how to mend the rest."""


class Format(StrEnum):
    """How diagnostics are printed."""

    TEXT = "text"
    JSON = "json"


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Folders or files; DUBAN_MATRICES if none.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
) -> None:
    """Validate matrices, rosters, policies and calendars; nothing is written.

    Exit code 1 if there are errors. Warnings are what the documents themselves leave open.
    """
    started = time.perf_counter()
    found = examine(paths or [Settings.read().matrices])
    in_json = as_json or format_ is Format.JSON
    if in_json:
        print_json([problem.as_json() for problem in found.problems])
    else:
        for line in _lines(found.problems):
            write(printable(line))
    errors = sum(problem.severity is Severity.ERROR for problem in found.problems)
    warnings = len(found.problems) - errors
    if not in_json:
        seconds = time.perf_counter() - started
        parts = (
            counted(found.files, "file"),
            counted(errors, "error"),
            counted(warnings, "warning"),
        )
        write(f"{', '.join(parts)} in {seconds:.2f} s")
    if errors or (strict and warnings):
        raise typer.Exit(1)


def _lines(problems: Iterable[Problem]) -> Iterator[str]:
    """One line per problem; of one rule in one file the first twenty and how many more."""
    found = list(problems)
    total = Counter((problem.mark.path, problem.code) for problem in found)
    said: Counter[tuple[str, str]] = Counter()
    for problem in found:
        key = (problem.mark.path, problem.code)
        said[key] += 1
        if said[key] <= _SHOWN:
            yield str(problem)
        if said[key] == total[key] > _SHOWN:
            more = total[key] - _SHOWN
            yield f"{problem.mark.path}: {problem.severity} {problem.code} … and {more} more"
