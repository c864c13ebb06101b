"""A thousand digests from the outbox to the server: claimed, rendered, built, sent, recorded."""

import multiprocessing
import resource
import tempfile
import time
from pathlib import Path

from bench.crowd import AS_OF, UNITS, crowded, fill
from bench.steps import sink
from duban.loader.office import load_office
from duban.service.daily import plan_daily
from duban.service.sending.deliver import deliver, moment_of
from duban.service.workplace import Workplace
from duban.store.database import open_database
from duban.store.migrate import migrate
from notifications.channels.smtp import SmtpChannel, Tls
from notifications.message import Sender

ROWS = 10
RUNS = 3


def main() -> None:
    """Print the CPU of one sender a message, all in, on SQLite and over one connection."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=sink, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    costs = sorted(_cost(port) for _ in range(RUNS))
    server.terminate()
    cpu, wall = costs[RUNS // 2]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{UNITS} digests of {ROWS} rows with a calendar entry, one sender, SQLite")
    print(
        f"  {cpu * 1000:.2f} ms CPU a message (clock {wall * 1000:.2f} ms), peak {memory:.0f} MiB"
    )


def _cost(port: int) -> tuple[float, float]:
    office = crowded(load_office(Path("matrices")))
    sender = Sender("duban@office.example", "督办通知", "duban.office.example", "office.example")
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/ledger.db")
        migrate(engine)
        workplace = Workplace(office, engine)
        fill(workplace, UNITS, UNITS, ROWS)
        plan_daily(workplace, AS_OF)
        moment = moment_of(workplace, AS_OF, "Asia/Shanghai")
        cpu, wall = time.process_time(), time.perf_counter()
        with SmtpChannel("127.0.0.1", port, Tls.NONE) as channel:
            done = deliver(workplace, channel, sender, moment)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        engine.dispose()
    if done.sent != UNITS:
        raise SystemExit(f"{done.sent} of {UNITS} mails were sent")
    return cpu / UNITS, wall / UNITS


if __name__ == "__main__":
    main()
