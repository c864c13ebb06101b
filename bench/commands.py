"""Small commands from the shell, beside an interpreter that does nothing."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

RUNS = 5


def main() -> None:
    """Print the clock of small commands, start of the interpreter and imports included."""
    duban = str(Path(sys.executable).with_name("duban"))
    idle = _clock([sys.executable, "-c", "pass"])
    print(f"small commands from the shell, seconds (median of {RUNS}); an idle Python {idle:.2f}")
    for words in (["--help"], ["check"], ["plans"], ["show", "zhongshan-2023", "--json"]):
        print(f"  duban {' '.join(words):30} {_clock([duban, *words]):.2f}")


def _clock(command: list[str]) -> float:
    clocks = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        clocks.append(time.perf_counter() - begun)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed: {done.stderr.decode()}")
    return median(clocks)
