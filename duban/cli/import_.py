"""``duban import``: a document becomes a draft plan that a clerk only has to confirm."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from duban import clock
from duban.cli.import_again import again, finish, save_new
from duban.cli.import_files import check_output, content_of, replace_file
from duban.cli.output import print_json, write
from duban.cli.processor_time import within_processor_time
from duban.cli.show import understood
from duban.errors import DubanError, WrongUsage
from duban.importer.as_json import questions_json, shown_plan
from duban.importer.as_matrix import as_matrix
from duban.importer.as_yaml import as_yaml
from duban.importer.contacts import contacts, mask
from duban.importer.draft import draft as drafted
from duban.importer.formats import limits
from duban.importer.formats.reader import read
from duban.importer.period import within_period
from duban.importer.questions import Asked, questions
from duban.importer.registry_block import Missing, block, missing
from duban.importer.review.page import review_page
from duban.importer.review.written import Written
from duban.loader.read import read_file, read_workdays
from duban.settings import Settings
from models.document import Document
from models.draft import Draft
from models.matrix import Matrix
from models.problem import Problem
from models.units import Jurisdiction, Registry
from models.workdays import WEEKENDS_ONLY, WorkCalendar

_CODES = {
    "no-lead": "没有写明牵头单位",
    "group-members": "合称包括哪些单位",
    "who-unknown": "没有写由谁负责",
    "units-differ": "正文与附件责任单位不一致",
    "no-counterpart": "正文与附件没有对应",
    "figure-outside-rows": "指标没有分解到任务",
}


class Imported(NamedTuple):
    """A document, persons in it masked, the draft of it, and the matrix made of that."""

    document: Document
    lines: tuple[str, ...]
    draft: Draft
    matrix: Matrix
    place: Jurisdiction | None
    asked: list[Asked]


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="txt, docx, xlsx, pdf, html …")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write plan.yaml.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    plan: Annotated[
        str, typer.Option("--id", help="The plan's id; without it the folder of the output.")
    ] = "",
    jurisdiction: Annotated[
        str, typer.Option(help="The place whose units these are, as units.yaml names it.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")] = False,
    *,
    review: Annotated[
        Path | None,
        typer.Option("--review", metavar="FILE.html", help="Write a page to confirm the draft on."),
    ] = None,
    is_writing: Annotated[
        bool, typer.Option("--write", help="Merge into the plan that -o names and that exists.")
    ] = False,
) -> None:
    """Draft a plan from a document: rows, units, dates, figures, and what it leaves open.

    Where -o names a plan that exists, what the document changes is shown, with exit code 4, and
    written only with --write; what the office has decided or noted there stays.
    """
    check_output(output, "-o", (".yaml", ".yml"), "matrices/<plan>/plan.yaml")
    check_output(review, "--review", (".html", ".htm"), "review.html")
    settings = Settings.read()
    registry, today = _registry(settings.matrices), clock.today(settings.timezone)
    workdays = read_workdays(settings.matrices)
    name = _plan_id(plan, output, file)
    with within_processor_time(limits.DRAFT_SECONDS):
        made = imported(file, registry, name, jurisdiction, today, workdays)
    fresh = as_yaml(made.matrix, made.draft, file.name)
    found = again(output, fresh) if output and output.exists() and not force else None
    if review:
        kept = (found.text if is_writing else found.edited) if found else fresh
        replace_file(review, _page(made, Written(str(output), kept) if output else None))
    if found:
        if not as_json:
            _missing_units(made, settings.matrices / "units.yaml", found.text)
        finish(found, document_text(made), is_writing=is_writing, as_json=as_json)
        return
    if output:
        save_new(output, fresh, document_text(made))
    if as_json:
        shown = understood(shown_plan(made.matrix, made.place, made.draft.groups))
        print_json({**shown, "questions": questions_json(made.asked)})
        return
    _summarize(made)
    _next_steps(made, output, review, settings.matrices / "units.yaml")


def _page(made: Imported, written: Written | None) -> str:
    """The page to confirm the draft on, with what the plan as it is kept asks besides."""
    more = written.more(made.asked) if written else []
    return review_page(made.draft, made.document, [*made.asked, *more], written)


def imported(
    file: Path,
    registry: Registry | None,
    plan: str,
    jurisdiction: str,
    today: date,
    workdays: WorkCalendar = WEEKENDS_ONLY,
) -> Imported:
    """Read a file and draft its plan; a file that cannot be read is refused with its remedy."""
    original = read(file.name, content_of(file))
    document = mask(original)
    found = drafted(document, registry, jurisdiction, workdays)
    draft = within_period(found._replace(contacts=contacts(original)), today)
    matrix = as_matrix(draft, document.lines, plan, today)
    place = registry.of(matrix.jurisdiction) if registry else None
    return Imported(document, document.lines, draft, matrix, place, questions(draft))


def _registry(matrices: Path) -> Registry | None:
    path = matrices / "units.yaml"
    problems: list[Problem] = []
    if not path.is_file():
        return None
    loaded = read_file(Registry, path, problems)
    if loaded is None:
        raise DubanError(f"{path} cannot be used", "`duban check` says why")
    return loaded.value


def _plan_id(given: str, output: Path | None, file: Path) -> str:
    """The id given, else the folder of the output, else the file's name made fit."""
    folder = output.resolve().parent.name if output else ""
    for name, remedy in ((given, "use a-z, 0-9 and hyphens"), (folder, _NAME_FOLDER)):
        if name:
            if not re.fullmatch(_ID, name) or len(name) > _LONGEST_ID:
                raise WrongUsage(f'"{name}" is no id of a plan', remedy)
            return name
    plain = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    return plain[:_LONGEST_ID].strip("-") or "imported"


