"""The flows as Prefect runs them: real server, real ledger, real mails."""

import asyncio
from collections import Counter
from datetime import date
from typing import Any

import pytest
from prefect import State
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import ArtifactFilter, FlowRunFilter
from prefect.client.schemas.objects import Artifact, FlowRun

from duban.service.lease import holding
from duban.service.runs import Unfinished
from duban.store.database import reading
from duban.store.tables import RUN
from flows.daily import daily
from flows.deliver import deliver
from flows.weekly import weekly
from tests.flows.conftest import Office

pytestmark = pytest.mark.usefixtures("prefect_api")

HAIDONG, ZHONGSHAN = date(2023, 8, 11), date(2023, 3, 7)


async def last_run(client: PrefectClient) -> FlowRun:
    found = await client.read_flow_runs(sort="START_TIME_DESC", limit=1)
    return found[0]


async def artifacts(client: PrefectClient, run: FlowRun) -> dict[str, Artifact]:
    wanted = FlowRunFilter(id={"any_": [run.id]})
    found = await client.read_artifacts(
        artifact_filter=ArtifactFilter(), flow_run_filter=wanted, limit=100
    )
    return {str(artifact.key): artifact for artifact in found}


async def count_tasks(client: PrefectClient, run: FlowRun) -> int:
    """The task runs of a flow run; they are recorded a little later than it ends."""
    wanted, counts = FlowRunFilter(id={"any_": [run.id]}), [0]
    while counts[-1] == 0 or len(counts) < 3 or counts[-1] != counts[-3]:
        counts.append(len(await client.read_task_runs(flow_run_filter=wanted)))
        await asyncio.sleep(0.7)
    return counts[-1]


def runs_on_record(office: Office) -> Counter[tuple[str, date, bool]]:
    with reading(office.workplace.engine) as connection:
        rows = connection.execute(RUN.select())
        return Counter((row.flow, row.as_of, row.finished_at is not None) for row in rows)


async def test_a_day_twice_sends_each_mail_once(office: Office) -> None:
    office.apply("haidong-2023")
    first: Any = await daily(HAIDONG)
    second: Any = await daily(HAIDONG)
    assert (first["messages_sent"], second["messages_sent"]) == (32, 0)
    assert len(office.mails_on(HAIDONG)) == 32
    assert runs_on_record(office) == {("daily", HAIDONG, True): 2}


async def test_a_run_bears_its_day_and_leaves_a_report_and_tables(office: Office) -> None:
    office.apply("haidong-2023")
    await daily(HAIDONG)
    late: Any = await daily(date(2023, 8, 21))
    assert late["skipped"]
    async with get_client() as client:
        run = await last_run(client)
        left = await artifacts(client, run)
    assert run.name == "daily-2023-08-21"
    assert "每日督办　2023-08-21" in str(left["daily-report"].data)
    assert "superseded" in str(left["daily-silent"].data)
    assert "liaison@" in str(left["daily-sent"].data)


async def test_the_number_of_tasks_does_not_depend_on_what_is_due(office: Office) -> None:
    async with get_client() as client:
        office.apply("haidong-2023")
        few: Any = await daily(HAIDONG)
        tasks_for_few = await count_tasks(client, await last_run(client))
        office.apply("zhongshan-2023", "yubei-2023", "sichuan-2022")
        many: Any = await daily(date(2023, 8, 14))
        run = await last_run(client)
        assert await count_tasks(client, run) == tasks_for_few
        left = await artifacts(client, run)
    assert few["messages_sent"] < 50 < many["messages_sent"]
    assert float(str(left["daily-sending"].data)) == 100.0, "a long run shows how far it has come"


async def test_a_server_that_cannot_be_reached_fails_the_run_and_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.apply("haidong-2023")
    with monkeypatch.context() as changed:
        changed.setenv("DUBAN_SMTP_URL", "smtp://127.0.0.1:9")
        state: State[Any] = await daily(HAIDONG, return_state=True)
    assert state.is_failed()
    assert "32 mails wait" in str(state.message)
    with pytest.raises(Unfinished):
        await state.aresult()
    later: Any = await deliver(HAIDONG)
    assert later["messages_sent"] == 32


async def test_a_second_run_stands_aside_and_says_for_whom(office: Office) -> None:
    office.apply("haidong-2023")
    with holding(office.workplace.engine, "daily", alone=True):
        state: State[Any] = await daily(HAIDONG, return_state=True)
    assert state.is_cancelled()
    assert "already being done by process" in str(state.message)


async def test_the_week_is_rounded_up_once(office: Office) -> None:
    office.apply("haidong-2023")
    await daily(HAIDONG)
    monday = date(2023, 8, 14)
    first: Any = await weekly(monday)
    second: Any = await weekly(monday)
    assert (first["messages_sent"], second["messages_sent"]) == (1, 0)
