"""The table of rules, and problems as they are found."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from models.problem import Problem, Severity, SourceMark

ERROR, WARNING = Severity.ERROR, Severity.WARNING
_ALIKE = 0.6
_LONGEST_NAME = 100


class Rule(NamedTuple):
    """What a code stands for; docs/reference/check-rules.md says the same at length."""

    severity: Severity
    title: str


RULES: dict[str, Rule] = {
    "Y101": Rule(ERROR, "file or folder missing"),
    "Y102": Rule(ERROR, "folder without a plan"),
    "Y103": Rule(ERROR, "link that leads outside the folder"),
    "Y104": Rule(WARNING, "YAML file that nobody reads"),
    "Y105": Rule(ERROR, "file too large"),
    "Y106": Rule(ERROR, "empty file"),
    "Y107": Rule(ERROR, "file not in UTF-8"),
    "Y108": Rule(ERROR, "character that cannot be seen"),
    "Y109": Rule(ERROR, "not YAML"),
    "Y110": Rule(ERROR, "anchor, alias or merge key"),
    "Y111": Rule(ERROR, "tag"),
    "Y112": Rule(ERROR, "several documents in one file"),
    "Y113": Rule(ERROR, "nested too deeply"),
    "Y114": Rule(ERROR, "key given twice"),
    "Y115": Rule(WARNING, "full-width punctuation where YAML needs its own"),
    "Y116": Rule(ERROR, "tab where YAML needs spaces"),
    "Y117": Rule(ERROR, "key that is not plain text"),
    "Y118": Rule(ERROR, "line break in a name or title"),
    "Y119": Rule(WARNING, "text that YAML takes for a comment"),
    "S101": Rule(ERROR, "unknown key"),
    "S102": Rule(ERROR, "key missing"),
    "S103": Rule(ERROR, "value of the wrong kind"),
    "S104": Rule(ERROR, "value that is not one of those allowed"),
    "S105": Rule(ERROR, "text of the wrong form"),
    "S106": Rule(ERROR, "number out of range"),
    "S107": Rule(ERROR, "entries that contradict each other"),
    "U101": Rule(ERROR, "unknown unit"),
    "U102": Rule(ERROR, "one name for two units"),
    "U103": Rule(ERROR, "aliases in a circle"),
    "U104": Rule(ERROR, "group without members"),
    "U105": Rule(ERROR, "group member that is not in the registry"),
    "U106": Rule(ERROR, "row without units"),
    "U107": Rule(ERROR, "two leads without joint_lead"),
    "U108": Rule(ERROR, "lead that is not among the row's units"),
    "U109": Rule(WARNING, "row without a declared or confirmed lead"),
    "U110": Rule(ERROR, "successions in a circle"),
    "U111": Rule(ERROR, "succession of a unit that is not in the registry"),
    "U112": Rule(ERROR, "unknown jurisdiction"),
    "U113": Rule(WARNING, "addressee who is in no row"),
    "U114": Rule(ERROR, "jurisdiction given twice"),
    "U115": Rule(WARNING, "unit named twice in one list"),
    "U116": Rule(WARNING, "recipient of a report that looks misspelt"),
    "U117": Rule(ERROR, "two successors of one unit"),
    "M101": Rule(ERROR, "row number given twice"),
    "M102": Rule(ERROR, "link to a row that does not exist"),
    "M103": Rule(ERROR, "plan-wide units for a row that does not exist"),
    "M104": Rule(WARNING, "titles that are nearly the same"),
    "M105": Rule(ERROR, "plan whose id is not the name of its folder"),
    "M106": Rule(WARNING, "figure that another plan asks of the same unit"),
    "M107": Rule(ERROR, "issued plan with a field left undecided"),
    "D101": Rule(ERROR, "date that does not exist"),
    "D102": Rule(ERROR, "date of the wrong form"),
    "D103": Rule(WARNING, "date outside the plan's period"),
    "D104": Rule(WARNING, "report due after the obligation that it feeds"),
    "D105": Rule(WARNING, "report due on the same day as the one above it"),
    "D106": Rule(ERROR, "recurring obligation that never falls due"),
    "D107": Rule(WARNING, "yearly obligation without a decided day"),
    "D108": Rule(WARNING, "plan issued after its period"),
    "O101": Rule(WARNING, "due date without a ladder"),
    "O102": Rule(ERROR, "obligation that nobody owes"),
    "O103": Rule(WARNING, "obligation whose ower is an open question"),
    "O104": Rule(WARNING, "open question"),
    "O105": Rule(ERROR, "obligation key given twice"),
    "O106": Rule(ERROR, "obligation about a row that does not exist"),
    "O107": Rule(ERROR, "obligation that feeds an unknown one"),
    "O108": Rule(ERROR, "obligations that feed each other in a circle"),
    "O109": Rule(WARNING, "question about something that does not exist"),
    "P101": Rule(ERROR, "unknown policy"),
    "P102": Rule(ERROR, "rung that hangs on no earlier rung"),
    "P103": Rule(ERROR, "anchor that this ladder does not have"),
    "P104": Rule(ERROR, "rung name given twice"),
    "P105": Rule(ERROR, "policy whose id is not the name of its file"),
    "P106": Rule(ERROR, "kind of notice that no ladder may have"),
    "P107": Rule(ERROR, "terms that nobody could keep"),
    "R101": Rule(ERROR, "roster missing"),
    "R102": Rule(ERROR, "roster of another plan"),
    "R103": Rule(ERROR, "contact of a unit that is not in the registry"),
    "R104": Rule(ERROR, "unit that no post reaches"),
    "R105": Rule(WARNING, "unit without a liaison"),
    "R106": Rule(ERROR, "unit with two entries"),
    "R107": Rule(ERROR, "contact or substitute that ends before it begins"),
    "R108": Rule(ERROR, "two contacts of one post at the same time"),
    "R109": Rule(WARNING, "post that nobody holds for a while"),
    "R110": Rule(WARNING, "last contact of a post that ends before the plan"),
    "R111": Rule(ERROR, "substitutes in a circle"),
    "R112": Rule(ERROR, "substitute or absent one who has no contact"),
    "R113": Rule(ERROR, "two substitutes for one at the same time"),
    "R114": Rule(WARNING, "successor without a contact"),
    "C101": Rule(WARNING, "year without a calendar"),
    "C102": Rule(ERROR, "make-up day that is a workday anyway"),
    "C103": Rule(ERROR, "day given twice"),
    "C104": Rule(ERROR, "day outside its year"),
    "C105": Rule(ERROR, "calendar whose year is not the name of its file"),
}


def problem(code: str, mark: SourceMark, message: str, hint: str = "") -> Problem:
    """A finding under a rule of the table, which gives its severity."""
    return Problem(mark, RULES[code].severity, code, message, hint)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint with the one or two known names nearest to a misspelt one; empty if none is near."""
    if len(name) > _LONGEST_NAME:
        return ""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(name)
    ranked = sorted((-_likeness(matcher, name, other), other) for other in set(known))
    near = [other for likeness, other in ranked[:2] if -likeness >= _ALIKE]
    return f"did you mean {' or '.join(quoted(other) for other in near)}?" if near else ""


def leads_back(start: str, following: Mapping[str, str | None]) -> bool:
    """Whether going from a name to the one that follows it ends at the start again."""
    name, steps = following.get(start), 0
    while name and name != start and steps < len(following):
        name, steps = following.get(name), steps + 1
    return name == start


def quoted(text: str, limit: int = 40) -> str:
    """Text in quotation marks, cut where it is long."""
    return f'"{text[:limit]}…"' if len(text) > limit else f'"{text}"'


def counted(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _likeness(matcher: "SequenceMatcher[str]", name: str, other: str) -> float:
    """0 to 1; a short form (编办) counts as near to the full name that ends in it (市委编办)."""
    if min(len(name), len(other)) > 1 and (other.endswith(name) or name.endswith(other)):
        return 1.0
    matcher.set_seq1(other)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()
