"""``duban demo``: the main job on the issued plans, under a simulated clock, before one's eyes."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.children import program
from duban.cli.options import day
from duban.cli.output import write
from duban.cli.prefect_home import environment, prepare
from duban.cli.prefect_server import temporary_server
from duban.demo import stage
from duban.errors import WrongUsage
from duban.settings import Settings

_SHOWN = {
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PYTHONUNBUFFERED": "1",
}
_LAST_DAY = date(2025, 1, 31)
_OWN = tuple(f"DUBAN_{name.upper()}" for name in Settings.model_fields)
"""No setting of this machine holds in the demonstration."""


def demo(
    until: Annotated[
        date | None,
        typer.Option(
            "--until",
            parser=day,
            metavar="DATE",
            help="Stop after the runs of that day; 2025-01-31, when three of four plans are over.",
        ),
    ] = None,
    folder: Annotated[
        Path, typer.Option("--folder", metavar="DIR", help="Where it is kept; emptied first.")
    ] = Path("var/demo"),
) -> None:
    """Run the issued plans from their first day on against a local mail server.

    Everything is kept in one folder and made anew each time; nothing outside it is read but the
    matrices, and nothing written. Exit code 1 if a mail was lost or sent twice.
    """
    if not Path("prefect.toml").exists():
        raise WrongUsage("this is not Duban's folder", "run it where prefect.toml is")
    stage.fresh(folder)
    shutil.copy("prefect.toml", folder)  # Prefect reads it where it runs
    stage.furnish(folder, Settings.model_fields["matrices"].default)
    values = stage.settings(folder)
    stage.write_settings(folder, values)
    is_ready = prepare(folder / stage.PREFECT)
    how_long = "about 8 seconds" if is_ready else "about 20 seconds, the first time"
    write(f"Waiting for a temporary Prefect server ({how_long}) ...")
    sys.stdout.flush()
    surroundings = environment(folder / stage.PREFECT, _SHOWN | values, ["PREFECT_API_URL", *_OWN])
    with temporary_server(surroundings) as server:
        # A process of its own: Prefect takes its settings when it is imported, and there is no
        # .env where it runs.
        done = subprocess.run(
            program("duban.cli.demo_life", (until or _LAST_DAY).isoformat()),
            cwd=folder,
            env=surroundings | {"PREFECT_API_URL": server},
            check=False,
        )
    raise typer.Exit(done.returncode)
