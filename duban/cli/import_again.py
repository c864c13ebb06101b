"""``duban import`` into a plan that is there already: what would change, and ``--write``."""

from pathlib import Path
from typing import NamedTuple

import typer

from duban.cli.import_files import change_file, kept_before, text_of
from duban.cli.output import print_json, write
from duban.cli.renumbered import renumbered_in_words
from duban.importer.merge.again import Merged, merge
from duban.importer.merge.changes import changes_in_words
from duban.importer.merge.lock import lock_of

CHANGED = 4
"""The exit code where something would be written and ``--write`` was not given."""

_LOCK = "import.lock"
_TEXT = "document.txt"
_BOM = "\ufeff"


class Again(NamedTuple):
    """A plan as it is kept, byte order mark included, and merged with a new import."""

    path: Path
    edited: str
    merged: Merged

    @property
    def text(self) -> str:
        """The plan merged, under the same byte order mark."""
        return self.edited[: len(self.edited) - len(self._plain)] + self.merged.text

    @property
    def has_changes(self) -> bool:
        """Whether merging would change the plan."""
        return self.merged.text != self._plain

    @property
    def _plain(self) -> str:
        return self.edited.removeprefix(_BOM)


def save(path: Path, plan: str, document: str, lock: str) -> None:
    """Write a plan with its document's text and its lock; what they replace is kept."""
    change_file(path, plan)
    change_file(path.with_name(_TEXT), document)
    change_file(path.with_name(_LOCK), lock)


def save_new(path: Path, fresh: str, document: str) -> None:
    """Write a plan as an import has made it."""
    save(path, fresh, document, lock_of(fresh))


def again(path: Path, fresh: str) -> Again:
    """A plan that is there, merged with what the import would write as a new file.

    Raises:
        MergeRefused: the plan's YAML cannot be edited in place.
    """
    edited, lock = text_of(path), path.with_name(_LOCK)
    before = text_of(lock) if lock.exists() else None
    return Again(path, edited, merge(edited.removeprefix(_BOM), fresh, before, str(path)))


def finish(found: Again, document: str, *, is_writing: bool, as_json: bool) -> None:
    """Say how the plan would change, and change it if ``is_writing``.

    Exit code 4 where there is something to write and nothing is written.
    """
    if is_writing:
        save(found.path, found.text, document, found.merged.lock)
    if as_json:
        changes = [change.as_json() for change in found.merged.changes]
        moved = dict(found.merged.renumbered)
        shown = {"path": str(found.path), "written": is_writing, "changes": changes}
        print_json({**shown, "renumbered": moved})
    else:
        _say(found, is_writing=is_writing)
    if found.has_changes and not is_writing:
        raise typer.Exit(CHANGED)


def _say(found: Again, *, is_writing: bool) -> None:
    lines = list(changes_in_words(found.merged.changes))
    write(f"{found.path}：{f'与文件相比 {len(lines)} 处' if lines else '与文件一致，没有变化'}")
    for line in lines:
        write(f"  {line}")
    for line in renumbered_in_words(dict(found.merged.renumbered)):
        write(line)
    if found.has_changes and is_writing:
        write(f"已写入；改写前的留在 {kept_before(found.path)}。接着运行 duban check。")
    elif found.has_changes:
        write("尚未写入；核对后加 --write 写入。")
