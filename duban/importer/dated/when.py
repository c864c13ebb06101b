"""The due dates of one clause: its own phrases, those before it, and what is left open."""

from collections.abc import Iterable
from typing import NamedTuple

from duban.importer.dates.cells import TimeCell
from duban.importer.dates.phrase import DatePhrase, Due, Recurrence
from models.matrix import ObligationKind

_RHYTHMIC = frozenset(ObligationKind) - {ObligationKind.PUBLICITY, ObligationKind.DISCLOSURE}


class Dated(NamedTuple):
    """One due rule (None: no date) and what is open about it; the words are Chinese."""

    due: Due | None
    code: str = ""
    doubt: str = ""
    proposal: str = ""


def dates_of(cell: TimeCell) -> list[Dated]:
    """The due rules of a cell such as 完成时限, and a question for the words that no rule reads."""
    asked = [
        Dated(None, "date-unread", f"完成时限“{words}”看不出哪一日，须由办公室定")
        for words in cell.unread
    ]
    return [*_each(cell.phrases), *asked]


def dates_for(kind: ObligationKind, phrases: list[DatePhrase]) -> list[Dated]:
    """The due rules that a clause's phrases give an obligation of a kind; at least one entry.

    A rhythm (每年) counts only where no phrase names a date, and only for what comes again.
    """
    named = [phrase for phrase in phrases if phrase.recurrence is Recurrence.DATED]
    if kind is not ObligationKind.EVALUATION or len(named) > 1:
        named = [phrase for phrase in named if not phrase.is_lasting] or named
    rhythms = [phrase for phrase in phrases if phrase.recurrence is Recurrence.RHYTHM]
    chosen = named or (rhythms[:1] if kind in _RHYTHMIC else [])
    return _each(chosen) or [Dated(None)]


def _each(phrases: Iterable[DatePhrase]) -> list[Dated]:
    """One entry for each rule; what a phrase leaves open is asked with the first of its rules."""
    found: list[Dated] = []
    for phrase in phrases:
        first, *others = phrase.dues or (None,)
        found.append(Dated(first, phrase.code, phrase.doubt, phrase.proposal))
        found += map(Dated, others)
    return found
