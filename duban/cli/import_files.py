"""The files of the two import commands: a document is read, what is written over is kept."""

from pathlib import Path

from duban.errors import DubanError, Refused, WrongUsage
from duban.importer.formats import limits

_SAVE = "save it in a file first: the end of its name tells what it is"


def content_of(file: Path) -> bytes:
    """The bytes of a document.

    Raises:
        DubanError: it is not there, no file, may not be read, or is too large.
    """
    if str(file) == "-":
        raise WrongUsage("a document cannot come from standard input", _SAVE)
    if file.is_dir():
        raise WrongUsage(f"{file} is a folder", "name one file in it")
    try:
        if file.stat().st_size > limits.FILE_BYTES:
            size = f"{limits.FILE_BYTES / 1e6:.0f} MB"
            raise Refused(f"{file} is larger than {size}", "import its text or its table alone")
        return file.read_bytes()
    except FileNotFoundError:
        raise WrongUsage(f"{file} is not there", "look at its name and folder") from None
    except OSError as error:
        hint = "may you read it? is it open elsewhere?"
        raise WrongUsage(f"{file} cannot be read: {error.strerror}", hint) from None


def check_output(file: Path | None, option: str, ends: tuple[str, ...], example: str) -> None:
    """Refuse a file to be written whose name does not end as such a file's does.

    Raises:
        WrongUsage: another end, or a folder.
    """
    if file is None:
        return
    if file.is_dir():
        raise WrongUsage(f"{option} {file} is a folder", f"name the file too: {option} {example}")
    if file.suffix not in ends:
        raise WrongUsage(f"{option} {file} does not end in {ends[0]}", f"write {option} {example}")


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, its byte order mark and line ends included."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise DubanError(f"{path} cannot be read: {reason}", "`duban check` says more") from None


def replace_file(path: Path, text: str) -> None:
    """Write a file whole or not at all, its folder too; the line ends are those of the text."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(text.encode("utf-8"))
        beside.replace(path)
    except OSError as error:
        hint = "is the folder there, and may you write in it?"
        raise DubanError(f"{path} cannot be written: {error.strerror}", hint) from None


def kept_before(path: Path) -> Path:
    """Where the version of a file before the last change is kept."""
    return path.with_name(f"{path.name}.bak")


def change_file(path: Path, text: str) -> None:
    """Replace a file, keeping what was there in ``.bak``; the same text leaves both alone."""
    before = path.read_bytes() if path.exists() else None
    if before == text.encode("utf-8"):
        return
    if before is not None:
        kept_before(path).write_bytes(before)
    replace_file(path, text)