_ID = r"[a-z0-9]+(-[a-z0-9]+)*"
_LONGEST_ID = 64
_NAME_FOLDER = "name the folder of -o with a-z, 0-9 and hyphens, or give --id"


def document_text(made: Imported) -> str:
    """What ``document.txt`` holds: the document's lines, persons masked."""
    return "\n".join(made.lines) + "\n"


def _summarize(made: Imported) -> None:
    matrix = made.matrix
    units = {unit for duty in matrix.duties for unit in duty.units}
    doubtful = sum(
        unit.is_doubtful for row in made.draft.rows if row.line for unit in row.line.units
    )
    dated = sum(spec.due is not None for spec in matrix.obligations)
    targets = sum(len(duty.targets) for duty in matrix.duties)
    write(matrix.title)
    write(
        f"  {matrix.document_number or '无文号'}　{matrix.issuer}　"
        f"{matrix.issued_on or '未写日期'}　{matrix.jurisdiction}"
    )
    write(f"  任务 {len(matrix.duties)} 行，单位 {len(units)} 个（读法存疑 {doubtful} 处）")
    write(
        f"  报送、评估等义务 {len(matrix.obligations)} 项（有期限 {dated} 项），指标 {targets} 项"
    )
    for note in made.document.notes:
        write(f"  注意：{note}")
    if not matrix.duties:
        write("  没有找到写明责任单位的任务：请核对文件是否完整，或另存为文本后再导入。")
    write("")
    write(f"须确认的问题 {len(made.asked)} 个：")
    kinds = Counter(one.code for one in made.asked)
    for code, count in kinds.most_common():
        example = next(one for one in made.asked if one.code == code)
        write(f"  {count} × {_CODES.get(code, example.question[:60])}")


def _next_steps(made: Imported, output: Path | None, review: Path | None, units: Path) -> None:
    write("")
    _missing_units(made, units)
    if output is None:
        write("没有写入文件；加 -o matrices/<方案>/plan.yaml 写入草稿。")
        return
    write(f"已写入 {output}。接下来：")
    page = f"用浏览器打开 {review}" if review else "加 --review 核对.html 再导入一次，得到核对页"
    for number, step in enumerate(
        (
            f"核对：{page}；问题的决定写在方案文件末尾的 answer 后面",
            f"名册：duban import-roster 名单.xlsx --plan {made.matrix.id}，或手写 roster.yaml",
            "检查：duban check",
        ),
        1,
    ):
        write(f"  {number}. {step}")


def _missing_units(made: Imported, units: Path, plan: str | None = None) -> None:
    """The names that units.yaml lacks, and where in it they belong; only those that a plan has."""
    found = missing(made.matrix, made.draft, made.place)
    absent = Missing(*(tuple(n for n in names if plan is None or n in plan) for names in found))
    if absent == Missing((), ()):
        return
    home, count = made.matrix.jurisdiction, len(absent.units) + len(absent.groups)
    if made.place:
        write(f"单位名录 {units} 里缺 {count} 个名称，核对后补上：")
    elif units.is_file():
        write(f"单位名录 {units} 里没有“{home}”，核对后接在文件最后：")
    else:
        write(f"还没有单位名录，核对后存为 {units}：")
        write("jurisdictions:")
    write(block(absent, home, made.place is not None).rstrip())
    write("")
