"""The Prefect servers that commands start: a temporary one, or the one that ``serve`` keeps.

Prefect is not imported here: the server is a child process.
"""

import socket
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from duban.cli.children import program

_FILE = "api-url"
_PATIENCE = 2.0
_GRACE = 10.0
LOOPBACK = "127.0.0.1"

_TEMPORARY = {
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}
"""What a server that is soon gone does without: half of its start, and a fifth of its work."""


def api_url(port: int) -> str:
    """Where the API of a server on this machine is."""
    return f"http://{LOOPBACK}:{port}/api"


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_taken(port: int) -> bool:
    """Whether somebody listens on that port of the loopback interface."""
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0


def start_server(
    port: int, environment: Mapping[str, str], *options: str
) -> subprocess.Popen[bytes]:
    """Start a server; it ends when it is told to or when this process does."""
    return subprocess.Popen(
        program("flows.server", str(port), *options),
        env=dict(environment),
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us: we stop it when its clients are done
    )


def stop(child: subprocess.Popen[bytes]) -> None:
    """End a child: politely, then by force."""
    child.terminate()
    try:
        child.wait(_GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdin:
        child.stdin.close()


@contextmanager
def temporary_server(environment: Mapping[str, str]) -> Iterator[str]:
    """A server for the length of the block, of which the address is given while it starts."""
    port = free_port()
    child = start_server(port, {**environment, **_TEMPORARY}, "temporary")
    try:
        yield api_url(port)
    finally:
        stop(child)


def publish_address(home: Path, url: str) -> None:
    """Note the address of the server that runs on this home, for other processes."""
    (home / _FILE).write_text(url, encoding="utf-8")


def withdraw_address(home: Path) -> None:
    """Take the note away."""
    (home / _FILE).unlink(missing_ok=True)


def running_server(home: Path) -> str | None:
    """The address of the server that runs on this home and answers; None if there is none."""
    try:
        url = (home / _FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return url if is_healthy(url) else None


def is_healthy(url: str) -> bool:
    """Whether a Prefect API answers there; asked directly, never through a proxy."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{url}/health", timeout=_PATIENCE) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - 200 OK
    except (OSError, ValueError):
        return False
