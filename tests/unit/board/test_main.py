"""``python -m duban.board`` and ``duban serve --pages-only`` as processes."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from duban.board.__main__ import PresentOffice, pages
from duban.cli.prefect_server import free_port
from duban.errors import InvalidSettings
from duban.service.opening import open_workplace
from duban.service.workplace import Workplace
from duban.settings import Settings
from tests.unit.board.conftest import Unit
from tests.unit.cli.commands import MATRICES, ROOT

PATIENCE = 60.0


def _start(settings: Settings, port: int, *words: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "DUBAN_DATABASE_URL": settings.database_url,
        "DUBAN_BASE_URL": str(settings.base_url),
        "DUBAN_SECRET_FILE": str(settings.secret_file),
        "DUBAN_MATRICES": str(MATRICES),
        "DUBAN_EVIDENCE": str(settings.evidence),
        "DUBAN_PAGES": f"127.0.0.1:{port}",
    }
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _status(port: int) -> int:
    """What a forged link is answered with, as soon as anybody answers."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with direct.open(f"http://127.0.0.1:{port}/u/x", timeout=5):
                return 200
        except urllib.error.HTTPError as answer:
            answer.close()
            return answer.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nobody answers")


def test_serve_keeps_the_pages_alive_until_told_to_stop(settings: Settings) -> None:
    port = free_port()
    with _start(settings, port, "duban", "serve", "--pages-only") as serving:
        try:
            assert _status(port) == 403
        finally:
            serving.send_signal(signal.SIGTERM)
            said = serving.stderr.read().decode() if serving.stderr else ""
        assert serving.wait(PATIENCE) == 0, said
    assert "/u… 403" in said
    assert "/u/x" not in said


def test_a_child_ends_with_its_parent(settings: Settings) -> None:
    port = free_port()
    with _start(settings, port, "duban.board", "child") as child:
        assert _status(port) == 403
        assert child.stdin
        child.stdin.close()
        assert child.wait(PATIENCE) == 0


@pytest.mark.parametrize("missing", ["base_url", "secret_file"])
def test_without_a_key_or_an_address_there_are_no_pages(settings: Settings, missing: str) -> None:
    with pytest.raises(InvalidSettings, match="DUBAN_SECRET_FILE and DUBAN_BASE_URL"):
        pages(settings.model_copy(update={missing: None}))


def test_the_office_is_looked_at_again(settings: Settings, tmp_path: Path, unit: Unit) -> None:
    folder = tmp_path / "matrices"
    subprocess.run(["cp", "-r", str(MATRICES), str(folder)], check=True)
    moved = settings.model_copy(update={"matrices": folder})
    present = PresentOffice(open_workplace(moved, sound_plans_only=True), moved)
    try:
        first: Workplace = present()
        assert present() is first
        path = folder / "haidong-2023" / "plan.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
        assert present() is not first
        (folder / "units.yaml").write_text("[", encoding="utf-8")
        assert set(present().office.plans) == set(first.office.plans), "the last that was sound"
    finally:
        present().engine.dispose()
