"""``python -m flows.serve FILE``: run the deployments of a prefect.yaml on their schedules.

The schedules are not paused when the runner stops, and what it missed is not made good run by run:
see ``flows.leftovers``. It ends on SIGTERM, or when its standard input does.
"""

import asyncio
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.runner import Runner
from prefect.schedules import Schedule

from flows.leftovers import OURS, clear, prune
from flows.once import FLOWS
from flows.session import until_healthy

AT_ONCE = 2
"""So many runs at one time: SQLite lets one of them write at a time anyway."""

_POLL_EVERY = 3.0
_GRACE = 10.0


def schedule_of(entry: dict[str, Any]) -> Schedule:
    """A schedule as prefect.yaml writes it: ``cron``, or ``interval`` in seconds."""
    seconds = entry.get("interval")
    return Schedule(
        interval=timedelta(seconds=seconds) if seconds else None,
        cron=entry.get("cron"),
        timezone=entry.get("timezone"),
        slug=entry.get("slug"),
    )


async def deploy(runner: Runner, entry: dict[str, Any]) -> UUID:
    """Create or renew one deployment, with its schedules active."""
    flow: Any = FLOWS[entry["entrypoint"].rpartition(":")[2]]
    deployment = await flow.ato_deployment(
        entry["name"],
        description=entry.get("description"),
        tags=sorted({OURS, *entry.get("tags", [])}),
        schedules=[schedule_of(item) for item in entry["schedules"]],
        concurrency_limit=ConcurrencyLimitConfig(**entry["concurrency_limit"]),
        paused=False,
    )
    return await runner.aadd_deployment(deployment)


async def serve(path: Path) -> None:
    """Deploy what the file lists, clear away what was left behind, then run until told to stop."""
    await until_healthy()
    runner = Runner("duban", limit=AT_ONCE, query_seconds=_POLL_EVERY, pause_on_shutdown=False)
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["deployments"]
    slugs = {
        await deploy(runner, entry): [item["slug"] for item in entry["schedules"]]
        for entry in entries
    }
    async with get_client() as client:
        await prune(client, slugs)
        for deployment in slugs:
            await clear(client, deployment)
    await run_until_told(runner)


async def run_until_told(runner: Runner) -> None:
    """Run until SIGTERM; what is under way then is cut off, and made up for by the next runner."""
    loop, is_told = asyncio.get_running_loop(), asyncio.Event()
    running = asyncio.create_task(runner.start())
    while not runner.started and not running.done():
        await asyncio.sleep(0.1)
    # Only now: the runner has a handler of its own, which ends the process in mid-air.
    loop.add_signal_handler(signal.SIGTERM, is_told.set)
    told = asyncio.create_task(is_told.wait())
    await asyncio.wait([running, told], return_when=asyncio.FIRST_COMPLETED)
    if not running.done():
        await runner.astop()
    told.cancel()
    await running


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    # Without its server, which ends as well, the runner would try to reach it for minutes.
    time.sleep(_GRACE)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    asyncio.run(serve(Path(sys.argv[1])))
