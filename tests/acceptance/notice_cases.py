"""Notices with answers annotated by hand (``notices/README.md``), and how well they are read."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.acceptance.import_cases import due_dates, made, printed
from tests.acceptance.import_score import Score, added, compared

FOLDER = Path(__file__).parent / "notices"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
KINDS = ("rows", "titles", "units", "leads", "due")


class Unit(NamedTuple):
    """A unit of an answer: the readings that do, and whether it leads (None: either does)."""

    readings: tuple[tuple[str, ...], ...]
    leads: bool | None


def scored(name: str) -> dict[str, Score]:
    """One score for each kind of field of a notice."""
    answer = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    read = made(FOLDER / f"{name}.txt")
    rows = {row["number"]: row for row in printed(read)["duties"]}
    numbers = _paired(answer["rows"], rows)
    wanted = [(numbers.get(number, number), *rest) for number, *rest in answer["rows"]]
    either = {numbers.get(number, number) for number in answer["due_either"]}
    due = [(numbers.get(number, number), day) for number, day in answer["due"]]
    units = list(_units(wanted, rows))
    scores = [
        compared("rows", list(rows), [number for number, *_ in wanted]),
        compared("titles", *_titles(wanted, rows)),
        compared("units", _named(rows, "units"), [one[:2] for one in units]),
        compared("leads", *_leads(units, rows)),
        compared("due", [one for one in due_dates(read) if one[0] not in either], due),
    ]
    return {each.field: each for each in scores}


def _paired(wanted: list[list[str]], rows: dict[str, Any]) -> dict[str, str]:
    """Rows found under another number, which is a matter of taste: by their titles, in order."""
    free = [number for number in rows if number not in {each[0] for each in wanted}]
    pairs: dict[str, str] = {}
    for number, title, _ in wanted:
        if number in rows and _is_titled(rows[number], title):
            continue
        if found := next((each for each in free if _is_titled(rows[each], title)), None):
            pairs[number] = found
            free.remove(found)
    return pairs


def _is_titled(row: dict[str, Any], titles: str) -> bool:
    return _plain(row["title"]) in map(_plain, titles.split("|"))


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text)


def _titles(wanted: list[tuple[str, ...]], rows: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    right = [n for n, title, _ in wanted if n in rows and _is_titled(rows[n], title)]
    return [(n, n if n in right else row["title"]) for n, row in rows.items()], [
        (n, n) for n, *_ in wanted
    ]


def _named(rows: dict[str, Any], field: str) -> list[tuple[str, str]]:
    return [(number, _even(unit)) for number, row in rows.items() for unit in row[field]]


def _even(unit: str) -> str:
    return unit.replace("(", "（").replace(")", "）").replace(" ", "")


def _units(
    wanted: list[tuple[str, ...]], rows: dict[str, Any]
) -> Iterator[tuple[str, str, bool | None]]:
    """The units of each row in the reading that was found, else in the first that does."""
    for number, _, written in wanted:
        found = {_even(unit) for unit in rows.get(number, {"units": ()})["units"]}
        for unit in map(_unit, written.split()):
            reading = next((each for each in unit.readings if found >= set(each)), unit.readings[0])
            for name in reading:
                yield number, name, unit.leads


def _unit(written: str) -> Unit:
    readings = written.split("|")
    leads = None if written.endswith("?") else written.endswith("*")
    names = [each.rstrip("*?") for each in readings]
    as_one = [(_even(name.split("+")[0]),) if "+" in name else (_even(name),) for name in names]
    as_two = [tuple(map(_even, name.split("+"))) for name in names if "+" in name]
    return Unit((*as_two, *as_one), leads)


def _leads(
    units: list[tuple[str, str, bool | None]], rows: dict[str, Any]
) -> tuple[list[Any], list[Any]]:
    either = {(number, unit) for number, unit, leads in units if leads is None}
    found = [one for one in _named(rows, "lead") if one not in either]
    return found, [(number, unit) for number, unit, leads in units if leads]


def by_lot() -> dict[str, dict[str, Score]]:
    """The scores of each lot together."""
    lots = sorted({name[0] for name in NAMES})
    return {lot: added(scored(n) for n in NAMES if n[0] == lot) for lot in lots}


if __name__ == "__main__":
    for lot, scores in by_lot().items():
        for kind in KINDS:
            print(lot, scores[kind])
