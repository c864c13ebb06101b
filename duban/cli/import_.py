"""``duban import``: a document becomes a draft plan that a clerk only has to confirm."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from duban import clock
from duban.cli.import_again import TEXT, import_again, keep_lock, replace_file
from duban.cli.output import print_json, write
from duban.cli.show import understood
from duban.errors import Refused, WrongUsage
from duban.importer.as_json import questions_json, shown_plan
from duban.importer.as_matrix import as_matrix
from duban.importer.as_yaml import as_yaml
from duban.importer.contacts import mask
from duban.importer.draft import draft as drafted
from duban.importer.formats import limits
from duban.importer.formats.reader import read
from duban.importer.questions import Asked, questions
from duban.importer.registry_block import Missing, block, missing
from duban.importer.review.page import review_page
from duban.loader.read import read_file
from duban.settings import Settings
from models.document import Document
from models.draft import Draft
from models.matrix import Matrix
from models.problem import Problem
from models.units import Jurisdiction, Registry

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
    settings = Settings.read()
    registry, today = _registry(settings.matrices), clock.today(settings.timezone)
    made = imported(file, registry, _plan_id(plan, output, file), jurisdiction, today)
    if review:
        replace_file(review, review_page(made.draft, made.document))
    if output and output.exists() and not force:
        fresh = as_yaml(made.matrix, made.draft, file.name)
        import_again(output, fresh, document_text(made), is_writing=is_writing, as_json=as_json)
        return
    if output:
        _save(made, file, output, force=force)
    if as_json:
        shown = understood(shown_plan(made.matrix, made.place, made.draft.groups))
        print_json({**shown, "questions": questions_json(made.asked)})
        return
    _summarize(made, output)


def imported(
    file: Path, registry: Registry | None, plan: str, jurisdiction: str, today: date
) -> Imported:
    """Read a file and draft its plan; a file that cannot be read is refused with its remedy."""
    original = read(file.name, _content(file))
    draft = drafted(original, registry, jurisdiction)
    document = mask(original)
    matrix = as_matrix(draft, document.lines, plan, today)
    place = registry.of(matrix.jurisdiction) if registry else None
    return Imported(document, document.lines, draft, matrix, place, questions(draft))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > limits.FILE_BYTES:
            size = f"{limits.FILE_BYTES / 1e6:.0f} MB"
            raise Refused(f"{file} is larger than {size}", "import the plan's text alone")
        return file.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{file} cannot be read: {error.strerror}", "name a file") from error


def _registry(matrices: Path) -> Registry | None:
    path = matrices / "units.yaml"
    problems: list[Problem] = []
    loaded = read_file(Registry, path, problems) if path.is_file() else None
    return loaded.value if loaded else None


def _plan_id(given: str, output: Path | None, file: Path) -> str:
    """The id given, else the folder of the output, else the file's name made fit."""
    if given:
        if not re.fullmatch(_ID, given):
            raise WrongUsage(f'"{given}" is no id of a plan', "use a-z, 0-9 and hyphens")
        return given
    folder = output.resolve().parent.name if output else ""
    for name in (folder, file.stem):
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:64].strip("-")
        if plain and name in (plain, file.stem):
            return plain
    return "imported"


_ID = r"[a-z0-9]+(-[a-z0-9]+)*"


def document_text(made: Imported) -> str:
    """What ``document.txt`` holds: the document's lines, persons masked."""
    return "\n".join(made.lines) + "\n"


def _save(made: Imported, file: Path, output: Path, *, force: bool) -> None:
    """Write plan.yaml, and document.txt beside it where there is none."""
    fresh = as_yaml(made.matrix, made.draft, file.name)
    text = output.parent / TEXT
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(fresh, encoding="utf-8")
        keep_lock(output, fresh)
        if force or not text.exists():
            text.write_text(document_text(made), encoding="utf-8")
    except OSError as error:
        raise Refused(f"{output} cannot be written: {error.strerror}") from error


def _summarize(made: Imported, output: Path | None) -> None:
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
    _next_steps(made, output)


def _next_steps(made: Imported, output: Path | None) -> None:
    absent = missing(made.matrix, made.draft, made.place)
    write("")
    if absent != Missing((), ()):
        count = len(absent.units) + len(absent.groups)
        home = made.matrix.jurisdiction
        write(f"名录 units.yaml 中没有的单位和合称 {count} 个，核对后贴入“{home}”一段：")
        write(block(absent, made.matrix.jurisdiction, made.place is not None).rstrip())
        write("")
    if output:
        write(f"已写入 {output}；核对单位和问题后运行 duban check。")
    else:
        write("没有写入文件；加 -o matrices/<plan>/plan.yaml 写入草稿。")
