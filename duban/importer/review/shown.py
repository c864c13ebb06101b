"""What the page shows of each row, dated obligation and question."""

from typing import NamedTuple


class Link(NamedTuple):
    """A word that leads to a place on the page."""

    text: str
    href: str


class Chip(NamedTuple):
    """A unit of a row; ``back`` is the id of its place in the document, if it was found there."""

    id: str
    name: str
    written: str
    sign: str
    part: str
    how: str
    because: str
    is_plain: bool
    is_doubtful: bool
    back: str

    @property
    def reading(self) -> str:
        """What is written and what it was read as, where that differs."""
        return self.name if self.written == self.name else f"{self.written} → {self.name}"


class Said(NamedTuple):
    """A quantity or a fund: the document's words, how they were understood."""

    id: str
    text: str
    reading: str
    back: str


class Question(NamedTuple):
    """A numbered question: its words and proposal, the rows it is about, where it is answered.

    ``line`` and ``answer`` are those of plan.yaml, ``subject`` is the line there of what it is
    about; 0 and empty where there is none.
    """

    number: int
    message: str
    suggestion: str
    about: tuple[Link, ...]
    place: Link | None
    line: int
    answer: str
    subject: int


class RowView(NamedTuple):
    """A row as the page shows it; one that ``needs_a_look`` stands open."""

    id: str
    number: str
    title: str
    section: str
    named: str
    back: str
    units: tuple[Chip, ...]
    lead: str
    lead_basis: str
    is_lead_declared: bool
    is_open_ended: bool
    rest: tuple[str, ...]
    clauses: tuple[str, ...]
    quantities: tuple[Said, ...]
    funding: tuple[Said, ...]
    links: tuple[Link, ...]
    questions: tuple[Question, ...]
    needs_a_look: bool
    line: int | None

    @property
    def doubtful(self) -> tuple[Chip, ...]:
        """The units whose names need a look."""
        return tuple(chip for chip in self.units if chip.is_doubtful)


class DatedView(NamedTuple):
    """A dated obligation as the page shows it."""

    id: str
    kind: str
    title: str
    who: str
    to: str
    due: str
    has_due: bool
    is_external: bool
    text: str
    back: str
    questions: tuple[Question, ...]
    rows: tuple[Link, ...]
    line: int | None

    @property
    def named(self) -> str:
        """The title behind the numbers of the rows that it stands in."""
        return " ".join((*(link.text for link in self.rows), self.title))
