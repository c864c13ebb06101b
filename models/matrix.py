"""One plan as the office keeps it in YAML: the notice, its rows and its dated obligations."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from models.due import DueRule
from models.strict import Day, Identifier, Strict, Text, Title

ROW_NUMBER = r"^[A-Z]?[0-9]{1,3}(\.[0-9]{1,3}){0,3}$"

Number = Annotated[str, StringConstraints(pattern=ROW_NUMBER)]
"""The number of a row: ``1``, ``2.10`` (二（十）), ``2.1.3``, ``A7`` (annex), ``1.2`` (sub-row)."""


UNDECIDED = "待定"
"""What an import writes where a plan must say something and its document does not."""


class Status(StrEnum):
    """A draft (征求意见稿) may be checked and previewed; only an issued plan may be applied."""

    DRAFT = "draft"
    ISSUED = "issued"


class LeadBasis(StrEnum):
    """How it is known who leads a row."""

    DECLARED = "declared"
    CONFIRMED = "confirmed"
    INFERRED = "inferred"
    NONE = "none"


class ObligationKind(StrEnum):
    """The six kinds of things a plan makes a unit answer for besides its rows."""

    REPORT = "report"
    EVALUATION = "evaluation"
    MEETING = "meeting"
    PUBLICITY = "publicity"
    DISCLOSURE = "disclosure"
    DELIVERABLE = "deliverable"


class Comparison(StrEnum):
    """How a measured value is held against a target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EXACTLY = "="
    ABOUT = "~"
    BETWEEN = "between"


class Source(Strict):
    """Where a field comes from: the place a person would name, the line, the exact words.

    ``line`` counts the lines of the plan's ``document.txt`` from 1; ``text`` stands on that line
    character for character.
    """

    place: Text
    line: Annotated[int, Field(ge=1)]
    text: Text


class Target(Strict):
    """A quantity that the document sets, such as 「至少安排1名残疾人就业」."""

    text: Text
    metric: Text
    value: Decimal | tuple[Decimal, Decimal]
    unit: Text
    cmp: Comparison
    by: Day | None = None
    per: Text | None = None


class Duty(Strict):
    """One row: what is to be done, by whom, from which fund.

    ``units`` are all units responsible, lead included, in the order of the document and in full;
    groups stay unexpanded. ``lead`` holds only what the document declares or the office has
    confirmed. ``open_ended`` says that the list ends in 等.
    """

    number: Number
    title: Title
    section: Text
    clauses: tuple[Text, ...] = ()
    lead: tuple[Text, ...] = ()
    lead_confirmed: bool = False
    joint_lead: bool = False
    units: tuple[Text, ...] = ()
    open_ended: bool = False
    funding: tuple[Text, ...] = ()
    targets: tuple[Target, ...] = ()
    links: tuple[Number, ...] = ()
    source: Source
    note: Text | None = None

    @property
    def measure(self) -> str | None:
        """The running text of the row's measures; None where the row is its title."""
        return "".join(self.clauses) or None

    @property
    def lead_proposed(self) -> tuple[str, ...]:
        """The first-listed unit where no lead is declared: a proposal, never a fact."""
        return () if self.lead else self.units[:1]

    @property
    def lead_basis(self) -> LeadBasis:
        """How the lead is known."""
        if self.lead:
            return LeadBasis.CONFIRMED if self.lead_confirmed else LeadBasis.DECLARED
        return LeadBasis.INFERRED if self.units else LeadBasis.NONE


class ObligationSpec(Strict):
    """Something dated or periodic that the plan asks for: a report, an evaluation, a publicity day.

    ``who`` names units and groups; ``besides`` takes units out of them again. ``due`` is None
    where the document gives no date. ``external`` owers are outside the plan's reach: listed,
    never chased. ``feeds`` names the obligation that needs this one's result.
    """

    key: Identifier
    kind: ObligationKind
    title: Title
    who: tuple[Text, ...] = ()
    besides: tuple[Text, ...] = ()
    to: Text | None = None
    due: DueRule | None = None
    duties: tuple[Number, ...] = ()
    external: bool = False
    feeds: Identifier | None = None
    source: Source
    note: Text | None = None


class Implicit(Strict):
    """Units that one sentence adds to many rows (003 宁晋 「不再单独列出」)."""

    units: tuple[Text, ...]
    duties: tuple[Number, ...]
    because: Text
    source: Source


class Question(Strict):
    """What the document leaves open and the office has to decide; never a silent guess.

    ``about`` names a row number, an obligation key or a field of the plan. ``answer`` is empty
    until the office has decided.
    """

    about: Text
    question: Text
    proposal: Text | None = None
    answer: Text | None = None


class Period(Strict):
    """First and last day of a plan, and why, where the document does not say it itself."""

    first: Day
    last: Day
    because: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.last < self.first:
            raise ValueError(f"the period ends on {self.last}, before it begins on {self.first}")
        return self

    def __contains__(self, day: date) -> bool:
        """Whether the day lies in the period, both ends included."""
        return self.first <= day <= self.last


class Matrix(Strict):
    """A plan: the notice, its rows (duties), its obligations, its open questions.

    ``minimal_evidence``: units are asked for words and numbers only, no attachment (防止过度留痕).
    """

    id: Identifier
    title: Title
    document_number: Text | None = None
    issuer: Text
    issued_on: Day | None = None
    period: Period
    status: Status
    jurisdiction: Text
    coordinator: Text
    policy: Identifier = Field(default="standard")
    minimal_evidence: bool = False
    addressees: tuple[Text, ...] = ()
    duties: tuple[Duty, ...]
    implicit: tuple[Implicit, ...] = ()
    obligations: tuple[ObligationSpec, ...] = ()
    questions: tuple[Question, ...] = ()

    @model_validator(mode="after")
    def _issued_has_a_date(self) -> "Matrix":
        if self.status is Status.ISSUED and self.issued_on is None:
            raise ValueError("an issued plan needs issued_on, the date of the notice")
        return self

    @property
    def starts_on(self) -> date:
        """The issue date; for a draft without one the first day of its period."""
        return self.issued_on or self.period.first

    def implicit_units(self, number: str) -> tuple[str, ...]:
        """Units that a plan-wide sentence adds to the row of this number, in file order."""
        return tuple(
            unit for entry in self.implicit if number in entry.duties for unit in entry.units
        )
