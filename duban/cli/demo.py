"""``duban demo``: the main job on the issued plans, under a simulated clock, before one's eyes."""

import shutil
import subprocess
import sys
from pathlib import Path

import typer

from duban.cli.output import write
from duban.cli.prefect_home import environment, prepare
from duban.cli.prefect_server import temporary_server
from duban.demo import stage
from duban.settings import Settings

FOLDER = Path("var/demo")

_QUIET = {"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL"}


def demo() -> None:
    """Run the issued plans from their first day to their last against a local mail server.

    Everything is kept under var/demo/ and made anew each time; nothing outside it is read or
    written but the matrices. Exit code 1 if a mail was lost or sent twice.
    """
    stage.fresh(FOLDER)
    shutil.copy("prefect.toml", FOLDER)  # Prefect reads it where it runs
    values = stage.settings(FOLDER, Settings.model_fields["matrices"].default)
    stage.write_settings(FOLDER, values)
    is_ready = prepare(FOLDER / stage.PREFECT)
    how_long = "about 8 seconds" if is_ready else "about 20 seconds, the first time"
    write(f"Waiting for a temporary Prefect server ({how_long}) ...")
    surroundings = environment(FOLDER / stage.PREFECT, _QUIET | values, ["PREFECT_API_URL"])
    with temporary_server(surroundings) as server:
        # A process of its own: Prefect takes its settings when it is imported, and there is no
        # .env where it runs.
        done = subprocess.run(
            [sys.executable, "-m", "duban.cli.demo_life"],
            cwd=FOLDER,
            env=surroundings | {"PREFECT_API_URL": server},
            check=False,
        )
    raise typer.Exit(done.returncode)
