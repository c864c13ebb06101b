"""The collation as Prefect runs it: notices once, a table of the missing, the draft."""

import json
from datetime import date
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, FlowRunFilter

from flows.collation import collation
from tests.flows.conftest import Office

pytestmark = pytest.mark.usefixtures("prefect_api")

INNER_DATE = date(2024, 10, 12)


async def test_a_run_tells_the_office_and_leaves_table_and_draft(office: Office) -> None:
    office.apply("zhongshan-2023")
    first: Any = await collation(INNER_DATE)
    second: Any = await collation(INNER_DATE)
    assert (first["notices"], second["notices"]) == (92, 0)
    assert second["messages_sent"] == 0
    async with get_client() as client:
        [run, _] = await client.read_flow_runs(sort="START_TIME_DESC", limit=2)
        found = await client.read_artifacts(
            artifact_filter=ArtifactFilter(),
            flow_run_filter=FlowRunFilter(id={"any_": [run.id]}),
            limit=100,
        )
    left = {str(artifact.key): str(artifact.data) for artifact in found}
    assert run.name == "collation-2024-10-12"
    assert "报告汇总　2024-10-12" in left["collation-report"]
    assert len(json.loads(left["collation-missing"])) == 46
    draft = left["collation-zhongshan-2023-final-summary"]
    assert draft.startswith("# 市残联关于推动落实《行动方案》终期工作总结的报告")
    assert "应报46家，已报0家，未报46家。" in draft
