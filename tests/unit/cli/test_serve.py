"""``duban serve``: what it needs before it starts anything."""

import sys
from pathlib import Path

from duban.cli.children import program
from tests.unit.cli.commands import Office


def test_without_its_deployments_it_says_where_to_run_it(office: Office, tmp_path: Path) -> None:
    done = office.run("serve", "--deployments", str(tmp_path / "prefect.yaml"))
    assert done.code == 2
    assert "run it where prefect.yaml is" in done.errors


def test_the_pages_alone_need_no_deployments_but_their_key(office: Office, tmp_path: Path) -> None:
    done = office.run("serve", "--pages-only", "--deployments", str(tmp_path / "prefect.yaml"))
    assert "the pages need DUBAN_SECRET_FILE and DUBAN_BASE_URL" in done.errors


def test_a_child_looks_for_nothing_in_the_working_directory() -> None:
    assert program("flows.once", "daily") == [sys.executable, "-P", "-m", "flows.once", "daily"]
