"""What the doctor says of the pages: no key, nobody there, another server, all well."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from duban.service.doctor.pages import page_findings
from duban.settings import Settings


class _Pages(BaseHTTPRequestHandler):
    """Answers like the pages below ``/static``; like any other server elsewhere."""

    def do_GET(self) -> None:
        """One answer."""
        self.send_response(200)
        is_ours = self.path.startswith("/static/")
        self.send_header("Content-Type", "text/css" if is_ours else "text/html")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text("k" * 40)
    return path


def _found(**settings: object) -> tuple[str, str]:
    given = Settings(_env_file=None, **settings)  # type: ignore[arg-type]
    (finding,) = page_findings(given)
    assert (finding.state == "ok") == (not finding.remedy)
    return finding.state.value, finding.message


def test_what_is_not_set_is_named(key: Path) -> None:
    assert _found() == ("warning", "DUBAN_SECRET_FILE is not set")
    assert _found(secret_file=key) == ("warning", "DUBAN_BASE_URL is not set")
    assert _found(secret_file=key.parent / "none")[0] == "failure"


def test_nobody_another_server_and_the_pages_themselves(key: Path) -> None:
    nobody = _found(secret_file=key, base_url="http://127.0.0.1:9", pages="127.0.0.1:9")
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"127.0.0.1:{server.server_port}"
        lost = _found(secret_file=key, base_url="http://127.0.0.1:9", pages=place)
        other = _found(secret_file=key, base_url=f"http://{place}/other", pages=place)
        well = _found(secret_file=key, base_url=f"http://{place}", pages=place)
        server.shutdown()
    assert nobody[0] == "failure"
    assert nobody[1].startswith("nothing of ours answers at http://127.0.0.1:9: ")
    assert lost[1].startswith("http://127.0.0.1:9 does not lead to them: ")
    assert other == ("failure", f"http://{place}/other does not lead to them: another server")
    assert well == ("ok", f"http://{place} leads to http://{place}")


def test_what_speaks_another_protocol_is_named(key: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            caller, _ = listener.accept()
            with caller:
                caller.recv(1000)
                caller.sendall(b"SSH-2.0-OpenSSH\r\n")

        threading.Thread(target=greet, daemon=True).start()
        place = f"127.0.0.1:{listener.getsockname()[1]}"
        state, told = _found(secret_file=key, base_url=f"http://{place}", pages=place)
    assert state == "failure"
    assert f"nothing of ours answers at http://{place}: no HTTP: SSH-2.0" in told
