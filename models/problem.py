"""A clerk's mistake as a value: where it is, what it is, what to do."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """An error stops ``apply``; a warning is what the document itself leaves open."""

    ERROR = "error"
    WARNING = "warning"


class SourceMark(NamedTuple):
    """A place in a file: path as given by the user, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1


class Problem(NamedTuple):
    """One finding; its code names the rule in docs/reference/check-rules.md."""

    mark: SourceMark
    severity: Severity
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """``path:line:col: error CODE message (hint)``, as editors and people read it."""
        hint = f" ({self.hint})" if self.hint else ""
        place = f"{self.mark.path}:{self.mark.line}:{self.mark.column}"
        return f"{place}: {self.severity} {self.code} {self.message}{hint}"

    def as_json(self) -> dict[str, str | int]:
        """The same for programs."""
        return {
            "path": self.mark.path,
            "line": self.mark.line,
            "column": self.mark.column,
            "severity": str(self.severity),
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
        }
