"""The command line as a test drives it: in this process, or as a process of its own."""

import gc
import json
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

from duban.cli import app
from duban.errors import DubanError

ROOT = Path(__file__).parents[3]
MATRICES = ROOT / "matrices"
KEY = "zhongshan-2023/final-summary/市教育体育局"


class Done(NamedTuple):
    """What came of a command; ``errors`` holds what an expected error says."""

    code: int
    output: str
    errors: str


class Office:
    """One folder with a ledger, and the matrices it is run on."""

    def __init__(self, folder: Path, ledger: Path | None = None) -> None:
        self.folder = folder
        self.database = folder / "ledger.db"
        self.matrices = MATRICES
        self.more: dict[str, str] = {}
        if ledger:
            shutil.copy(ledger, self.database)

    @property
    def settings(self) -> dict[str, str]:
        return {
            "DUBAN_DATABASE_URL": f"sqlite:///{self.database}",
            "DUBAN_MATRICES": str(self.matrices),
        } | self.more

    def run(self, *arguments: str) -> Done:
        """Call a command in this process."""
        environment = self.settings | {"COLUMNS": "100"}
        gc.freeze()  # so that the collection below looks at nothing older than the command
        done = CliRunner().invoke(app, list(arguments), env=environment)
        with warnings.catch_warnings():
            # A command ends with its process, and leaves its connections to that end.
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
        gc.unfreeze()
        if isinstance(done.exception, DubanError):
            return Done(done.exception.exit_code, done.stdout, str(done.exception))
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    def process(self, *arguments: str) -> Done:
        """Call a command as a shell does."""
        done = subprocess.run(
            [sys.executable, "-m", "duban", *arguments],
            cwd=ROOT,
            env=self.settings | {"PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def read(self, *arguments: str, code: int = 0) -> Any:
        """What a command prints as JSON."""
        done = self.run(*arguments, "--json")
        assert done.code == code, done
        return json.loads(done.output)

    def edit(self, plan: str, before: str, after: str) -> None:
        """Change the plan's file in a copy of the matrices."""
        if self.matrices == MATRICES:
            self.matrices = self.folder / "matrices"
            shutil.copytree(MATRICES, self.matrices)
        path = self.matrices / plan / "plan.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1
        path.write_text(text.replace(before, after), encoding="utf-8")

    def postpone(self) -> None:
        """Give 中山's final summary another day in the matrix."""
        self.edit("zhongshan-2023", "on: 2024-10-20", "on: 2024-10-31")
