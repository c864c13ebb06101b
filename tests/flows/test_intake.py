"""The intake as Prefect runs it: a report where mail came, nothing where there is no mailbox."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from prefect import State
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, FlowRunFilter

from duban.service.lease import holding
from flows.intake import intake
from tests.flows.conftest import Office
from tests.integration import dovecot

pytestmark = pytest.mark.usefixtures("prefect_api")

DAY = date(2024, 10, 21)
STRANGE = "From: a@b.example\r\nSubject: 请问\r\n\r\n此项如何办理\r\n".encode()


async def test_without_a_mailbox_it_ends_well(office: Office) -> None:
    state: State[Any] = await intake(DAY, return_state=True)
    assert (state.is_completed(), state.name) == (True, "NoMailbox")


async def test_what_came_is_read_reported_and_tabled(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.apply("haidong-2023")
    password = tmp_path / "password"
    password.write_text(dovecot.PASSWORD)
    with dovecot.start(tmp_path) as server:
        monkeypatch.setenv("DUBAN_IMAP_URL", server.url)
        monkeypatch.setenv("DUBAN_IMAP_PASSWORD_FILE", str(password))
        monkeypatch.setenv("DUBAN_EVIDENCE", str(tmp_path / "evidence"))
        server.append(STRANGE)
        told: Any = await intake(DAY)
        again: Any = await intake(DAY)
        with holding(office.workplace.engine, "intake", alone=True):
            aside: State[Any] = await intake(DAY, return_state=True)
    assert (told["received"], told["office"], again["received"]) == (1, 1, 0)
    assert aside.is_cancelled()
    async with get_client() as client:
        runs = await client.read_flow_runs(sort="START_TIME_DESC", limit=3)
        wanted = FlowRunFilter(id={"any_": [run.id for run in runs]})
        found = await client.read_artifacts(
            artifact_filter=ArtifactFilter(), flow_run_filter=wanted, limit=100
        )
    assert {run.name for run in runs} == {"intake-2024-10-21"}
    left = {str(artifact.key): str(artifact.data) for artifact in found}
    assert sorted(left) == ["intake-office", "intake-report"]
    assert "| 1 | 0 | 1 | 0 | 0 |" in left["intake-report"]
    assert "a@b.example" in left["intake-office"]
