"""Word documents: numbers that Word counts are written out, then mammoth makes HTML of them."""

import io
import re

import mammoth  # type: ignore[import-untyped]
from lxml import etree, html  # type: ignore[import-untyped]

from duban.importer.formats import limits
from duban.importer.formats.archive import Archive, damaged, repacked
from duban.importer.formats.assembly import Assembly
from duban.importer.formats.child import serve
from duban.importer.formats.markup import add_blocks
from duban.importer.formats.refusal import FormatRefused
from duban.importer.formats.word_numbers import NAMESPACES, Numbering, W
from models.document import Document

MAIN_PART = re.compile(r"word/document\d*\.xml")
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/_rels/document\d*\.xml\.rels"
    r"|word/(?:styles|footnotes|endnotes)\d*\.xml"
)
STYLES = "\n".join(
    f"p[style-name='heading {level}'] => h{level}:fresh\n"
    f"p[style-name='标题 {level}'] => h{level}:fresh"
    for level in range(1, 7)
)
STYLE_SHEET = "word/styles.xml"
LOOKS = etree.XPath("//w:r/w:rPr | //w:sectPr | //w:tblPr", namespaces=NAMESPACES)
STYLE_LOOKS = etree.XPath(
    "//w:latentStyles | //w:docDefaults | //w:style/*[not(self::w:name)]", namespaces=NAMESPACES
)
TABLES_ABOVE = etree.XPath("count(ancestor::w:tbl)", namespaces=NAMESPACES)
MACROS = "文件含有宏，未运行，只读取文字"
REVISIONS = "文件带有修订标记：保留插入的文字，略去删除的文字"


def read_docx(content: bytes) -> Document:
    """Read a Word document; insertions are kept, deletions, comments and macros left out."""
    archive = Archive(content)
    main = next((name for name in sorted(archive.names) if MAIN_PART.fullmatch(name)), None)
    if main is None:
        raise damaged("it has no main part")
    archive.check_declarations()
    assembly = Assembly("docx")
    if any(name.endswith("vbaProject.bin") for name in archive.names):
        assembly.note(MACROS)
    root = archive.xml(main)
    _check_size(root)
    if _is_revised(root):
        assembly.note(REVISIONS)
    _write_numbers(root, archive)
    replaced = {main: _lean(root, LOOKS)}
    if STYLE_SHEET in archive.names:
        replaced[STYLE_SHEET] = _lean(archive.xml(STYLE_SHEET), STYLE_LOOKS)
    _add_html(assembly, repacked(archive, replaced, PARTS))
    return assembly.document()


def _check_size(root: etree._Element) -> None:
    paragraphs = sum(1 for _ in root.iter(f"{W}p"))
    if paragraphs > limits.PARAGRAPHS:
        raise FormatRefused(
            "too-long",
            f"the document has {paragraphs:,} paragraphs, and {limits.PARAGRAPHS:,} are the limit",
            "copy the plan and its annex into a new document and import that",
        )
    if any(TABLES_ABOVE(table) >= limits.NESTING for table in root.iter(f"{W}tbl")):
        raise FormatRefused(
            "nested-too-deep",
            f"tables stand in tables more than {limits.NESTING} deep",
            "copy the text into a new document and import that",
        )


def _is_revised(root: etree._Element) -> bool:
    revisions = root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")
    return next(revisions, None) is not None


def _write_numbers(root: etree._Element, archive: Archive) -> None:
    numbering, styles = (
        archive.xml(name) if name in archive.names else etree.Element(f"{W}none")
        for name in ("word/numbering.xml", STYLE_SHEET)
    )
    counting = Numbering(numbering, styles)
    for paragraph in root.iter(f"{W}p"):
        is_deleted = paragraph.find("w:pPr/w:rPr/w:del", NAMESPACES) is not None
        if not is_deleted and (label := counting.label(paragraph)):
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = label
            properties = paragraph.find(f"{W}pPr")
            paragraph.insert(0 if properties is None else 1, run)


def _lean(root: etree._Element, looks: etree.XPath) -> bytes:
    """Return XML without what only decides on looks; most of the time went into parsing that."""
    for element in looks(root):
        element.getparent().remove(element)
    written: bytes = etree.tostring(root, encoding="utf-8")
    return written


def _add_html(assembly: Assembly, content: bytes) -> None:
    try:
        converted = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map=STYLES,
            include_default_style_map=False,
            convert_image=mammoth.images.img_element(lambda _: {}),
        ).value
    except (KeyError, ValueError, AttributeError, TypeError, IndexError) as error:
        raise damaged(f"{type(error).__name__}: {error}") from error
    if converted:
        add_blocks(assembly, html.document_fromstring(f"<html><body>{converted}</body></html>"))


if __name__ == "__main__":
    serve(read_docx)
