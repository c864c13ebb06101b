"""Collating a report: who hands what to whom by when, and what came of it."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from models.answer import Figure, Passage
from models.entry import EntryKind, Via
from models.matrix import Target
from models.obligation import Stage


class InnerStep(StrEnum):
    """The steps of a chain that have an inner date; also the steps of their notices."""

    CO_UNITS = "inner-co-units"
    LEADS = "inner-leads"
    OFFICE = "inner-office"


class ChainStep(NamedTuple):
    """Who hands in what to whom, by which workday (Asia/Shanghai), and why, in Chinese.

    ``rows`` are the numbers of the rows that are shared; empty where it is about all of them.
    """

    step: InnerStep
    who: tuple[str, ...]
    to: str
    by: date
    why: str
    rows: tuple[str, ...] = ()


class Chain(NamedTuple):
    """The way of one report, co-units → leads → office → upper level.

    ``key`` is ``KEY`` or ``KEY/YEAR``. ``due_on`` is the stated date of the units' report and
    ``outer_on`` the day by which the upper level ``to`` needs the whole; both in Asia/Shanghai.
    The dates of the steps are counted back from ``counted_on``, the earlier of the two.
    """

    plan: str
    key: str
    due_on: date
    outer_on: date
    counted_on: date
    to: str
    steps: tuple[ChainStep, ...]


class Reporter(NamedTuple):
    """One unit's copy of a report as the ledger holds it, with the rows that it covers."""

    obligation: str
    unit: str
    stage: Stage
    revision: int
    armed_on: date
    due_on: date | None
    duties: tuple[str, ...]


class Written(NamedTuple):
    """An entry in which a unit wrote, or was sent back what it wrote.

    ``duty`` is the number of the row that it is about, None for an entry on the report itself.
    """

    id: int
    obligation: str
    unit: str
    duty: str | None
    kind: EntryKind
    on: date
    via: Via
    text: str
    is_nil: bool
    passages: tuple[Passage, ...]


class Told(NamedTuple):
    """That an inner step of an obligation has been dealt with, for which revision and when."""

    obligation: str
    step: str
    revision: int
    on: date


class Origin(NamedTuple):
    """Where a passage comes from: unit, day and way of the entry, and its number."""

    unit: str
    on: date
    via: Via
    entry: int


class Contribution(NamedTuple):
    """What one unit wrote, last, about one row or in general.

    ``figures`` are those that belong to no target of the row. ``is_final`` says that it came with
    a completion, ``is_bare`` that this is all: no word, no figure. ``earlier`` holds what it
    replaces, newest first.
    """

    origin: Origin
    text: str
    figures: tuple[Figure, ...] = ()
    is_nil: bool = False
    is_final: bool = False
    is_bare: bool = False
    earlier: tuple["Contribution", ...] = ()


class Measured(NamedTuple):
    """A target of a row beside what was reported for it.

    ``total`` is the sum, where the values are plain numbers that can be added; None otherwise.
    """

    target: Target
    values: tuple[tuple[Origin, str], ...]
    total: Decimal | None


class RowProgress(NamedTuple):
    """One row of the annex: what was written, what was measured, who wrote nothing."""

    number: str
    title: str
    section: str
    lead: tuple[str, ...]
    units: tuple[str, ...]
    expected: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    measured: tuple[Measured, ...]
    silent: tuple[str, ...]


class Missing(NamedTuple):
    """A unit that has not reported; ``stage`` tells a return, a decline or a suspension.

    ``now`` is the unit that answers for it on the day of the summary; itself without a succession.
    ``extended_to`` is its own date where the office has put it off.
    """

    unit: str
    stage: Stage
    now: str
    extended_to: date | None = None


class Summary(NamedTuple):
    """One report of one plan as its units have written it, ``first`` to ``as_of``.

    ``nil`` are the reports that there is nothing to report, ``bare`` the completions of units that
    have not written a word on anything, ``unfinished`` the units that wrote
    row by row but have not called it done. ``is_receiver_stated`` is whether the document itself
    names ``to``.
    """

    plan: str
    key: str
    heading: str
    plan_title: str
    document_number: str | None
    issued_on: date | None
    title: str
    coordinator: str
    to: str
    is_receiver_stated: bool
    due_on: date | None
    first: date
    as_of: date
    owed: tuple[str, ...]
    reported: tuple[str, ...]
    nil: tuple[Contribution, ...]
    bare: tuple[Contribution, ...]
    unfinished: tuple[str, ...]
    missing: tuple[Missing, ...]
    rows: tuple[RowProgress, ...]
    general: tuple[Contribution, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
