"""Forms as they come in, with their files: bounded, cleaned, and never trusted by name."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import BinaryIO, NamedTuple

from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from duban.service.evidence import file_kinds
from duban.service.evidence.file_kinds import Unfit
from duban.service.evidence.locker import shown_name
from duban.service.workplace import Workplace
from duban.store import documents
from duban.store.documents import Draft
from notifications.wording import clean

MOST_FILES = 20
_MOST_FIELDS = 1000
_LONGEST_FIELD = 256 * 1024


class Upload(NamedTuple):
    """A file of a form: the field it came in, the name it is shown by, what it holds."""

    field: str
    file_name: str
    file: BinaryIO


class Posted(NamedTuple):
    """A form: its words by field, cleaned, line ends kept; its files, empty fields left out."""

    words: dict[str, str]
    files: list[Upload]


class Fit(NamedTuple):
    """A file that is taken, written down under no name of its own yet."""

    field: str
    draft: Draft
    file_name: str
    media_type: str


@asynccontextmanager
async def posted(request: Request, *, keeps_files: bool = True) -> AsyncIterator[Posted]:
    """The form of a request; its files are closed at the end.

    ``keeps_files=False``: what files hold is thrown away as it comes.

    Raises:
        HTTPException: 400 where it is no form or has too many parts, 413 and 408 from the wire.
    """
    form = await _form(request, keeps_files)
    try:
        words = {name: cleaned(value) for name, value in form.items() if isinstance(value, str)}
        yield Posted(words, list(_uploads(form)))
    finally:
        await form.close()


async def _form(request: Request, keeps_files: bool) -> FormData:
    kind, _, rest = request.headers.get("content-type", "").lower().partition(";")
    limits = {"max_fields": _MOST_FIELDS, "max_part_size": _LONGEST_FIELD}
    try:
        if kind.strip() == "application/x-www-form-urlencoded":
            return await FormParser(request.headers, request.stream(), **limits).parse()
        if kind.strip() == "multipart/form-data" and "charset" not in rest:
            files = {"max_files": MOST_FILES, **limits}
            kept = _Parser if keeps_files else _WordsParser
            return await _whole(kept(request.headers, request.stream(), **files))
    except (MultiPartException, FormParserError):
        pass
    raise HTTPException(400)


class _Parser(MultiPartParser):
    """Knows whether the form came to its end: of one that breaks off, parts would be missing."""

    is_whole = False

    def on_end(self) -> None:
        """The last boundary has come."""
        self.is_whole = True


class _WordsParser(_Parser):
    """Keeps nothing of the files, for a form of somebody who may hand none in."""

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """A piece of a field, or of a file."""
        if self._current_part.file is None:
            super().on_part_data(data, start, end)


async def _whole(parser: _Parser) -> FormData:
    form = await parser.parse()
    if not parser.is_whole:
        await form.close()
        raise MultiPartException("it breaks off")
    return form


def _uploads(form: FormData) -> Iterable[Upload]:
    for name, value in form.multi_items():
        if isinstance(value, UploadFile) and value.filename:
            yield Upload(name, shown_name(value.filename), value.file)


def cleaned(text: str) -> str:
    """Typed text without what could not be kept or could turn a line round; its lines stay."""
    return "\n".join(clean(line) for line in text.replace("\r\n", "\n").split("\n")).strip()


def take(workplace: Workplace, uploads: Iterable[Upload], limit: int) -> list[Fit | str]:
    """Write down each file that is fit; for one that is not, a sentence that names it."""
    return [_taken(workplace, upload, limit) for upload in uploads]


def _taken(workplace: Workplace, upload: Upload, limit: int) -> Fit | str:
    kind = file_kinds.kind_of(upload.file, upload.file_name)
    if isinstance(kind, Unfit):
        return f"“{upload.file_name}”{kind.chinese}。"
    draft = documents.write_down(workplace.evidence, documents.chunks_of(upload.file), limit)
    name = file_kinds.named(upload.file_name, kind)
    return Fit(upload.field, draft, name, kind.media_type)
