"""A file becomes a document, whatever its format; what cannot be read is refused with a remedy."""

from importlib.util import find_spec
from pathlib import PurePath

from duban.importer.formats import limits
from duban.importer.formats.isolation import read_isolated
from duban.importer.formats.kinds import Kind, kind_of, lie
from duban.importer.formats.office import converted
from duban.importer.formats.refusal import FormatRefused
from duban.importer.formats.sheet_text import read_sheet_text
from duban.importer.formats.text import read_text
from models.document import Document

MODULES = {Kind.HTML: "html", Kind.DOCX: "docx", Kind.XLSX: "sheet", Kind.XLS: "sheet"}
LIBRARIES = {
    Kind.HTML: ("lxml",),
    Kind.DOCX: ("lxml", "mammoth"),
    Kind.XLSX: ("lxml", "python_calamine"),
    Kind.XLS: ("lxml", "python_calamine"),
    Kind.PDF: ("pdfplumber",),
}
THROUGH = {Kind.DOC: Kind.DOCX, Kind.RTF: Kind.DOCX, Kind.ODT: Kind.DOCX, Kind.ODS: Kind.XLSX}
SHEETS_AS_TEXT = {".csv", ".tsv"}
CONVERTED = "文件为 {} 格式，已经 LibreOffice 转换后读取"


def read(name: str, content: bytes) -> Document:
    """Read a file by its content; ``name`` tells whether its ending promised that.

    Of text it also tells whether that is a sheet.

    Raises FormatRefused for what cannot be read, or would cost more than the limits allow.
    """
    if len(content) > limits.FILE_BYTES:
        raise FormatRefused(
            "too-large",
            f"the file has {len(content) / 1e6:,.0f} MB,"
            f" and {limits.FILE_BYTES / 1e6:.0f} are the limit",
            "copy the plan alone, without pictures, into a new file and import that",
        )
    kind = kind_of(content)
    is_sheet = kind is Kind.TEXT and PurePath(name).suffix.lower() in SHEETS_AS_TEXT
    document = read_sheet_text(content) if is_sheet else _read(kind, content)
    lied = lie(name, kind)
    return document if lied is None else document._replace(notes=(*document.notes, lied))


def _read(kind: Kind, content: bytes) -> Document:
    if kind is Kind.TEXT:
        return read_text(content)
    if kind in THROUGH:
        document = _read(THROUGH[kind], converted(content, kind))
        return document._replace(kind=kind, notes=(*document.notes, CONVERTED.format(kind)))
    check_libraries(kind, LIBRARIES[kind])
    if kind is Kind.PDF:
        return read_isolated(f"{__package__}.pdf", content, limits.PDF_SECONDS)
    return read_isolated(f"{__package__}.{MODULES[kind]}", content, limits.CLOCK_SECONDS)


def check_libraries(kind: str, modules: tuple[str, ...]) -> None:
    """Refuse a format whose libraries are not installed."""
    if missing := [module for module in modules if find_spec(module) is None]:
        raise FormatRefused(
            "needs-libraries",
            f"reading {kind} needs {' and '.join(missing)}, which this installation lacks",
            "install Duban with its extra: pip install '.[import]'",
        )
