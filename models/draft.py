"""What an importer understood of a document: a matrix to be confirmed, with its doubts."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from models.document import Place
from models.matrix import Comparison


class How(StrEnum):
    """How the name of a unit was read."""

    WRITTEN = "written"
    PREFIX_INHERITED = "prefix-inherited"
    SHARED_NOUN = "shared-noun"
    GROUP = "group"
    DUAL_NAME = "dual-name"
    ALIAS = "alias"
    THROUGH_HEAD = "through-head"
    CORRECTED = "corrected"
    IMPLICIT = "implicit"


class Part(StrEnum):
    """A unit's part in a responsibility line."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORTING = "supporting"


class ReadUnit(NamedTuple):
    """One unit of a responsibility line, in full, and how it was read.

    ``written`` is what the document has, ``begin`` and ``end`` where in the line. ``because``
    says, in Chinese, what the reading rests on; ``is_doubtful`` asks for a look.
    """

    name: str
    written: str
    how: How
    part: Part
    begin: int
    end: int
    because: str = ""
    is_doubtful: bool = False


class Doubt(NamedTuple):
    """A question that the text leaves open: its code, what is asked (Chinese), what is proposed."""

    code: str
    message: str
    suggestion: str | None
    place: Place | None = None
    about: str = ""


class ResponsibilityLine(NamedTuple):
    """A compiled responsibility line: units in the order of the text, each once.

    ``is_open_ended``: it ends in 等 or names 有关部门. ``lead_basis`` as in the matrix. ``rest``
    is what the line says besides units: a time limit, 「按职责分工负责」, another sentence.
    """

    text: str
    units: tuple[ReadUnit, ...]
    is_open_ended: bool
    lead_is_declared: bool
    doubts: tuple[Doubt, ...]
    rest: tuple[str, ...] = ()


class Quantity(NamedTuple):
    """A quantity that the text sets as a target; fields as in ``models.matrix.Target``."""

    text: str
    metric: str
    value: Decimal | tuple[Decimal, Decimal]
    unit: str
    cmp: Comparison
    by: date | None = None
    per: str | None = None
    begin: int = 0
    end: int = 0


class DatedDuty(NamedTuple):
    """Something dated or periodic that the text asks for; fields as in the matrix's obligations.

    ``rule`` is the name of a due rule with its arguments in ``due`` (YAML's shape, plain values).
    ``duties`` are the numbers of the rows that it stands in.
    """

    key: str
    kind: str
    title: str
    who: tuple[str, ...]
    to: str | None
    due: dict[str, object] | None
    external: bool
    text: str
    place: Place
    besides: tuple[str, ...] = ()
    feeds: str | None = None
    duties: tuple[str, ...] = ()


class Row(NamedTuple):
    """One row of the draft with its provenance; ``line`` is its responsibility line, if any.

    ``note`` keeps words of the row itself: a time limit without a day (长期坚持), a remark.
    """

    number: str
    title: str
    section: str
    clauses: tuple[str, ...]
    line: ResponsibilityLine | None
    funding: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    place: Place
    named: str
    links: tuple[str, ...] = ()
    note: str = ""


class Head(NamedTuple):
    """The head of a document: what it is, by whom, when, for how long."""

    title: str
    document_number: str | None
    issuer: str | None
    issued_on: date | None
    period: tuple[date, date] | None
    is_draft: bool
    jurisdiction: str | None
    coordinator: str | None
    addressees: tuple[str, ...]


class Draft(NamedTuple):
    """A document as a draft matrix.

    ``implicit`` pairs units that a sentence adds with the numbers of the rows and the sentence's
    place. ``contacts`` are persons named in the text, kept out of the matrix.
    """

    head: Head
    rows: tuple[Row, ...]
    dated: tuple[DatedDuty, ...]
    implicit: tuple[tuple[tuple[str, ...], tuple[str, ...], Place, str], ...]
    groups: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    contacts: tuple[tuple[str, str, str], ...] = ()
