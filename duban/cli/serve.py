"""``duban serve``: a Prefect server, a runner and the pages, kept alive on this machine."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from duban.cli.children import program
from duban.cli.output import tell
from duban.cli.prefect_home import environment, own_home, prepare
from duban.cli.prefect_server import (
    api_url,
    is_healthy,
    is_taken,
    publish_address,
    start_server,
    stop,
    withdraw_address,
)
from duban.errors import InvalidSettings, WorkLeftUndone, WrongUsage
from duban.service.lease import holding
from duban.service.opening import open_workplace
from duban.settings import Settings

_PATIENCE = 180.0
_HANDOVER = 20.0
_LOOK_EVERY = 0.5
_LONGEST_WAIT = 60.0
_STEADY = 60.0
"""A child that lived so long (seconds) begins again with the shortest wait."""

Start = Callable[[], subprocess.Popen[bytes]]


class Child:
    """A process that is started again when it dies, after 1, 2, 4 … 60 seconds."""

    def __init__(self, name: str, start: Start) -> None:
        self.name = name
        self._start = start
        self._wait = 1.0
        self._born = time.monotonic()
        self._again_at: float | None = None
        self.process = start()

    def look_after(self) -> None:
        """Start it again if it is dead and its time has come."""
        code, now = self.process.poll(), time.monotonic()
        if code is None:
            return
        if self._again_at is None:
            self._wait = 1.0 if now - self._born > _STEADY else self._wait
            tell(f"the {self.name} ended with code {code}; again in {self._wait:.0f} s")
            self._again_at = now + self._wait
            self._wait = min(2 * self._wait, _LONGEST_WAIT)
        elif now >= self._again_at:
            stop(self.process)
            self.process, self._born, self._again_at = self._start(), now, None


def serve(
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="The server's port on 127.0.0.1.")
    ] = 4200,
    deployments: Annotated[Path, typer.Option("--deployments", help="What runs when.")] = Path(
        "prefect.yaml"
    ),
    pages_only: Annotated[
        bool, typer.Option("--pages-only", help="Only the pages; no flow is run.")
    ] = False,
) -> None:
    """Run the flows on schedule, and the pages, until told to stop (SIGTERM or Ctrl-C).

    Keeps a Prefect server (its own pages are at the address that is printed, on this machine only)
    and a runner alive, and the pages for units and the office at DUBAN_PAGES where
    DUBAN_SECRET_FILE and DUBAN_BASE_URL are set. What was missed while it was down is made up for
    by the next run.
    """
    settings = Settings.read()
    workplace = open_workplace(settings, sound_plans_only=True)
    if pages_only:
        if not has_pages(settings):
            raise InvalidSettings("the pages need DUBAN_SECRET_FILE and DUBAN_BASE_URL")
        _serve_pages(settings)
        return
    if not deployments.is_file():
        raise WrongUsage(
            f"there is no file {deployments}",
            "run it where prefect.yaml is, or name the file with --deployments",
        )
    with holding(workplace.engine, "serve", alone=True):
        _wait_for(port)
        _keep_alive(port, deployments, settings)


def has_pages(settings: Settings) -> bool:
    """Whether the settings tell what the pages need.

    Raises:
        InvalidSettings: a key cannot be read or used.
    """
    return settings.base_url is not None and bool(settings.secrets())


def _wait_for(port: int) -> None:
    """Wait for a port that the server of a killed predecessor may hold for a few seconds more."""
    until = time.monotonic() + _HANDOVER
    while is_taken(port):
        if time.monotonic() > until:
            raise WrongUsage(f"port {port} is in use", "choose another with --port")
        time.sleep(_LOOK_EVERY)


def _ear() -> threading.Event:
    """What is set when this process is told to stop."""
    is_told = threading.Event()

    def told(_signal: int, _frame: FrameType | None) -> None:
        is_told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    return is_told


def _serve_pages(settings: Settings) -> None:
    is_told = _ear()
    children = [_pages_child(settings)]
    try:
        _look_after(children, is_told)
    finally:
        _stop(children)


def _keep_alive(port: int, deployments: Path, settings: Settings) -> None:
    is_told = _ear()
    home = own_home()
    how_long = "about 15 seconds" if prepare(home) else "about 30 seconds, the first time"
    surroundings = environment(home, {"PREFECT_API_URL": api_url(port)})
    tell(f"waiting for the Prefect server on {api_url(port)} ({how_long})")
    children = [Child("server", lambda: start_server(port, surroundings))]
    try:
        if has_pages(settings):
            children.append(_pages_child(settings))
        if _is_up(port, children[0], is_told):
            publish_address(home, api_url(port))
            children.append(Child("runner", lambda: _start_runner(surroundings, deployments)))
            tell(f"running {deployments}; Prefect's own pages are at http://127.0.0.1:{port}")
        _look_after(children, is_told)
    finally:
        withdraw_address(home)
        _stop(children)


def _look_after(children: list[Child], is_told: threading.Event) -> None:
    while not is_told.wait(_LOOK_EVERY):
        for child in children:
            child.look_after()


def _stop(children: list[Child]) -> None:
    """End the children, the latest first."""
    tell("stopping")
    for child in reversed(children):
        stop(child.process)


def _pages_child(settings: Settings) -> Child:
    tell(f"the pages for units and the office are at {settings.pages}, outside {settings.base_url}")
    return Child("pages server", _start_pages)


def _start_pages() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        program("duban.board", "child"),
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def _is_up(port: int, server: Child, is_told: threading.Event) -> bool:
    """Wait for the server's first answer; False if told to stop meanwhile."""
    until = time.monotonic() + _PATIENCE
    while not is_healthy(api_url(port)):
        if is_told.wait(_LOOK_EVERY):
            return False
        if time.monotonic() > until or server.process.poll() is not None:
            raise WorkLeftUndone("the Prefect server does not start", "its own words are above")
    return True


def _start_runner(surroundings: dict[str, str], deployments: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        program("flows.serve", str(deployments)),
        env=surroundings,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
