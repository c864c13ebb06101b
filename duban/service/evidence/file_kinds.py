"""What kinds of files are taken as evidence: told by their content, whatever they are called.

Documents, pictures, sound, video and plain text. Programs, web pages, drawings with script,
archives, and office files that are locked or carry macros are not.
"""

import codecs
import re
import struct
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple
from zipfile import BadZipFile, ZipFile

_HEAD = 64 * 1024
_CHUNK = 1024 * 1024
_MOST_PARTS = 2 * 1024 * 1024
"""Bytes of a ZIP's list of parts; a document has some kilobytes, a bomb has many."""


class FileKind(NamedTuple):
    """A kind that is taken: its media type, and the endings that its names have."""

    media_type: str
    endings: tuple[str, ...]


class Unfit(NamedTuple):
    """Why a file is not taken, in Chinese for who handed it in and in English for a command."""

    chinese: str
    english: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCX = FileKind(f"{_OFFICE}wordprocessingml.document", (".docx",))
_XLSX = FileKind(f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
_PPTX = FileKind(f"{_OFFICE}presentationml.presentation", (".pptx",))
_OFD = FileKind("application/ofd", (".ofd",))
_DOC = FileKind("application/msword", (".doc", ".wps"))
_XLS = FileKind("application/vnd.ms-excel", (".xls", ".et"))
_PPT = FileKind("application/vnd.ms-powerpoint", (".ppt", ".dps"))
_PDF = FileKind("application/pdf", (".pdf",))
_MP4 = FileKind("video/mp4", (".mp4", ".m4v"))
_MOV = FileKind("video/quicktime", (".mov",))
_M4A = FileKind("audio/mp4", (".m4a",))
_HEIC = FileKind("image/heic", (".heic", ".heif"))
_WEBP = FileKind("image/webp", (".webp",))
_WAV = FileKind("audio/wav", (".wav",))
_MP3 = FileKind("audio/mpeg", (".mp3",))
_TXT = FileKind("text/plain", (".txt",))
_CSV = FileKind("text/csv", (".csv",))

_BEGINNINGS = (
    (b"%PDF-", _PDF),
    (b"\xff\xd8\xff", FileKind("image/jpeg", (".jpg", ".jpeg"))),
    (b"\x89PNG\r\n\x1a\n", FileKind("image/png", (".png",))),
    (b"GIF87a", FileKind("image/gif", (".gif",))),
    (b"GIF89a", FileKind("image/gif", (".gif",))),
    (b"ID3", _MP3),
    (b"\xff\xfb", _MP3),
    (b"\xff\xf3", _MP3),
    (b"\xff\xf2", _MP3),
)
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"mif1", b"msf1"), _HEIC),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"avc1", b"dash"), _MP4),
    **dict.fromkeys((b"mp41", b"mp42", b"M4V ", b"3gp4", b"3gp5", b"MSNV"), _MP4),
    b"qt  ": _MOV,
    b"M4A ": _M4A,
}
_ZIP_PARTS = (("word/", _DOCX), ("xl/", _XLSX), ("ppt/", _PPTX))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", _DOC),
    ("Workbook", _XLS),
    ("Book", _XLS),
    ("PowerPoint Document", _PPT),
)
_NESTED = re.compile(
    r"\.(zip|rar|7z|gz|jar|exe|dll|msi|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|html?|svg)$", re.I
)
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml|\?php|%)|^\s*#!", re.I)

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")

_OTHER = Unfit(
    "不是可以接收的类型（可收PDF、Word、Excel、PPT、WPS、OFD、图片、音频、视频、txt、csv）",
    "it is none of the kinds that are taken",
)
_EMPTY = Unfit("是空文件", "it is empty")
_ARCHIVE = Unfit("是压缩包，请解压后把其中的文件逐个上传", "it is an archive: hand in its files")
_BROKEN = Unfit("已损坏，打不开，请检查后重新上传", "it is damaged")
_LOCKED = Unfit("设有密码，请取消密码后再上传", "it is encrypted: take the password off")
_MACROS = Unfit("含有宏，请另存为不含宏的文件后再上传", "it has macros: save it without them")
_STUFFED = Unfit("夹带了压缩包或程序，请去掉后再上传", "it carries an archive or a program")
_MARKED = Unfit("是网页或脚本，请另存为PDF后再上传", "it is a web page or a script: make it a PDF")


