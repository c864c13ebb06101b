"""The demonstration, up to the day on which a process is killed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT


@pytest.mark.timeout(400)
def test_the_demonstration_ends_well_and_says_so(tmp_path: Path) -> None:
    folder = str(tmp_path / "demo")
    done = subprocess.run(
        [sys.executable, "-m", "duban", "demo", "--until", "2023-11-15", "--folder", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "after a process was killed while sending" in done.stdout
    assert "lost: 0" in done.stdout
    assert "each once but 1 (same Message-ID) of the 1 process killed" in done.stdout
    for plan in ("sichuan-2022", "zhongshan-2023", "yubei-2023", "haidong-2023"):
        assert f"applied {plan}" in done.stdout
    (ways,) = re.findall(r"Answers entered, by way: (.*)", done.stdout)
    for way in ("登记", "邮件", "页面"):
        assert re.search(rf"{way} \d+", ways)
    assert "0 for the office" in done.stdout
    assert re.search(r"lost: 0, on record twice: 0; evidence: \d+ files, 0 spoilt", done.stdout)
