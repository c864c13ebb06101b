"""``duban doctor``: what is wrong with this installation, and what to do about it."""

from typing import Annotated

import typer

from duban.cli.layout import folded
from duban.cli.options import AsJson
from duban.cli.output import print_json, write
from duban.service.doctor.findings import State
from duban.service.doctor.installation import examine
from duban.settings import Settings

_MARKS = {State.OK: "ok", State.WARNING: "WARNING", State.FAILURE: "FAILURE"}


def doctor(
    with_contents: Annotated[
        bool, typer.Option("--evidence", help="Read all evidence through, too: slow.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check clock, Prefect, mail, pages, files, calendar, contacts, database, runs and evidence.

    Nothing is written and no mail is sent. Exit code 1 if something fails; each with its remedy.
    """
    found = examine(Settings.read(), with_contents=with_contents)
    if as_json:
        print_json([finding._asdict() for finding in found])
    else:
        for finding in found:
            line = f"{_MARKS[finding.state]:<8}{finding.check:<12} {finding.message}"
            for more in folded(line, hanging=" " * 21):
                write(more)
            if finding.remedy:
                write(f"{'':21}→ {finding.remedy}")
    if any(finding.state is State.FAILURE for finding in found):
        raise typer.Exit(1)
