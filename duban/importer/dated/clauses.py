"""The clauses of a passage with their subject, their dates and the words to quote."""

import re
from typing import NamedTuple

from duban.importer.dated.kinds import Wording
from duban.importer.dated.parties import Party, party, subject
from duban.importer.dated.passage import Passage, Scope
from duban.importer.dated.when import Dated, dates_for
from duban.importer.dates.phrase import DatePhrase, Recurrence
from duban.importer.dates.phrases import date_phrases
from duban.importer.plain import FILL, clauses, even, sentences, without_titles
from models.matrix import ObligationKind

_ONLY_TIME = re.compile(
    r"^\s*(?:\(?\d{1,2}[.、)])?(?:□|\s|在|于|自|到|至|并|从|前|底|末|分别|期间|力争|争取|原则上|起|[“”\"])*$"
)
_CARRIED = re.compile(r"^\s*(?:并|要|应当?|须|需|同时|还要|也要)")
_NOTE = re.compile(r"\([^()]*(?:联系|电话|邮箱|简称|附件|传真)[^()]*\)")
_QUOTE_LENGTH = 160


class Clause(NamedTuple):
    """One clause: who it speaks of (None: nobody named), its phrases, its words.

    ``phrases`` are its own, or those of a clause before it that is nothing but a date.
    ``begin`` and ``end`` lead into the passage; ``since`` is where its subject begins, ``verb``
    where the words after the subject do.
    """

    party: Party | None
    phrases: list[DatePhrase]
    wording: Wording
    text: str
    sentence: tuple[int, int]
    since: int
    begin: int
    verb: int
    end: int

    @property
    def written(self) -> str:
        """The clause as the document has it."""
        return self.text[self.begin : self.end].strip()

    @property
    def quote(self) -> str:
        """The words to quote: from the subject on, or the clause alone where that is long."""
        long = self.text[self.since : self.end].strip()
        return long if len(long) <= _QUOTE_LENGTH else self.written

    @property
    def in_sentence(self) -> str:
        """The sentence from its beginning to the end of the clause; "" where that is the clause."""
        before = self.text[self.sentence[0] : self.begin].strip()
        return self.text[self.sentence[0] : self.end].strip(" ，,") if before else ""

    def dates(self, kind: ObligationKind, until: int | None = None) -> list[Dated]:
        """The due rules of the clause for an obligation of a kind.

        ``until``: phrases from this offset of the wording on are not read.
        """
        last = self.end if until is None else self.verb + until
        return dates_for(kind, [phrase for phrase in self.phrases if phrase.begin < last])

    def is_same_sentence(self, words: str) -> bool:
        """Whether these words stand in this clause's sentence."""
        return words in self.text[slice(*self.sentence)]

    def quote_from(self, words: str) -> str:
        """The words to quote from an earlier quotation on to the end of this clause."""
        begin = self.text.rfind(words, 0, self.end)
        long = self.text[begin : self.end].strip()
        return long if begin >= 0 and len(long) <= 2 * _QUOTE_LENGTH else self.written


class _Subject(NamedTuple):
    party: Party
    begin: int


def read_clauses(passage: Passage, scope: Scope) -> list[Clause]:
    """The clauses of a passage in order.

    A subject holds until the sentence ends, and on into one that begins with 要, 并 and the like.
    """
    plain = _without_notes(without_titles(even(passage.text)))
    phrases = date_phrases(passage.text, scope.setting)
    legible = _without_dates(plain, phrases)
    found: list[Clause] = []
    who: _Subject | None = None
    for sentence in sentences(legible):
        if not _CARRIED.match(legible[slice(*sentence)]) and not _continues(plain, sentence[0]):
            who = None
        lead: list[DatePhrase] = []
        for begin, end in clauses(legible, *sentence):
            named, verb = _subject(passage, scope, legible, begin, sentence[1])
            who = named or who
            own = [phrase for phrase in phrases if begin <= phrase.begin < end]
            found.append(
                _clause(
                    passage.text, legible, sentence, (begin, min(verb, end), end), who, own or lead
                )
            )
            lead = own if _ONLY_TIME.match(legible[begin:end]) else []
    return found


def _without_notes(plain: str) -> str:
    return _NOTE.sub(lambda match: FILL * len(match[0]), plain)


def _continues(plain: str, begin: int) -> bool:
    return begin > 0 and plain[begin - 1] == ";"


def _without_dates(plain: str, phrases: tuple[DatePhrase, ...]) -> str:
    for phrase in phrases:
        if phrase.recurrence is Recurrence.DATED:
            blot = FILL * (phrase.end - phrase.begin)
            plain = plain[: phrase.begin] + blot + plain[phrase.end :]
    return plain


def _subject(
    passage: Passage, scope: Scope, legible: str, begin: int, end: int
) -> tuple[_Subject | None, int]:
    """The subject that begins here, if one does, and where the words after it begin."""
    lead = len(legible[begin:end]) - len(legible[begin:end].lstrip(FILL + " "))
    span = subject(legible[begin + lead : min(end, begin + lead + 120)])
    if span is None:
        return None, begin
    first, last, verb = (begin + lead + offset for offset in span)
    who = passage.text[first:last].strip()
    return _Subject(party(who, passage, scope), first), verb


def _clause(
    text: str,
    legible: str,
    sentence: tuple[int, int],
    span: tuple[int, int, int],
    who: _Subject | None,
    phrases: list[DatePhrase],
) -> Clause:
    begin, verb, end = span
    dated = [phrase for phrase in phrases if phrase.recurrence is Recurrence.DATED]
    wording = Wording(
        legible=legible[verb:end],
        written=text[verb:end],
        sentence=legible[slice(*sentence)],
        has_date=bool(dated),
        has_deadline=any(phrase.text[-1:] in "前底末内" for phrase in dated),
        is_before=any(phrase.text.endswith("前") for phrase in dated)
        and not _ONLY_TIME.match(legible[verb:end]),
        has_rhythm=any(phrase.recurrence is Recurrence.RHYTHM for phrase in phrases),
    )
    since = who.begin if who and sentence[0] <= who.begin < end else begin
    return Clause(
        who.party if who else None, phrases, wording, text, sentence, since, begin, verb, end
    )
