"""Files as they were handed in, each stored once under the SHA-256 of its content.

``ab/cdef…`` below one folder; no name that anybody chose is ever part of a path. A file is written
aside, synced, and only then renamed, so what has its name is whole.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

_HASH = re.compile(r"[0-9a-f]{64}")
_ASIDE = "incoming"
_MODE = 0o640
_FOLDER_MODE = 0o750
_CHUNK = 256 * 1024


class TooLarge(Exception):  # noqa: N818
    """The content goes on beyond the limit; nothing of it was kept."""


class Stored(NamedTuple):
    """A content that is stored: its SHA-256 in hexadecimal, its size in bytes."""

    content: str
    size: int


class Draft(NamedTuple):
    """A content that is written down and synced, but not yet kept under its name."""

    path: Path
    content: str
    size: int


def put(folder: Path, chunks: Iterable[bytes], limit: int) -> Stored:
    """Store a content of at most so many bytes; one that is there already is left as it is.

    Raises:
        TooLarge: it has more.
        OSError: the disk is full or the folder cannot be written.
    """
    return keep(folder, write_down(folder, chunks, limit))


def write_down(folder: Path, chunks: Iterable[bytes], limit: int) -> Draft:
    """Write a content aside, to be kept or discarded; errors as in ``put``."""
    aside = folder / _ASIDE
    aside.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    path = aside / secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Draft(path, digest.hexdigest(), size)


def keep(folder: Path, draft: Draft) -> Stored:
    """Give a draft its name; a file of that name which has lost its size is replaced."""
    place = path_of(folder, draft.content)
    if place.is_file() and place.stat().st_size == draft.size:
        discard(draft)
    else:
        place.parent.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        draft.path.replace(place)
        _sync(place.parent)
        _sync(folder)
    return Stored(draft.content, draft.size)


def discard(draft: Draft) -> None:
    """Forget a draft; one that was kept is left alone."""
    draft.path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Let the names in a folder reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def path_of(folder: Path, content: str) -> Path:
    """Where a content lies.

    Raises:
        ValueError: this is no hash.
    """
    if not _HASH.fullmatch(content):
        raise ValueError("a content is named by 64 hexadecimal digits")
    return folder / content[:2] / content[2:]


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    """An open file from its beginning, in pieces."""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def content_of(path: Path) -> str:
    """The SHA-256 of what a file holds now."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below the folder with its state: by content, or by its name aside."""
    for path in sorted(folder.glob("*/*")):
        name = path.parent.name + ("/" if path.parent.name == _ASIDE else "") + path.name
        if path.is_file():
            yield name, path.stat()
