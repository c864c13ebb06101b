"""The page itself: one HTML file that needs nothing else, made from a draft and its document."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from duban.importer.contacts import mask
from duban.importer.questions import Asked
from duban.importer.review import view, words
from duban.importer.review.checklist import checklist
from duban.importer.review.search import Search
from duban.importer.review.spans import pieces, spans
from duban.importer.review.view import place_words
from duban.importer.review.written import Written
from models.document import Document
from models.draft import Draft, Head

_TEMPLATES = Environment(
    loader=PackageLoader("duban.importer"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def review_page(
    draft: Draft, document: Document, asked: Sequence[Asked], written: Written | None = None
) -> str:
    """The page for a draft as HTML text; all that it shows is escaped, persons are masked.

    ``asked`` are the plan's questions in their order, ``written`` the plan as it is kept, which
    says on which line what is decided.
    """
    document = mask(document)
    search = Search(document)
    found = spans(draft, search)
    placed = frozenset(span.id for span in found)
    numbered = view.numbered(draft, asked, written)
    rows = view.rows(draft, numbered, placed, written)
    dated = view.dated(draft, numbered, placed, written)
    page = _TEMPLATES.get_template("review.html.j2").render(
        title=draft.head.title,
        facts=_facts(draft.head),
        notes=document.notes,
        path=written.path if written else "",
        open_questions=sum(not each.answer for each in numbered),
        to_look_at=sum(row.needs_a_look for row in rows),
        checks=checklist(draft, rows, dated),
        questions=numbered,
        lines=pieces(search, found),
        rows=rows,
        shared=_shared(row.title for row in rows),
        dated=dated,
        implicit=[
            (units, numbers, f"L{place.line}", place_words(place), text)
            for units, numbers, place, text in draft.implicit
        ],
        contacts=len(draft.contacts),
        reach=_Reach(frozenset(row.id for row in rows if not row.needs_a_look)),
    )
    return page.encode("utf-8", "replace").decode("utf-8")


class _Reach:
    """Leads to a folded row itself, not into it: older browsers do not unfold it on the way."""

    def __init__(self, folded: frozenset[str]) -> None:
        self._folded = folded

    def __call__(self, target: str) -> str:
        """The id that a link to that id had better lead to."""
        row = re.match(r"r\d+", target)
        return row[0] if row and row[0] in self._folded else target


def _facts(head: Head) -> list[tuple[str, str]]:
    first, last = head.period or (None, None)
    period = f"{words.day(first)}至{words.day(last)}" if head.period else ""
    known = {
        "文号": head.document_number,
        "发文机关": head.issuer,
        "印发日期": words.day(head.issued_on) if head.issued_on else "",
        "实施期限": period,
        "状态": _status(head),
        "地区": head.jurisdiction,
        "统筹单位": head.coordinator,
        "主送": "、".join(head.addressees),
    }
    return [(name, value or "未写") for name, value in known.items()]


def _shared(titles: Iterable[str]) -> frozenset[str]:
    """The titles that several rows bear."""
    return frozenset(title for title, times in Counter(titles).items() if times > 1)


def _status(head: Head) -> str:
    if head.is_draft:
        return "征求意见稿（不能下发）"
    return "正式印发" if head.issued_on else "没有印发日期，先作草稿（不能下发）"
