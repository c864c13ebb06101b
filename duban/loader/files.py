"""Which files make an office, and what lies between them that should not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from duban.loader.findings import did_you_mean, problem
from models.problem import Problem, SourceMark

UNITS = "units.yaml"
PLAN = "plan.yaml"
ROSTER = "roster.yaml"
POLICIES = "policies"
WORKDAYS = "workdays"
LOCAL = "local.yaml"
_YAML = {".yaml", ".yml"}


@dataclass
class Listing:
    """The files of an office by what they are; ``plans`` holds folders, ``refused`` bad links."""

    folder: Path
    units: Path | None = None
    plans: list[Path] = field(default_factory=list)
    policies: list[Path] = field(default_factory=list)
    years: list[Path] = field(default_factory=list)
    local: Path | None = None
    refused: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def files(self) -> list[Path]:
        """Every file that is read, in the order in which it is."""
        per_plan = (path / name for path in self.plans for name in (PLAN, ROSTER))
        single = (path for path in (self.units, self.local) if path)
        found = [*single, *self.policies, *self.years, *per_plan]
        return [path for path in found if self.has(path)]

    def has(self, path: Path) -> bool:
        """Whether the file is there and lies inside the folder."""
        return path not in self.refused and path.exists()


def listing(folder: Path) -> Listing:
    """What an office's folder holds; nothing is opened."""
    found = Listing(folder)
    if not folder.is_dir():
        said = "this is not a folder" if folder.exists() else "there is no such folder"
        hint = "name the folder that holds units.yaml, or set DUBAN_MATRICES"
        found.problems.append(problem("Y101", SourceMark(str(folder)), said, hint))
        return found
    for entry in _entries(found, folder):
        if entry.is_dir():
            _folder(found, entry)
        elif entry.name == UNITS:
            found.units = entry
        else:
            _unread(found, entry, [UNITS])
    if not found.plans:
        hint = "a plan is a folder of its own with plan.yaml and roster.yaml in it"
        message = "there is no plan in this folder"
        found.problems.append(problem("Y102", SourceMark(str(folder)), message, hint))
    if found.units is None and found.plans and folder / UNITS not in found.refused:
        hint = "it names the units and groups of each jurisdiction"
        message = f"there is no {UNITS}"
        found.problems.append(problem("Y101", SourceMark(str(folder / UNITS)), message, hint))
    return found


def _folder(found: Listing, folder: Path) -> None:
    if folder.name == POLICIES:
        found.policies += _yaml_files(found, folder)
    elif folder.name == WORKDAYS:
        _workdays(found, folder)
    else:
        _plan(found, folder)


def _workdays(found: Listing, folder: Path) -> None:
    for path in _yaml_files(found, folder):
        if path.name == LOCAL:
            found.local = path
        elif path.stem.isascii() and path.stem.isdigit():
            found.years.append(path)
        else:
            _unread(found, path, [LOCAL, "2025.yaml"])


def _plan(found: Listing, folder: Path) -> None:
    entries = list(_entries(found, folder))
    names = {path.name for path in (*entries, *found.refused) if path.parent == folder}
    if names & {PLAN, ROSTER}:
        found.plans.append(folder)
        if PLAN not in names:
            message = f"there is a {ROSTER} here, but no {PLAN}"
            found.problems.append(problem("Y101", SourceMark(str(folder / PLAN)), message))
    for entry in entries:
        if entry.name not in {PLAN, ROSTER} and not entry.is_dir():
            _unread(found, entry, [PLAN, ROSTER])


def _yaml_files(found: Listing, folder: Path) -> Iterator[Path]:
    for entry in _entries(found, folder):
        if entry.suffix == ".yaml" and not entry.is_dir():
            yield entry
        else:
            _unread(found, entry, [])


def _entries(found: Listing, folder: Path) -> Iterator[Path]:
    """The visible entries of a folder by name, links that lead out of the office left out."""
    home = found.folder.resolve()
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        reason = f"the folder cannot be read: {error.strerror}"
        found.problems.append(problem("Y101", SourceMark(str(folder)), reason))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and not _is_inside(entry, home):
            message = "this link leads outside the folder, or nowhere"
            hint = "put the file itself here"
            found.problems.append(problem("Y103", SourceMark(str(entry)), message, hint))
            found.refused.add(entry)
            continue
        yield entry


def _is_inside(link: Path, home: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError):
        return False


def _unread(found: Listing, path: Path, known: list[str]) -> None:
    if path.suffix in _YAML:
        hint = did_you_mean(path.name, known) or "move it away, or rename it"
        message = "nobody reads a YAML file of this name here"
        found.problems.append(problem("Y104", SourceMark(str(path)), message, hint))
