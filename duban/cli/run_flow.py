"""One run of a flow through Prefect, in a process of its own, for ``duban run``."""

import json
import subprocess
from datetime import date
from typing import Any

from duban import errors
from duban.cli.children import program
from duban.cli.output import tell
from duban.cli.prefect_home import environment, own_home, prepare
from duban.cli.prefect_server import running_server, temporary_server
from duban.errors import DubanError, WorkLeftUndone
from duban.service.runs import Summary
from duban.settings import Settings, own_variable

_QUIET = {"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL"}


def run_flow(flow: str, as_of: date | None) -> Summary:
    """Run ``daily``, ``deliver`` or ``weekly`` as a Prefect flow; its summary, as ``counts_of``."""
    return Summary(**counts_of(flow, as_of))


def counts_of(flow: str, as_of: date | None) -> dict[str, Any]:
    """Run any flow through Prefect and give its counts back.

    The run is recorded by the server that ``duban serve`` keeps or ``PREFECT_API_URL`` names, else
    by a temporary one; what is being waited for is told on stderr.

    Raises:
        DubanError: as the run itself raised it.
        WorkLeftUndone: Prefect itself failed; the ledger is as the run left it.
    """
    Settings.read()  # what is wrong there is said at once, not after Prefect has started
    home = own_home()
    is_ready = prepare(home)
    server = own_variable("PREFECT_API_URL") or running_server(home)
    tell(_waiting(server, is_ready))
    if server:
        return _run(flow, as_of, environment(home, _QUIET | {"PREFECT_API_URL": server}))
    surroundings = environment(home, _QUIET)
    with temporary_server(surroundings) as temporary:
        return _run(flow, as_of, surroundings | {"PREFECT_API_URL": temporary})


def _run(flow: str, as_of: date | None, surroundings: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        program("flows.once", flow, *([as_of.isoformat()] if as_of else [])),
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise WorkLeftUndone(
            f"the run ended with exit code {done.returncode}", "it can be done with --no-prefect"
        )
    return _understood(json.loads(done.stdout.splitlines()[-1]))


def _waiting(server: str | None, is_ready: bool) -> str:
    if server:
        return f"running through Prefect at {server}"
    how_long = "about 8 seconds" if is_ready else "about 20 seconds, the first time"
    return f"waiting for a temporary Prefect server ({how_long}; --no-prefect does without)"


def _understood(told: dict[str, Any]) -> dict[str, Any]:
    if "summary" in told:
        return dict(told["summary"])
    name, message, hint = told["error"]
    known = getattr(errors, name, DubanError)
    try:
        raise known(message, hint)
    except TypeError:
        raise DubanError(message, hint) from None
