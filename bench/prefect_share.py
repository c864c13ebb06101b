"""What Prefect adds to a daily run: the same days with and without it, from the shell."""

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.steps import sink

PLANS = {"zhongshan-2023": "2023-03-07", "sichuan-2022": "2022-08-12"}
DAYS = {"nothing due": "2023-03-09", "two plans at once": "2023-12-12"}


def main() -> None:
    """Print the clock of a daily run with and without Prefect, on a quiet and on a busy day."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=sink, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    print("a daily run from the shell, seconds: without Prefect, with a temporary Prefect server")
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DUBAN_DATABASE_URL": f"sqlite:///{folder}/ledger.db",
            "DUBAN_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "DUBAN_MAIL_FROM": "duban@office.example",
        }
        for plan, day in PLANS.items():
            _clock(environment, "apply", plan, "--as-of", day)
        for name, day in DAYS.items():
            saved = Path(folder, "ledger.db").read_bytes()
            bare = _clock(environment, "run", "daily", "--as-of", day, "--no-prefect")
            for leftover in Path(folder).glob("ledger.db*"):
                leftover.unlink()
            Path(folder, "ledger.db").write_bytes(saved)
            full = _clock(environment, "run", "daily", "--as-of", day)
            print(f"  {name:18} {bare:5.1f} {full:5.1f}  Prefect's share {full - bare:5.1f}")
    server.terminate()


def _clock(environment: dict[str, str], *words: str) -> float:
    duban = str(Path(sys.executable).with_name("duban"))
    begun = time.perf_counter()
    done = subprocess.run([duban, *words], env=environment, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"duban {' '.join(words)} failed: {done.stderr.decode()}")
    return time.perf_counter() - begun
