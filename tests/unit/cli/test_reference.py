"""The reference names every command, every option and every setting; and `--help` works."""

import re

import pytest

from duban.cli import COMMANDS
from duban.settings import Settings
from tests.unit.cli.commands import ROOT, Office

REFERENCE = ROOT / "docs" / "reference"
COMMANDS_PAGE = (REFERENCE / "commands.md").read_text(encoding="utf-8")
SETTINGS_PAGE = (REFERENCE / "settings.md").read_text(encoding="utf-8")


def _section(name: str) -> str:
    found = re.search(rf"^### duban {name}\b.*?(?=^##|\Z)", COMMANDS_PAGE, re.M | re.S)
    assert found, f"docs/reference/commands.md does not tell of duban {name}"
    return found.group()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help_and_each_option_its_word(office: Office, name: str) -> None:
    done = office.run(name, "--help")
    assert done.code == 0
    options = set(re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", done.output, re.M)) - {"--help"}
    missing = sorted(option for option in options if option not in _section(name))
    assert missing == []


def test_no_command_is_told_of_that_is_not_there() -> None:
    assert set(re.findall(r"^### duban ([a-z-]+)", COMMANDS_PAGE, re.M)) == set(COMMANDS)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_told_of_with_its_default(name: str) -> None:
    row = re.search(rf"^\| `DUBAN_{name.upper()}` \| (.*?) \|", SETTINGS_PAGE, re.M)
    assert row
    default = Settings.model_fields[name].default
    assert row[1] == (f"`{default}`" if default is not None else row[1])


def test_no_setting_is_told_of_that_is_not_there() -> None:
    told = re.findall(r"^\| `DUBAN_([A-Z_]+)`", SETTINGS_PAGE, re.M)
    assert {name.lower() for name in told} == set(Settings.model_fields)
