"""The documentation against the program: links, names, commands and examples."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import pytest
import yaml
from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo
from typer.main import get_command

from duban.cli import COMMANDS, app
from duban.loader.check import KINDS, check
from duban.loader.findings import RULES
from duban.planner.due_dates import RULE_TEXTS
from duban.settings import Settings
from duban.store.outbox import MailState
from models.entry import EntryKind
from models.matrix import LeadBasis, ObligationKind
from models.notice import Reason
from models.obligation import ItemKind, Stage, StatusLight
from models.policy import NoticeKind
from models.problem import Severity
from models.roster import Post

ROOT = Path(__file__).parents[2]
PAGES = [
    *sorted(ROOT.joinpath("docs").rglob("*.md")),
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
]
REFERENCE = ROOT / "docs" / "reference"

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WORDS_OF_COMMAND = re.compile(r"(?:^|[\s/`(])duban((?: +[^\s`|&;#→）]+)+)")
_KIND_OF_FILE = {
    "plan.yaml": "plan",
    "roster.yaml": "roster",
    "units.yaml": "units",
    "local.yaml": "local-workdays",
}


class Example(NamedTuple):
    """A YAML block of a page: the file it shows, whole or in part."""

    page: Path
    path: Path
    is_excerpt: bool
    text: str

    @property
    def model(self) -> type[BaseModel]:
        """The kind of file it shows."""
        by_folder = {"policies": "policy", "workdays": "workdays"}
        kind = _KIND_OF_FILE.get(self.path.name) or by_folder[self.path.parent.name]
        return KINDS[kind]


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.*)$", _FENCE.sub("", _text(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _examples() -> Iterator[Example]:
    for page in PAGES:
        for language, text in _FENCE.findall(_text(page)):
            if language == "yaml":
                found = re.match(r"# (\S+\.yaml)(, excerpt)?\n", text)
                assert found, f"{_name(page)}: a YAML example begins with the name of its file"
                yield Example(page, Path(found[1]), bool(found[2]), text)


EXAMPLES = list(_examples())


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(_FENCE.sub("", _text(page))):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, ahead = set[Path](), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        links = _LINK.findall(_text(page))
        ahead += [(page.parent / link.partition("#")[0]).resolve() for link in links]
    assert [_name(page) for page in PAGES if page not in reached] == []


NAMED = [
    ("commands.md", [f"### duban {name}" for name in COMMANDS]),
    ("settings.md", [f"`DUBAN_{name.upper()}`" for name in Settings.model_fields]),
    ("ledger.md", [f"`{name.value}`" for name in Reason]),
    ("ledger.md", [f"`{name.value}`" for name in EntryKind]),
    ("ledger.md", [f"`{name.value}`" for name in Stage]),
    ("ledger.md", [f"`{name.value}`" for name in StatusLight]),
    ("ledger.md", [f"`{name.value}`" for name in ItemKind]),
    ("ledger.md", [f"`{name.value}`" for name in MailState]),
    ("policy-format.md", [f"`{name.value}`" for name in NoticeKind]),
    ("policy-format.md", [f"`{name.value}`" for name in Post]),
    ("matrix-format.md", [f"`{name}`" for name in RULE_TEXTS]),
    ("matrix-format.md", [f"`{name.value}`" for name in ObligationKind]),
    ("matrix-format.md", [f"`{name.value}`" for name in LeadBasis]),
    ("check-rules.md", [f"| {name} |" for name in RULES]),
    ("../zh/check-messages.md", [f"| {name} |" for name in RULES]),
]


@pytest.mark.parametrize(("page", "names"), NAMED)
def test_the_reference_has_every_name_of_the_program(page: str, names: list[str]) -> None:
    text = _text(REFERENCE / page)
    assert [name for name in names if name not in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_formats_describe_every_key_of_a_file(kind: str) -> None:
    """Each key, of the file and of what it is made of, stands in one of the format pages."""
    text = "".join(_text(page) for page in REFERENCE.glob("*-format.md"))
    schema = KINDS[kind].model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    keys = {key for part in parts for key in part.get("properties", {})}
    made_by_the_loader = {"anchor", "sign", "offset", "count"}
    assert [key for key in sorted(keys - made_by_the_loader) if f"`{key}" not in text] == []


def test_check_rules_are_told_with_their_severity() -> None:
    words = {Severity.ERROR: "错误", Severity.WARNING: "提示"}
    english = _text(REFERENCE / "check-rules.md")
    chinese = _text(ROOT / "docs" / "zh" / "check-messages.md")
    for code, rule in RULES.items():
        assert f"| {code} | {rule.severity.value} |" in english
        assert f"| {code} | {words[rule.severity]} |" in chinese


def _invocations() -> Iterator[tuple[Path, list[str]]]:
    """Every ``duban …`` in code, word by word."""
    for page in PAGES:
        text = _text(page)
        blocks = [block for language, block in _FENCE.findall(text) if language != "yaml"]
        rest = _FENCE.sub("", text)
        blocks += re.findall(r"`([^`\n]+)`", rest)
        blocks += re.findall(r"^ {4,}(?!\s*[-*|]).*$", rest, re.MULTILINE)
        for line in "\n".join(blocks).splitlines():
            for words in _WORDS_OF_COMMAND.findall(line):
                yield page, words.split()


def _options(command: str) -> set[str]:
    # The real command, not the stand-in of the list: resolving imports its module.
    group: Any = get_command(app)
    _, found, _ = group.resolve_command(group.make_context("duban", [command]), [command])
    return {"--help", *(option for each in found.params for option in each.opts)}


def test_commands_and_options_in_the_documentation_exist() -> None:
    wrong = []
    for page, (command, *words) in _invocations():
        if not re.fullmatch(r"[a-z][a-z-]*", command):
            continue  # a log line, a placeholder, the database's name
        if command not in COMMANDS:
            wrong.append(f"{_name(page)}: duban {command}")
            continue
        known = _options(command)
        given = [word.partition("=")[0] for word in words if word.startswith("--")]
        wrong += [f"{_name(page)}: {command} {word}" for word in given if word not in known]
    assert wrong == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_reference_has_every_option_of_a_command(command: str) -> None:
    text = _text(REFERENCE / "commands.md")
    heading = rf"^### duban {command}(?: .*)?$"
    after = re.split(heading, text, maxsplit=1, flags=re.MULTILINE)[1]
    section = re.split(r"^#", after, maxsplit=1, flags=re.MULTILINE)[0]
    long = [option for option in _options(command) - {"--help"} if option.startswith("--")]
    assert [option for option in sorted(long) if option not in section] == []


def test_make_targets_in_the_documentation_exist() -> None:
    makefile = _text(ROOT / "Makefile")
    named = {
        (_name(page), target)
        for page in PAGES
        for target in re.findall(r"(?:`|^ {4})make ([a-z]+)", _text(page), re.MULTILINE)
    }
    assert {(_name(ROOT / "README.md"), target) for target in ("demo", "test")} <= named
    assert [each for each in sorted(named) if f"\n{each[1]}:" not in makefile] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{_name(example.page)}")
def test_an_example_is_what_its_file_may_hold(example: Example) -> None:
    content = yaml.load(example.text, Loader=yaml.BaseLoader)
    if not example.is_excerpt:
        example.model.model_validate(content)
        return
    fields = example.model.model_fields
    assert set(content) <= set(fields)
    for key, value in content.items():
        _adapter(fields[key]).validate_python(value)


def _adapter(field: FieldInfo) -> TypeAdapter[Any]:
    kind: Any = field.annotation
    for part in field.metadata:
        kind = Annotated[kind, part]
    return TypeAdapter(kind)


@pytest.mark.parametrize("page", ["docs/tutorial/first-plan.md", "docs/reference/matrix-format.md"])
def test_an_office_made_of_a_page_s_examples_is_sound(page: str, tmp_path: Path) -> None:
    """The tutorial's files; and the reference's plan beside the tutorial's other files."""
    for source in ("docs/tutorial/first-plan.md", page):
        for example in EXAMPLES:
            if example.page == ROOT / source and not example.is_excerpt:
                target = tmp_path.joinpath(*example.path.parts[1:])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(example.text, encoding="utf-8")
    for folder in ("policies", "workdays"):
        shutil.copytree(ROOT / "matrices" / folder, tmp_path / folder)
    found = check([tmp_path])
    assert [str(problem) for problem in found if problem.severity is Severity.ERROR] == []


def test_nothing_is_left_to_fill_in() -> None:
    left = [_name(page) for page in PAGES if re.search(r"TO-FILL|REAL-[A-Z]+", _text(page))]
    assert left == []
