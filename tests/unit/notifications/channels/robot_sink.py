"""A local HTTP server that answers as the robots of the group chats do, refusals included."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

TAKEN = {"errcode": 0, "errmsg": "ok"}


class Request(NamedTuple):
    """What arrived."""

    target: str
    content: Any


class Answer(NamedTuple):
    """What is answered; ``hangs`` reads the request and says nothing until the client is gone."""

    status: int = 200
    content: bytes = json.dumps(TAKEN).encode()
    hangs: bool = False
    breaks: bool = False
    location: str = ""


def says(status: int = 200, **content: object) -> Answer:
    """An answer in JSON."""
    return Answer(status, json.dumps(content, ensure_ascii=False).encode())


class RobotSink:
    """The server's side as a test sees it: answers are used up one by one, then all is taken."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answers: deque[Answer] = deque()
        self.otherwise = Answer()
        self.is_over = threading.Event()
        self.on_request: Callable[[int], object] = lambda _count: None
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                sink.requests.append(Request(self.path, json.loads(body)))
                sink.on_request(len(sink.requests))
                answer = sink.answers.popleft() if sink.answers else sink.otherwise
                if answer.hangs:
                    sink.is_over.wait(30)
                if answer.hangs or answer.breaks:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                if answer.location:
                    self.send_header("Location", answer.location)
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def place(self) -> str:
        """Host and port."""
        return self.url.removeprefix("http://")

    def close(self) -> None:
        """Stop serving."""
        self.is_over.set()
        self._server.shutdown()
        self._server.server_close()

    def serve(self) -> None:
        """Serve until closed."""
        self._server.serve_forever(poll_interval=0.02)


@contextmanager
def robot_sink() -> Iterator[RobotSink]:
    """A sink that serves in a thread."""
    sink = RobotSink()
    thread = threading.Thread(target=sink.serve)
    thread.start()
    try:
        yield sink
    finally:
        sink.close()
        thread.join()
