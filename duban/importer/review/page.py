"""The page itself: one HTML file that needs nothing else, made from a draft and its document."""

import re

from jinja2 import Environment, PackageLoader, StrictUndefined

from duban.importer.contacts import mask
from duban.importer.questions import questions
from duban.importer.review import view, words
from duban.importer.review.checklist import checklist
from duban.importer.review.search import Search
from duban.importer.review.spans import pieces, spans
from duban.importer.review.view import place_words
from models.document import Document
from models.draft import Draft, Head

_TEMPLATES = Environment(
    loader=PackageLoader("duban.importer"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def review_page(draft: Draft, document: Document) -> str:
    """The page for a draft as HTML text; all that it shows is escaped, persons are masked."""
    document = mask(document)
    search = Search(document)
    found = spans(draft, search)
    placed = frozenset(span.id for span in found)
    asked = view.numbered(draft, questions(draft))
    rows = view.rows(draft, asked, placed)
    dated = view.dated(draft, asked, placed)
    page = _TEMPLATES.get_template("review.html.j2").render(
        title=draft.head.title,
        facts=_facts(draft.head),
        notes=document.notes,
        counts=_counts(draft, rows, len(asked)),
        checks=checklist(draft, rows, dated, asked),
        questions=asked,
        lines=pieces(search, found),
        rows=rows,
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
        "状态": "征求意见稿（不能下发）" if head.is_draft else "正式印发",
        "地区": head.jurisdiction,
        "统筹单位": head.coordinator,
        "主送": "、".join(head.addressees),
    }
    return [(name, value or "未写") for name, value in known.items()]


def _counts(draft: Draft, rows: list[view.RowView], questions: int) -> list[tuple[str, int]]:
    chips = [chip for row in rows for chip in row.units]
    return [
        ("事项", len(rows)),
        ("单位（不同名称）", len({chip.name for chip in chips})),
        ("单位（人次）", len(chips)),
        ("有疑问的单位", sum(chip.is_doubtful for chip in chips)),
        ("数量指标", sum(len(row.quantities) for row in rows)),
        ("有期限的事项", len(draft.dated)),
        ("待决定的问题", questions),
        ("须细看的事项", sum(row.needs_a_look for row in rows)),
    ]
