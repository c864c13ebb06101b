"""The table of commands: quick help, exit codes, one line for an expected error."""

import subprocess
import sys
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from duban.cli import COMMANDS

ROOT = Path(__file__).parents[3]
OFFICE = ROOT / "tests" / "bad_yaml" / "office"
HEAVY = ("prefect", "sqlmodel", "sqlalchemy", "jinja2", "fastapi")
DUBAN = [sys.executable, "-m", "duban"]


def _run(*arguments: str, matrices: Path = OFFICE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DUBAN, *arguments],
        cwd=ROOT,
        env={"DUBAN_MATRICES": str(matrices), "PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def _imports(*arguments: str) -> set[str]:
    """The top-level packages that a command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "duban", *arguments],
        cwd=ROOT,
        env={"DUBAN_MATRICES": str(OFFICE), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}


def test_help_lists_every_command_and_imports_none() -> None:
    done = _run("--help")
    assert done.returncode == 0
    for name, entry in COMMANDS.items():
        assert f"\n  {name} " in done.stdout
        assert entry.help in done.stdout
    modules = {entry.module for entry in COMMANDS.values()}
    assert not modules & _imports("--help")


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["plans"], ["schema"], ["show", "x"]])
def test_small_commands_leave_the_heavy_packages_alone(arguments: list[str]) -> None:
    packages = {name.partition(".")[0] for name in _imports(*arguments)}
    assert not packages & set(HEAVY)


@pytest.mark.parametrize("name", ["ledger", "export", "explain", "complete"])
def test_commands_on_the_ledger_leave_the_servers_and_channels_alone(name: str) -> None:
    packages = {package.partition(".")[0] for package in _imports(name, "--help")}
    assert not packages & {"prefect", "apprise", "fastapi", "uvicorn", "imap_tools"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_function(name: str) -> None:
    entry = COMMANDS[name]
    function = getattr(import_module(entry.module), entry.function)
    assert function.__doc__
    assert signature(function)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_line_is_a_short_sentence(name: str) -> None:
    line = COMMANDS[name].help
    assert line.endswith(".")
    assert len(line) < 60


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["shwo"], 2, "Did you mean 'show'"),
        (["show"], 2, "Missing argument 'PLAN'"),
        (["check", "--nonsense"], 2, "No such option"),
        (["show", "example-2023"], 2, 'duban: there is no plan "example-2023" (did you mean'),
        (["schema", "plam"], 2, 'duban: there is no kind of file "plam"'),
    ],
)
def test_wrong_usage(arguments: list[str], code: int, said: str) -> None:
    done = _run(*arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_errors_of_the_files_are_printed_before_the_one_line(tmp_path: Path) -> None:
    done = _run("plans", matrices=tmp_path / "nowhere")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].endswith(
        "nowhere:1:1: error Y101 there is no such folder "
        "(name the folder that holds units.yaml, or set DUBAN_MATRICES)"
    )
    assert done.stderr.splitlines()[1].startswith("duban: the office's files have 1 error")
