"""``duban import`` into a plan that is there already: what would change, and ``--write``."""

from pathlib import Path

import typer

from duban.cli.output import print_json, write
from duban.errors import DubanError
from duban.importer.merge.again import merge
from duban.importer.merge.changes import changes_in_words
from duban.importer.merge.lock import lock_of

CHANGED = 4
"""The exit code where something would be written and ``--write`` was not given."""

LOCK = "import.lock"
"""The file beside plan.yaml that holds the digests of what the last import wrote."""

TEXT = "document.txt"
"""The document's own text beside plan.yaml."""

_BOM = "\ufeff"


def keep_lock(path: Path, fresh: str) -> None:
    """Write down what an import has just written as a new plan, for the import after it."""
    replace_file(path.with_name(LOCK), lock_of(fresh))


def import_again(path: Path, fresh: str, document: str, *, is_writing: bool, as_json: bool) -> None:
    """Show how a plan that is there would change, and change it if ``is_writing``.

    ``fresh`` is the YAML that the import would write as a new file, ``document`` its
    ``document.txt``, to whose lines the sources lead. Exit code 4 where there is something to
    write and nothing is written.

    Raises:
        MergeRefused: the plan's YAML cannot be edited in place.
    """
    edited, lock = text_of(path), path.with_name(LOCK)
    text = edited.removeprefix(_BOM)
    merged = merge(text, fresh, text_of(lock) if lock.exists() else None, str(path))
    if is_writing:
        replace_file(path, edited[: len(edited) - len(text)] + merged.text)
        replace_file(lock, merged.lock)
        replace_file(path.with_name(TEXT), document)
    has_changes = merged.text != text
    if as_json:
        changes = [change.as_json() for change in merged.changes]
        print_json({"path": str(path), "written": is_writing, "changes": changes})
    else:
        _say(path, list(changes_in_words(merged.changes)), has_changes, is_writing)
    if has_changes and not is_writing:
        raise typer.Exit(CHANGED)


def _say(path: Path, lines: list[str], has_changes: bool, is_writing: bool) -> None:
    write(f"{path}：{f'与文件相比 {len(lines)} 处' if lines else '与文件一致，没有变化'}")
    for line in lines:
        write(f"  {line}")
    if has_changes:
        write("已写入。" if is_writing else "尚未写入；核对后加 --write 写入。")


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, its byte order mark and line ends included."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise DubanError(f"{path} cannot be read: {reason}", "`duban check` says more") from None


def replace_file(path: Path, text: str) -> None:
    """Write a file whole or not at all; the line ends are those of the text."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(text.encode("utf-8"))
        beside.replace(path)
    except OSError as error:
        hint = "is the folder there, and may you write in it?"
        raise DubanError(f"{path} cannot be written: {error.strerror}", hint) from None
