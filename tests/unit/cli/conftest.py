"""Offices to run commands on: one without a ledger, one where 中山's plan was applied."""

from pathlib import Path

import pytest

from tests.unit.cli.commands import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """No ledger yet."""
    return Office(tmp_path)


@pytest.fixture(scope="session")
def _ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Office(tmp_path_factory.mktemp("applied"))
    done = made.process("apply", "zhongshan-2023", "--as-of", "2024-09-02", "--by", "李四")
    assert done.code == 0, done
    return made.database


@pytest.fixture
def applied(tmp_path: Path, _ledger: Path) -> Office:
    """中山's plan was applied on Monday 2024-09-02 by 李四; nothing was sent yet.

    138 mails wait: to the liaisons the assignment, to the three posts of 45 units, to the office
    and to the inspection office the last chase of the mid-term summary, late since 2023-12.
    """
    return Office(tmp_path, _ledger)
