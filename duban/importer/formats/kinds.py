"""What a file is, told by its content; its name only helps to say that it lies."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from duban.importer.formats.refusal import FormatRefused
from duban.importer.formats.text import is_text, marked_up


class Kind(StrEnum):
    """A format that is read, or that LibreOffice can turn into one that is."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    PDF = "pdf"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    ODS = "ods"


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PICTURES = {
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
    b"BM": "a BMP picture",
}
MEMBERS = {
    "word/document.xml": Kind.DOCX,
    "xl/workbook.xml": Kind.XLSX,
    "xl/workbook.bin": Kind.XLSX,
}
MIME_TYPES = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
}
STREAMS = {"WordDocument": Kind.DOC, "Workbook": Kind.XLS, "Book": Kind.XLS}
ENDINGS = {
    Kind.TEXT: {"txt", "md", "markdown", "text", "tsv", "csv"},
    Kind.HTML: {"html", "htm", "xhtml", "shtml", "jsp"},
    Kind.DOCX: {"docx", "docm", "dotx", "wps"},
    Kind.XLSX: {"xlsx", "xlsm", "xlsb", "xltx", "et"},
    Kind.XLS: {"xls", "et", "xlt"},
    Kind.PDF: {"pdf"},
    Kind.DOC: {"doc", "wps", "dot", "wpt"},
    Kind.RTF: {"rtf", "doc"},
    Kind.ODT: {"odt"},
    Kind.ODS: {"ods"},
}
SAVE_AS = "open it and save it as docx, xlsx, PDF (with its text) or plain text"
UNLOCK = "open it with its password, save it without one, and import that file"


def kind_of(content: bytes) -> Kind:
    """Return what a file is; what no reader can take is refused with what to do about it."""
    if not content.strip(b"\0 \t\r\n"):
        raise FormatRefused("empty", "the file is empty", "ask the sender for it again")
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    if content.startswith(b"PK"):
        return _kind_of_zip(content)
    if content.startswith(OLE):
        return _kind_of_ole(content)
    if content.lstrip().startswith(b"{\\rtf"):
        return Kind.RTF
    return _kind_of_text(content)


def lie(name: str, kind: Kind) -> str | None:
    """Return what to say, in Chinese, when a file's ending promises something else."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    promised = {one for one, endings in ENDINGS.items() if ending in endings}
    if not promised or kind in promised:
        return None
    return f"文件扩展名为 .{ending}，内容却是 {kind}，已按 {kind} 读取"


def _kind_of_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mime = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:  # noqa: PLR2004
                mime = archive.read("mimetype").strip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise FormatRefused(
            "damaged", f"the file is a damaged archive ({error})", "ask the sender for it again"
        ) from error
    for member, kind in MEMBERS.items():
        if member in names:
            return kind
    if mime in MIME_TYPES:
        return MIME_TYPES[mime]
    if "OFD.xml" in names:
        raise FormatRefused(
            "ofd",
            "the file is OFD, which no reader here can take",
            "open it in an OFD reader or WPS and save it as PDF (with its text) or as docx",
        )
    raise FormatRefused(
        "archive", "the file is an archive, not a document", "unpack it and import what is inside"
    )


def _kind_of_ole(content: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FormatRefused("encrypted", "the file is protected by a password", UNLOCK)
    for stream, kind in STREAMS.items():
        if stream.encode("utf-16-le") + b"\0\0" in content:
            return kind
    raise FormatRefused("unknown", "the file is neither a text document nor a sheet", SAVE_AS)


def _kind_of_text(content: bytes) -> Kind:
    for magic, name in PICTURES.items():
        if content.startswith(magic) and not is_text(content):
            raise FormatRefused(
                "scan",
                f"the file is {name}, not text",
                "run OCR on it, or ask the sender for the text",
            )
    if not is_text(content):
        raise FormatRefused("unknown", "the file is of no kind that is known", SAVE_AS)
    if re.match(rb"\s*MIME-Version:", content, re.IGNORECASE):
        raise FormatRefused("mhtml", "the file is a saved web archive (MHTML)", SAVE_AS)
    return Kind.HTML if marked_up(content) else Kind.TEXT
