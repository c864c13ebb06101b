"""``duban doctor``: what is wrong with this installation, and what to do about it."""

import typer

from duban.cli.layout import folded
from duban.cli.options import AsJson
from duban.cli.output import print_json, write
from duban.service.doctor import examine
from duban.service.findings import State
from duban.settings import Settings

_MARKS = {State.OK: "ok", State.WARNING: "WARNING", State.FAILURE: "FAILURE"}


def doctor(as_json: AsJson = False) -> None:
    """Check clock, Prefect, mail server, files, calendar, contacts, database, runs and mails.

    Nothing is written and no mail is sent. Exit code 1 if something fails; each with its remedy.
    """
    found = examine(Settings.read())
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
