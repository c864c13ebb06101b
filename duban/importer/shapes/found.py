"""What the shapes find: a row in the words of the document, before any grammar reads it."""

from typing import NamedTuple

from models.document import Place
from models.draft import Doubt, Part


class Written(NamedTuple):
    """A text that names units; ``part`` is what its column or label says they are, if anything."""

    text: str
    place: Place
    part: Part | None = None


class Found(NamedTuple):
    """One row as it stands in the document.

    ``begin`` and ``end`` are the first and last line of the passage that the row covers. ``due``,
    ``funding`` and ``figures`` are the cells or labels 完成时限, 资金渠道 and 考核指标.
    """

    number: str
    title: str
    section: str
    clauses: tuple[str, ...]
    lists: tuple[Written, ...]
    place: Place
    named: str
    begin: int
    end: int
    due: str = ""
    funding: str = ""
    figures: str = ""
    note: str = ""
    is_annex: bool = False
    doubts: tuple[Doubt, ...] = ()

    def renumbered(self, number: str, is_annex: bool) -> "Found":
        """The row under another number, and its doubts about that."""
        doubts = tuple(
            each._replace(about=number) if each.about == self.number else each
            for each in self.doubts
        )
        return self._replace(number=number, is_annex=is_annex, doubts=doubts)


class Shape(NamedTuple):
    """All rows of one passage of a document, and what is doubtful about them."""

    rows: tuple[Found, ...]
    doubts: tuple[Doubt, ...] = ()
