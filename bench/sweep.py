"""The daily run on many open obligations, beside the bare SQL that does the least of it."""

import multiprocessing
import shutil
import sqlite3
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from bench.crowd import AS_OF, crowded, fill
from duban.loader.office import load_office
from duban.service.daily import plan_daily
from duban.service.workplace import Workplace
from duban.store.database import open_database, writing
from duban.store.migrate import migrate
from models.office import Office

RUNS = 7

BARE = (
    # One mail per unit, then one line per due row in it, then the rows' new dates: the whole sweep.
    """INSERT INTO outbox (key, recipient, state, "on", attempts)
       SELECT lower(hex(randomblob(8))), unit, 'pending', :day, 0 FROM obligation
       WHERE next_on <= :day GROUP BY unit""",
    """INSERT INTO notice (obligation_id, revision, step, recipient, role, kind, reason, "on",
                           outbox_id)
       SELECT o.id, o.revision, 'reminder-10w', o.unit, 'liaison', 'reminder', 'due-soon', :day,
              b.id
       FROM obligation o JOIN outbox b ON b.recipient = o.unit
            AND b.state = 'pending' AND b.claimed_by IS NULL
       WHERE o.next_on <= :day""",
    "UPDATE obligation SET said_through = :day, next_on = '2024-10-15' WHERE next_on <= :day",
)


def main() -> None:
    """Print the run's cost as a ratio to the bare SQL, and how it grows with what is open."""
    print(f"daily run on SQLite, milliseconds (median of {RUNS}), engine and bare SQL in turn")
    print(f"{'open':>10} {'due':>7} {'engine':>8} {'bare':>8} {'ratio':>6}")
    costs = {}
    for count, due in ((10_000, 1_000), (100_000, 1_000), (1_000_000, 1_000), (100_000, 10_000)):
        ours, theirs = measure(count, due)
        costs[count, due] = ours
        print(f"{count:>10,} {due:>7,} {ours:8.1f} {theirs:8.1f} {ours / theirs:6.1f}")
    before, peak = memory(100_000, 1_000)
    print(f"memory, 100,000 open, 1,000 due: {before:.0f} MiB with its imports, peak {peak:.0f}")
    growth = costs[1_000_000, 1_000] / costs[100_000, 1_000]
    print(f"ten times as many open, as many due: {growth:.2f} times the cost")


def measure(count: int, due: int) -> tuple[float, float]:
    """Median wall milliseconds of the engine's run and of the bare SQL, on copies of one file."""
    office = crowded(load_office(Path("matrices")))
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.db"
        engine = open_database(f"sqlite:///{full}")
        migrate(engine)
        fill(Workplace(office, engine), count, due)
        engine.dispose()
        for _ in range(RUNS):
            ours.append(_engine_run(office, full))
            theirs.append(_bare_run(full))
    return median(ours), median(theirs)


def _peak() -> float:
    """The most memory this process has had, in MiB; unlike ru_maxrss not its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _memory(full: str, report: Connection) -> None:
    """In a process of its own: MiB with everything imported and open, and at the run's peak."""
    workplace = Workplace(
        crowded(load_office(Path("matrices"))), open_database(f"sqlite:///{full}")
    )
    before = _peak()
    plan_daily(workplace, AS_OF)
    report.send((before, _peak()))


def memory(count: int, due: int) -> tuple[float, float]:
    """Peak MiB before and after a daily run in a fresh interpreter."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    with tempfile.TemporaryDirectory() as folder:
        full = f"{folder}/full.db"
        engine = open_database(f"sqlite:///{full}")
        migrate(engine)
        fill(Workplace(crowded(load_office(Path("matrices"))), engine), count, due)
        engine.dispose()
        worker = spawn.Process(target=_memory, args=(full, theirs))
        worker.start()
        peaks: tuple[float, float] = ours.recv()
        worker.join()
    return peaks


def _engine_run(office: Office, full: Path) -> float:
    copy = Path(shutil.copy(full, full.with_name("copy.db")))
    engine = open_database(f"sqlite:///{copy}")
    workplace = Workplace(office, engine)
    with writing(engine):
        pass  # the connection is open, no page is read yet
    begun = time.perf_counter()
    plan_daily(workplace, AS_OF)
    cost = time.perf_counter() - begun
    engine.dispose()
    return cost * 1000


def _bare_run(full: Path) -> float:
    """One durable transaction with nothing between Python and SQLite."""
    copy = Path(shutil.copy(full, full.with_name("copy.db")))
    begun = time.perf_counter()
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("BEGIN IMMEDIATE")
    for statement in BARE:
        connection.execute(statement, {"day": AS_OF.isoformat()})
    connection.execute("COMMIT")
    cost = time.perf_counter() - begun
    connection.close()
    return cost * 1000
