"""What the project installs: pinned, hashed, as declared, and silent about where it comes from."""

import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from prefect.settings import Settings
from pydantic import BaseModel

from tests.architecture.source import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
BUILD_FILES = ["Makefile", ".ci/run", "pyproject.toml", "requirements.lock", "CONTRIBUTING.md"]
# In two pieces, so that this file does not hold what it looks for.
INDEX_OPTIONS = re.compile("|".join(["index" + "-url", "find" + "-links", "--" + "registry"]))


def pins() -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", LOCK, re.MULTILINE))


@pytest.mark.parametrize("declared", sorted(set(chain.from_iterable(DECLARED))))
def test_the_lock_pins_what_is_declared(declared: str) -> None:
    """When this fails: make lock."""
    requirement = Requirement(declared)
    pinned = pins()[canonicalize_name(requirement.name)]
    assert Version(pinned) in requirement.specifier


def test_every_pin_has_a_hash() -> None:
    blocks = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)
    assert [b for b in blocks if "==" in b and "--hash=sha256:" not in b] == []


@pytest.mark.parametrize("name", BUILD_FILES)
def test_no_build_file_names_a_host(name: str) -> None:
    assert "http" + "s://" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_lock_holds_no_address() -> None:
    assert "://" not in LOCK


def test_no_file_says_where_packages_come_from() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    files = [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    assert files
    assert [str(path) for path in files if _names_an_index(path)] == []


def _names_an_index(path: Path) -> bool:
    try:
        return bool(INDEX_OPTIONS.search(path.read_text(encoding="utf-8")))
    except UnicodeDecodeError:
        return False


def test_prefect_knows_every_setting_of_prefect_toml() -> None:
    """It passes over a misspelt one in silence."""
    text = (ROOT / "prefect.toml").read_text(encoding="utf-8")
    assert _unknown(tomllib.loads(text), Settings) == []


def _unknown(table: dict[str, object], model: type[BaseModel], path: str = "") -> list[str]:
    unknown = []
    for key, value in table.items():
        field = model.model_fields.get(key)
        if field is None:
            unknown.append(path + key)
        elif isinstance(value, dict) and isinstance(field.annotation, type):
            unknown += _unknown(value, field.annotation, f"{path}{key}.")
    return unknown
