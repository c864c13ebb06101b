"""The due dates of one clause: its own phrases, those before it, and what is left open."""

from typing import NamedTuple

from duban.importer.dates.phrase import DatePhrase, Due, Recurrence, Setting
from duban.importer.dates.phrases import due_rules
from models.matrix import ObligationKind

_RHYTHMIC = frozenset(ObligationKind) - {ObligationKind.PUBLICITY, ObligationKind.DISCLOSURE}


class Dated(NamedTuple):
    """One due rule (None: no date) and what is open about it; the words are Chinese."""

    due: Due | None
    code: str = ""
    doubt: str = ""
    proposal: str = ""


def dates_of(text: str, setting: Setting) -> list[Dated]:
    """The due rules of a cell such as 完成时限; [] for 长期 and an empty cell."""
    return _each(due_rules(text, setting))


def dates_for(kind: ObligationKind, phrases: list[DatePhrase]) -> list[Dated]:
    """The due rules that a clause's phrases give an obligation of a kind; at least one entry.

    A rhythm (每年) counts only where no phrase names a date, and only for what comes again.
    """
    named = [phrase for phrase in phrases if phrase.recurrence is Recurrence.DATED]
    if kind is not ObligationKind.EVALUATION or len(named) > 1:
        named = [phrase for phrase in named if not phrase.is_lasting] or named
    rhythms = [phrase for phrase in phrases if phrase.recurrence is Recurrence.RHYTHM]
    chosen = named or (rhythms[:1] if kind in _RHYTHMIC else [])
    return _each(tuple(chosen)) or [Dated(None)]


def _each(phrases: tuple[DatePhrase, ...]) -> list[Dated]:
    found: list[Dated] = []
    for phrase in phrases:
        if phrase.recurrence is Recurrence.STANDING:
            continue
        dues: tuple[Due | None, ...] = phrase.dues or (None,)
        found += [Dated(due, phrase.code, phrase.doubt, phrase.proposal) for due in dues]
    return found
