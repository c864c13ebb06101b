"""``duban import-roster``: the list of contacts that an office collects becomes a roster."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from duban import clock
from duban.cli.import_again import CHANGED
from duban.cli.import_files import change_file, check_output, content_of, kept_before, text_of
from duban.cli.options import AsJson, day
from duban.cli.output import print_json, write
from duban.errors import DubanError, UnknownPlan
from duban.importer.formats.reader import read
from duban.importer.rosters.changes import RosterChange, RosterChangeKind
from duban.importer.rosters.fresh import fresh_roster
from duban.importer.rosters.posts import NAMES
from duban.importer.rosters.reading import Listed, Query, read_roster
from duban.importer.rosters.update import updated
from duban.loader.files import PLAN, ROSTER
from duban.loader.findings import did_you_mean
from duban.loader.read import read_file
from duban.settings import Settings
from models.matrix import Matrix
from models.problem import Problem
from models.units import Jurisdiction, Registry


class _Office(NamedTuple):
    """What is known of the plan that a roster is for."""

    plan: str
    coordinator: str
    place: Jurisdiction | None


class _Outcome(NamedTuple):
    """What there is to write, what changes, what is to be asked."""

    text: str
    changes: tuple[RosterChange, ...]
    queries: tuple[Query, ...]
    is_new: bool


def import_roster(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="xlsx, docx, html … with a table.")],
    plan: Annotated[
        str, typer.Option("--plan", metavar="ID", help="The plan; its units are looked up.")
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="The roster; else the plan's own."),
    ] = None,
    since: Annotated[
        date | None,
        typer.Option("--since", parser=day, metavar="DATE", help="From when it holds; today."),
    ] = None,
    is_writing: Annotated[
        bool, typer.Option("--write", help="Write into a roster that exists.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a roster of a list of contacts, or show what the list changes in the one there is.

    A roster that exists is written only with --write, else the exit code is 4 where the list
    changes it. Names and addresses are shown, telephone numbers are not; with --json none of them.
    """
    check_output(output, "-o", (".yaml", ".yml"), "matrices/<plan>/roster.yaml")
    settings = Settings.read()
    office = _office(settings.matrices, plan, output)
    target = output or (settings.matrices / plan / ROSTER if plan else None)
    listed = read_roster(read(file.name, content_of(file)), office.place)
    if not listed.tables:
        fact = f"{file} has no table with a heading such as 单位, 姓名, 邮箱"
        raise DubanError(fact, "put the names of the columns in a row above the persons")
    from_day = since or clock.today(settings.timezone)
    outcome = _outcome(target, office, file.name, listed, from_day)
    has_changes = outcome.is_new or bool(outcome.changes)
    will_write = bool(target) and has_changes and (is_writing or (outcome.is_new and bool(output)))
    if target and will_write:
        change_file(target, outcome.text)
    if as_json:
        print_json(_as_json(target, outcome, listed, is_written=will_write))
    else:
        _say(target, outcome, listed, is_written=will_write)
    if target and has_changes and not will_write:
        raise typer.Exit(CHANGED)


def _office(matrices: Path, plan: str, output: Path | None) -> _Office:
    """The plan that is named, else the one in whose folder the roster lies."""
    folder = matrices / plan if plan else output.resolve().parent if output else None
    if folder is None or not (folder / PLAN).is_file():
        if plan:
            known = [path.parent.name for path in matrices.glob(f"*/{PLAN}")]
            raise UnknownPlan(f'there is no plan "{plan}"', did_you_mean(plan, known))
        return _Office(folder.name if folder else "", "", None)
    problems: list[Problem] = []
    matrix = read_file(Matrix, folder / PLAN, problems)
    registry = read_file(Registry, matrices / "units.yaml", problems)
    if matrix is None or registry is None:
        raise DubanError(f"{folder / PLAN} or units.yaml cannot be used", "`duban check` says why")
    place = registry.value.of(matrix.value.jurisdiction)
    coordinator = matrix.value.coordinator
    unit = (place.unit(coordinator) if place else None) or coordinator
    return _Office(folder.name, unit, place)


def _outcome(
    target: Path | None, office: _Office, source: str, listed: Listed, since: date
) -> _Outcome:
    if target and target.exists():
        found = updated(text_of(target), str(target), listed, since, office.place)
        queries = (*listed.queries, *found.queries)
        return _Outcome(found.text, found.changes, queries, is_new=False)
    text = fresh_roster(office.plan, source, office.coordinator, listed.holders, since)
    added = (RosterChange(RosterChangeKind.ADDED, each, "", since) for each in listed.holders)
    return _Outcome(text, tuple(added), listed.queries, is_new=True)


def _say(target: Path | None, outcome: _Outcome, listed: Listed, *, is_written: bool) -> None:
    units = {holder.unit for holder in listed.holders}
    posts = Counter(holder.post for holder in listed.holders)
    said = "，".join(f"{NAMES[post]} {count} 人" for post, count in posts.items())
    write(f"{len(units)} 个单位{f'：{said}' if said else ''}")
    for change in outcome.changes:
        write(f"  {change.in_words()}")
    _ask(outcome.queries)
    if target is None:
        write("没有写入文件；加 --plan 或 -o 写入通讯录。")
    elif is_written:
        kept = "" if outcome.is_new else f"；改写前的留在 {kept_before(target)}"
        write(f"已写入 {target}{kept}。核对后运行 duban check。")
    elif outcome.is_new or outcome.changes:
        write(f"尚未写入 {target}；核对后加 --write 写入。")
    else:
        write(f"{target} 没有变化。")


def _ask(queries: Iterable[Query]) -> None:
    """The questions, those of one kind together; what to do about units is said once."""
    alike: dict[tuple[str, str, str], list[Query]] = {}
    for query in queries:
        alike.setdefault((query.code, query.fact, query.suggestion), []).append(query)
    for number, ((_, fact, suggestion), found) in enumerate(alike.items(), 1):
        lines = "、".join(dict.fromkeys(str(query.place.line) for query in found))
        about = "、".join(dict.fromkeys(query.about for query in found))
        proposal = f"。建议：{suggestion}" if suggestion else ""
        write(f"  问题{number}　第 {lines} 行：{about}{fact}{proposal}")
    if any(code == "unit" for code, _, _ in alike):
        write("  名录里没有的单位：在 units.yaml 里补上，或给同一单位写上别名（aliases），再导入。")


def _as_json(
    target: Path | None, outcome: _Outcome, listed: Listed, *, is_written: bool
) -> dict[str, object]:
    return {
        "path": str(target) if target else None,
        "written": is_written,
        "posts": [
            {"unit": each.unit, "post": str(each.post), "line": each.place.line}
            for each in listed.holders
        ],
        "changes": [change.as_json() for change in outcome.changes],
        "questions": [
            {
                "line": query.place.line,
                "code": query.code,
                "message": query.message,
                "suggestion": query.suggestion,
            }
            for query in outcome.queries
        ],
    }
