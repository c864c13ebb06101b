"""Web pages as government sites publish them: the main text without what surrounds it."""

import re

from lxml import etree, html  # type: ignore[import-untyped]

from duban.importer.formats import limits
from duban.importer.formats.archive import damaged, declares
from duban.importer.formats.assembly import Assembly
from duban.importer.formats.child import serve
from duban.importer.formats.markup import DROPPED, add_blocks, check_nesting, is_layout
from duban.importer.formats.refusal import FormatRefused
from duban.importer.formats.text import decoded
from models.document import Document

DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
SURROUNDING = re.compile(
    r"\b(?:nav|menu|footer|foot|breadcrumb|crumbs?|share|sidebar|copyright|related|toolbar|qrcode)",
    re.IGNORECASE,
)
PARTED = re.compile(r"\s*[_|｜>›]+\s*|\s+[-—–]+\s*|\s*[-—–]+\s+|(?<![\d年月日])[-—–]+(?!\d)|\s{2,}")
TITLED = re.compile(
    r"关于|通知|方案|意见|计划|规划|要点|办法|措施|细则|规定|清单|分工|分解|台账|行动|函|纲要|决定|公告"
)
CUT_SHORT = re.compile(r"\s*(?:\.{2,}|…+)$")
OFFICE_MARGINS = {"header", "footer"}
"""What LibreOffice calls running heads where it saves a document as a page."""
WHITE = re.compile(r"\s+")
ENTITY = re.compile(r"<!ENTITY\s", re.IGNORECASE)
TAG = re.compile(r"<[a-zA-Z]")
ELEMENTS = 200_000
SMALL = 300
"""The characters below which what stands beside the main text may be left out."""
MOST = 0.8
LINKED = 0.6


def read_html(content: bytes) -> Document:
    """Read a web page in UTF-8, GB18030 or UTF-16."""
    text = DECLARATION.sub("", decoded(content).replace("\0", ""))
    if ENTITY.search(text):
        raise declares("the page")
    if len(TAG.findall(text)) > ELEMENTS:
        raise FormatRefused(
            "too-large",
            f"the page has more than {ELEMENTS:,} elements",
            "copy the text of the plan into a new document and import that",
        )
    body = _body(text)
    check_nesting(body)
    assembly = Assembly("html")
    title = _title(body)
    _drop_surroundings(body)
    main = _main(body)
    if title and not _begins_with(main, title):
        assembly.paragraph(title, level=1)
    add_blocks(assembly, main)
    return assembly.document()


def _body(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise damaged(str(error)) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise FormatRefused(
            "nested-too-deep",
            f"elements stand in elements more than {limits.DEPTH} deep",
            "copy the text into a new document and import that",
        )
    return root


def _title(root: html.HtmlElement) -> str:
    """The title of the article: that of its description, of a heading, or of the window.

    A name of the site or of a column beside it is no part of it, and no title.
    """
    described = root.xpath("//meta[translate(@name, 'ARTICLE', 'article')='articleTitle']/@content")
    headings = [WHITE.sub("", h.text_content()) for h in root.iter("h1")]
    window = [part for t in root.iter("title") for part in PARTED.split(t.text_content().strip())]
    found = (one.strip() for one in [*described, *headings, *window])
    return next((one for one in found if TITLED.search(one)), "")


def _drop_surroundings(body: html.HtmlElement) -> None:
    for element in list(body.iter("div", "ul", "section", "aside", "header", *DROPPED)):
        if element.getparent() is None or element is body:
            continue
        length, linked = _length(element), sum(_length(link) for link in element.iter("a"))
        names = f"{element.get('class', '')} {element.get('id', '')}"
        is_small = length < SMALL and not _has_data(element)
        if (
            element.tag in DROPPED
            or element.get("title") in OFFICE_MARGINS
            or (is_small and SURROUNDING.search(names))
            or (length and linked / length > LINKED and not _has_data(element))
        ):
            element.drop_tree()


def _main(body: html.HtmlElement) -> html.HtmlElement:
    """Go down as long as one child holds nearly all the text, with little beside it."""
    element = body
    while True:
        children = [child for child in element if isinstance(child.tag, str)]
        best = max(children, key=_length, default=None)
        if best is None or (best.tag == "table" and not is_layout(best)):
            return element
        beside = [child for child in children if child is not best]
        is_held = _length(best) >= MOST * _length(element) and not _is_running_text(beside)
        if not is_held or best.tag in {"p", "span", "font"}:
            return element
        element = best


def _is_running_text(elements: list[html.HtmlElement]) -> bool:
    """Whether elements hold a part of the text: a table, several paragraphs, or many words."""
    lengths = [(element.tag, _length(element)) for element in elements]
    paragraphs = sum(length > 0 and tag == "p" for tag, length in lengths)
    is_long = sum(length for _, length in lengths) >= SMALL
    return is_long or paragraphs > 1 or any(map(_has_data, elements))


def _length(element: html.HtmlElement) -> int:
    return len(WHITE.sub("", element.text_content()))


def _has_data(element: html.HtmlElement) -> bool:
    return any(not is_layout(table) for table in element.iter("table"))


def _begins_with(main: html.HtmlElement, title: str) -> bool:
    """Whether a title, or as much of it as was not cut short, stands at the head of the text."""
    head = WHITE.sub("", main.text_content())[: SMALL * 2]
    return CUT_SHORT.sub("", WHITE.sub("", title)) in head


if __name__ == "__main__":
    serve(read_html)
