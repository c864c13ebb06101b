"""Small commands from the shell, beside an interpreter that does nothing."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

RUNS = 5
ROWS = 60


def main() -> None:
    """Print the clock of small commands, start of the interpreter and imports included."""
    duban = str(Path(sys.executable).with_name("duban"))
    idle = clock([sys.executable, "-c", "pass"])
    print(f"small commands from the shell, seconds (median of {RUNS}); an idle Python {idle:.2f}")
    for words in (["--help"], ["check"], ["plans"], ["show", "zhongshan-2023", "--json"]):
        print(f"  duban {' '.join(words):30} {clock([duban, *words]):.2f}")
    with TemporaryDirectory() as folder:
        notice = Path(folder) / "notice.txt"
        notice.write_text(_notice(), encoding="utf-8")
        print(f"  duban import, {ROWS} rows          {clock([duban, 'import', str(notice)]):.2f}")


def _notice() -> str:
    """A notice of the size that the aim speaks of, with an annex of so many rows."""
    rows = [
        f"{number}\t推进第{number}项工作\t2026年10月底前培训{number}名骨干，每年组织一次评估。"
        "\t市发展改革委\t市教育局、财政局、民政局，各镇街"
        for number in range(1, ROWS + 1)
    ]
    head = ["某市人民政府办公室关于印发2026年重点工作分工的通知", "某政办发〔2026〕8号", "附件"]
    return "\n".join([*head, "序号\t重点任务\t工作举措\t牵头单位\t责任单位", *rows])


def clock(command: list[str]) -> float:
    """Return the median of the seconds that a command takes."""
    clocks = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        clocks.append(time.perf_counter() - begun)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed: {done.stderr.decode()}")
    return median(clocks)
