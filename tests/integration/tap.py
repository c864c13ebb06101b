"""A tap on the line between a mail program and its server: it passes on and tells what it sees."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

Side = Literal["command", "answer"]


@dataclass
class Tap:
    """``on_bytes`` is called before a piece is passed on; ``port`` is where to connect."""

    server: int
    on_bytes: Callable[[Side, bytes], None] = lambda _side, _piece: None
    port: int = 0
    lines: list[socket.socket] = field(default_factory=list)

    def serve(self, listener: socket.socket) -> None:
        """Take connections until the listener is closed."""
        with suppress(OSError):
            while True:
                here, _ = listener.accept()
                there = socket.create_connection(("127.0.0.1", self.server))
                self.lines += [here, there]
                for source, sink, side in ((here, there, "command"), (there, here, "answer")):
                    pump = threading.Thread(target=self._pump, args=(source, sink, side))
                    pump.daemon = True
                    pump.start()

    def _pump(self, source: socket.socket, sink: socket.socket, side: Side) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                self.on_bytes(side, piece)
                sink.sendall(piece)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def tapping(server: int) -> Iterator[Tap]:
    """A tap on the server at this port of 127.0.0.1."""
    tap = Tap(server)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        tap.port = listener.getsockname()[1]
        thread = threading.Thread(target=tap.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield tap
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            for line in tap.lines:
                line.close()
