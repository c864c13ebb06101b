"""Our five bare package names meet no stranger, in this environment or on Prefect's path."""

import sys
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.source import PACKAGES, ROOT


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_owns_the_name(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"duban"}


def test_no_file_in_flows_bears_the_name_of_another_module() -> None:
    """Prefect puts flows/ first on the path, where such a file would hide the other module."""
    taken = {*PACKAGES, *packages_distributions(), *sys.stdlib_module_names}
    names = {path.stem for path in (ROOT / "flows").iterdir() if path.name != "__init__.py"}
    assert (names - {"__pycache__"}) & taken == set()