def kind_of(file: BinaryIO, name: str) -> FileKind | Unfit:
    """The kind of a file by its content; its name only tells csv from txt, and text from script."""
    file.seek(0)
    head = file.read(_HEAD)
    if not head:
        return _EMPTY
    if head.startswith(b"PK"):
        return _in_zip(file)
    if head.startswith(_OLE):
        return _in_ole(file)
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        return _ARCHIVE
    return _by_beginning(head) or _in_text(head, name)


def named(name: str, kind: FileKind) -> str:
    """The name with an ending that a file of its kind has: ``report.exe`` becomes ``….exe.pdf``."""
    return name if name.lower().endswith(kind.endings) else f"{name}{kind.endings[0]}"


def _by_beginning(head: bytes) -> FileKind | None:
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if head[4:8] in (b"moov", b"wide", b"mdat"):
        return _MOV
    if head[:4] == b"RIFF":
        return {b"WEBP": _WEBP, b"WAVE": _WAV}.get(head[8:12])
    return None


def _in_zip(file: BinaryIO) -> FileKind | Unfit:
    if not _has_short_list(file):
        return _BROKEN
    try:
        with ZipFile(file) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        return _BROKEN
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        return _LOCKED
    kind = _package(names)
    return (isinstance(kind, FileKind) and _unfit_part(names)) or kind


def _package(names: set[str]) -> FileKind | Unfit:
    if "OFD.xml" in names:
        return _OFD
    if "[Content_Types].xml" not in names:
        return _ARCHIVE
    found = (kind for folder, kind in _ZIP_PARTS if any(n.startswith(folder) for n in names))
    return next(found, _OTHER)


def _unfit_part(names: set[str]) -> Unfit | None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return _MACROS
    return _STUFFED if any(_NESTED.search(name) for name in names) else None


def _has_short_list(file: BinaryIO) -> bool:
    """Whether the list of parts at a ZIP's end can be read without filling the memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22 or tail[max(0, at - 20) :][:4] == b"PK\x06\x07":
        return False
    return bool(struct.unpack_from("<I", tail, at + 12)[0] <= _MOST_PARTS)


def _in_ole(file: BinaryIO) -> FileKind | Unfit:
    wanted = [name for name, _ in _OLE_STREAMS]
    found = _mentioned(file, [*wanted, "EncryptedPackage", "_VBA_PROJECT"])
    if "EncryptedPackage" in found:
        return _LOCKED
    if "_VBA_PROJECT" in found:
        return _MACROS
    return next((kind for name, kind in _OLE_STREAMS if name in found), _OTHER)


def _mentioned(file: BinaryIO, names: list[str]) -> set[str]:
    """Which names of streams stand in an OLE file: each begins an entry of 128 bytes."""
    entries = {name: f"{name}\0".encode("utf-16-le") for name in names}
    return {
        name
        for piece in _pieces(file)
        for name, entry in entries.items()
        if any(piece.startswith(entry, at) for at in _places(piece, entry))
    }


def _places(piece: bytes, entry: bytes) -> Iterator[int]:
    at = piece.find(entry)
    while at >= 0:
        if at % 128 == 0:
            yield at
        at = piece.find(entry, at + 1)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_CHUNK):
        yield piece


def _in_text(head: bytes, name: str) -> FileKind | Unfit:
    ending = PurePosixPath(name.lower()).suffix
    kind = {".txt": _TXT, ".csv": _CSV}.get(ending)
    if _MARKUP.search(head):
        return _MARKED
    if kind is None or not (_is_text(head, "utf-8") or _is_text(head, "gb18030")):
        return _OTHER
    return kind


def _is_text(head: bytes, encoding: str) -> bool:
    """Whether it reads as text; a character cut in two at the end does not count."""
    if _CONTROLS.search(head):
        return False
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True
