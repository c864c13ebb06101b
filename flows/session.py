"""One connection to the Prefect server for several runs in one process."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prefect.client.orchestration import get_client
from prefect.context import AsyncClientContext, SyncClientContext

_PATIENCE = 120.0


@asynccontextmanager
async def session() -> AsyncIterator[None]:
    """Wait for the server, then let all flows and tasks in the block share their connections.

    Without that each task makes a client of its own, and each client reads the system's
    certificates anew: a third of a second for each run.

    Raises:
        RuntimeError: the server does not answer within two minutes.
    """
    await until_healthy()
    with SyncClientContext.get_or_create():
        async with AsyncClientContext.get_or_create():
            yield


async def until_healthy() -> None:
    """Wait until the server answers.

    Raises:
        RuntimeError: it does not within two minutes.
    """
    began = time.monotonic()
    async with get_client() as client:
        while (trouble := await client.api_healthcheck()) is not None:
            if time.monotonic() - began > _PATIENCE:
                raise RuntimeError(f"the Prefect server does not answer: {trouble}")
            await asyncio.sleep(0.1)
