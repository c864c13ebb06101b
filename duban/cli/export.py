"""``duban export``: what the office hands on, as a paper to be edited."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.options import AsJson, AsOf
from duban.cli.output import print_json, write
from duban.errors import Refused, WrongUsage
from duban.reports.markdown import markdown
from duban.reports.summary import summary_paper
from duban.reports.summary_json import summary_json
from duban.reports.word import word
from duban.service.collation import summary_of
from duban.service.opening import moment_for, open_workplace
from duban.settings import Settings
from models.collation import Summary

_FORMS = (".md", ".docx")


class Kind(StrEnum):
    """What can be exported."""

    SUMMARY = "summary"


def export(
    _kind: Annotated[Kind, typer.Argument(metavar="summary", help="What: the only kind yet.")],
    report: Annotated[
        str, typer.Argument(metavar="PLAN/KEY[/YEAR]", help="A report, without a unit.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="A new file, .md or .docx; not overwritten."),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Write the summary (总结) of one report, row by row of the annex, from what units wrote.

    Each passage names its source; who and what is missing is listed. Without --out the paper is
    printed as Markdown. There is no export of the ledger, the calendar or letters yet.
    """
    _require_form(out)
    settings = Settings.read()
    workplace = open_workplace(settings)
    moment = moment_for(workplace, as_of, settings.timezone)
    summary = summary_of(workplace, report, moment.as_of)
    if out:
        _save(out, summary, moment.at)
    if as_json:
        print_json(summary_json(summary))
    elif out:
        counts = f"应报{len(summary.owed)}家，已报{len(summary.reported)}家"
        write(f"已存入 {out}：{counts}，未报{len(summary.missing)}家。")
    else:
        write(markdown(summary_paper(summary)).rstrip("\n"))


def _require_form(out: Path | None) -> None:
    """Refuse, before any work, a file that could not be written.

    Raises:
        WrongUsage: its name says no form that there is.
        Refused: it is there already, and may hold what somebody has edited.
    """
    if out is None:
        return
    if out.suffix not in _FORMS:
        raise WrongUsage(f'--out "{out}" has no known form', f"end it in {' or '.join(_FORMS)}")
    if out.exists():
        raise Refused(f'"{out}" is there already', "name another file, or take it away first")


def _save(out: Path, summary: Summary, made_at: datetime) -> None:
    """Write the paper; the file is opened as a new one.

    Raises:
        WrongUsage: the place cannot be written to.
    """
    blocks = summary_paper(summary)
    content = word(blocks, made_at) if out.suffix == ".docx" else markdown(blocks).encode()
    try:
        with out.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise WrongUsage(f'"{out}" cannot be written: {error.strerror}', "name another") from error
