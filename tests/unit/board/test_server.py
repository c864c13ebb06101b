"""The pages on a real port: huge, lying and dawdling requests over raw sockets."""

import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from duban.board.server import PatientProtocol, server_for
from duban.service.workplace import Workplace
from duban.store import documents
from tests.builders import sentences, state
from tests.unit.board.conftest import Unit

SUMMARY = "/items/plan-2024/summary/%E7%94%B2%E5%B1%80"
PATIENCE = 20.0


@pytest.fixture
def port(app: FastAPI) -> Iterator[int]:
    """Where the pages are served."""
    with serving(server_for(app, "127.0.0.1", 0)) as found:
        yield found


class serving:  # noqa: N801
    """A server in a thread of its own, for the length of a block."""

    def __init__(self, server: uvicorn.Server) -> None:
        self.server = server
        self.thread = threading.Thread(target=server.run, daemon=True)

    def __enter__(self) -> int:
        self.thread.start()
        until = time.monotonic() + PATIENCE
        while not self.server.started:
            assert time.monotonic() < until
            self.thread.join(0.01)
        return int(self.server.servers[0].sockets[0].getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(PATIENCE)


def _connected(port: int) -> closing[socket.socket]:
    return closing(socket.create_connection(("127.0.0.1", port), PATIENCE))


def _answer(line: socket.socket) -> bytes:
    found = b""
    try:
        while piece := line.recv(65536):
            found += piece
    except ConnectionError:
        pass
    return found


def _head(path: str, *headers: str) -> bytes:
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: x", *headers, "", ""]).encode()


UPLOAD = "Content-Type: multipart/form-data; boundary=b"
FILE = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-'
HUGE: list[tuple[str, tuple[str, ...]]] = [
    ("it says two gigabytes", ("Content-Length: 2147483648",)),
    ("it comes in chunks and never ends", ("Transfer-Encoding: chunked",)),
]


@pytest.mark.parametrize("headers", sentences(HUGE))
def test_two_gigabytes_are_cut_off_and_fill_neither_memory_nor_disk(
    port: int, unit: Unit, workplace: Workplace, headers: tuple[str, ...]
) -> None:
    before, memory = state(workplace), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    is_chunked = "chunked" in headers[0]
    piece = b"x" * 65536
    sent = 0
    with _connected(port) as line:
        line.sendall(_head(unit.link() + SUMMARY, UPLOAD, *headers))
        try:
            line.sendall(_chunk(FILE) if is_chunked else FILE)
            while sent < 2 * 1024**3:
                line.sendall(_chunk(piece) if is_chunked else piece)
                sent += len(piece)
        except (ConnectionError, TimeoutError):
            pass
    assert sent < 32 * 1024**2, "the line was cut long before the end"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 64 * 1024
    assert state(workplace) == before
    assert list(documents.files(workplace.evidence)) == []


def _chunk(piece: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(piece), piece)


def test_a_declared_giant_is_answered_at_once(port: int, unit: Unit) -> None:
    with _connected(port) as line:
        line.sendall(_head(unit.link() + SUMMARY, UPLOAD, "Content-Length: 2147483648"))
        answer = _answer(line)
    assert answer.startswith(b"HTTP/1.1 413")
    assert "没有保存任何内容" in answer.decode()


def test_a_stranger_cannot_send_a_body_at_all(port: int, workplace: Workplace) -> None:
    with _connected(port) as line:
        line.sendall(_head("/u/x" + SUMMARY, UPLOAD, "Content-Length: 1000000"))
        assert _answer(line).startswith(b"HTTP/1.1 403"), "before any of it was sent"
    assert not Path(workplace.evidence).exists()


def test_who_hangs_up_in_the_middle_leaves_nothing(
    port: int, unit: Unit, workplace: Workplace
) -> None:
    before = state(workplace)
    with _connected(port) as line:
        line.sendall(_head(unit.link() + SUMMARY, UPLOAD, "Content-Length: 100000") + FILE)
    assert unit.client.get(unit.link()).status_code == 200
    assert state(workplace) == before
    assert list(documents.files(workplace.evidence)) == []


class _Hasty(PatientProtocol):
    head_seconds = 0.2


def test_who_only_holds_the_line_open_is_cut_off(app: FastAPI) -> None:
    server = server_for(app, "127.0.0.1", 0)
    server.config.http_protocol_class = _Hasty
    server.config.http = _Hasty
    with serving(server) as port:
        for sent in (b"", b"GET /u/x HTTP/1.1\r\nHost: x\r\nX: "):
            with _connected(port) as line:
                line.sendall(sent)
                assert _answer(line) == b""
        with _connected(port) as line:
            line.sendall(b"GET /u/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert _answer(line).startswith(b"HTTP/1.1 403")


def test_a_head_that_never_ends_is_refused(port: int) -> None:
    with _connected(port) as line:
        with suppress(ConnectionError):
            line.sendall(b"GET /u/x HTTP/1.1\r\nX: " + b"x" * 10_000_000)
        assert _answer(line)[:12] in (b"HTTP/1.1 400", b"")
