"""Imports, the clock, the environment and names, in every module; and that each rule can fail."""

from collections.abc import Callable, Iterator

import pytest

from tests.architecture import rules
from tests.architecture.source import ROOT, Module, modules, parse

Rule = Callable[[Module], Iterator[str]]

LONGEST_FILE = 400

RULES = [
    rules.hidden_imports,
    rules.re_exports,
    rules.environment_reads,
    rules.clock_reads,
    rules.foreign_identifiers,
]

BREACHES = [
    (rules.hidden_imports, "duban/a.py", "def f():\n    import json\n"),
    (rules.hidden_imports, "duban/a.py", "import importlib\nx = importlib.import_module('json')\n"),
    (rules.hidden_imports, "duban/a.py", "x = __import__('json')\n"),
    (rules.re_exports, "duban/__init__.py", "from duban.a import b\n"),
    (rules.re_exports, "duban/__init__.py", "from .a import b\n__all__ = ['b']\n"),
    (rules.environment_reads, "duban/a.py", "import os\nx = os.environ['HOME']\n"),
    (rules.environment_reads, "duban/a.py", "from os import getenv as read\nx = read('HOME')\n"),
    (rules.clock_reads, "duban/a.py", "import datetime as dt\nx = dt.datetime.now(dt.UTC)\n"),
    (rules.clock_reads, "duban/a.py", "from datetime import date\nx = date.today()\n"),
    (rules.clock_reads, "duban/a.py", "import time\nx = time.time\n"),
    (rules.clock_reads, "duban/a.py", "import pendulum\nx = pendulum.now('UTC')\n"),
    (rules.clock_reads, "duban/a.py", "from sqlalchemy import func\nx = func.now()\n"),
    (rules.foreign_identifiers, "duban/a.py", "单位 = 1\n"),
    (rules.foreign_identifiers, "duban/a.py", "def f(单位):\n    return 1\n"),
]

PERMITTED = [
    (rules.hidden_imports, "duban/cli/__init__.py", "def f():\n    import json\n"),
    (rules.re_exports, "duban/__init__.py", "import json\nx = json.loads('1')\n"),
    (rules.environment_reads, "duban/settings.py", "import os\nx = os.environ\n"),
    (rules.clock_reads, "duban/clock.py", "import time\nx = time.time()\n"),
    (rules.clock_reads, "duban/a.py", "import time\nx = time.monotonic()\n"),
    (rules.foreign_identifiers, "duban/a.py", "unit = '市教育体育局'\n"),
]


def module(path: str, text: str) -> Module:
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return parse(name, ROOT / path, text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_module_breaks_the_rule(rule: Rule) -> None:
    assert [breach for module in modules() for breach in rule(module)] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert rules.cycle(modules()) == []


@pytest.mark.parametrize(("rule", "path", "text"), BREACHES)
def test_the_rule_sees_a_breach(rule: Rule, path: str, text: str) -> None:
    assert list(rule(module(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), PERMITTED)
def test_the_rule_lets_pass(rule: Rule, path: str, text: str) -> None:
    assert list(rule(module(path, text))) == []


def test_a_circle_through_a_hidden_import_is_seen() -> None:
    found = rules.cycle(
        [
            module("duban/a.py", "from duban import b\n"),
            module("duban/b.py", "def f():\n    from .c import d\n"),
            module("duban/c.py", "import duban.a\n"),
        ]
    )
    assert set(found) == {"duban.a", "duban.b", "duban.c"}


def test_no_file_is_too_long() -> None:
    folders = ("bench", "duban", "flows", "models", "notifications", "tasks", "tests")
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
    }
    assert lengths
    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_matrices_hold_data_only() -> None:
    assert list((ROOT / "matrices").rglob("*.py*")) == []
