"""Every error that is expected, and the exit code that tells it.

::

    DubanError                 message, hint
    ├── InvalidOffice      1   the files have errors; all of them are in ``problems``
    ├── InvalidSettings    1   the environment or the .env file
    ├── WorkLeftUndone     1   a run that could not do all of its work
    ├── WrongUsage         2   what was asked for does not exist or cannot be asked like that
    │   ├── UnknownPlan
    │   ├── UnknownUnit
    │   └── UnknownObligation
    └── Refused            3   possible, but not now, or not like this
        ├── DraftPlan          a draft (征求意见稿) is checked and previewed, never applied
        ├── StalePlan          the ledger has changed since the plan was saved
        ├── UnknownYear        no published workdays for the year
        ├── StageConflict      an entry that the rules of an obligation's life do not allow
        │   └── ChangedMeanwhile   somebody else was quicker
        └── AlreadyRunning     another process holds the lease

A bug is any other exception; it is not caught.
"""

from collections.abc import Iterable
from typing import ClassVar

from models.problem import Problem, Severity


class DubanError(Exception):
    """Something expected went wrong: one sentence for the user, and what to do about it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """``message (hint)``, on one line."""
        return f"{self.message} ({self.hint})" if self.hint else self.message


class InvalidOffice(DubanError):  # noqa: N818
    """The office's files have errors; ``problems`` holds everything found, warnings too."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        errors = sum(problem.severity is Severity.ERROR for problem in self.problems)
        super().__init__(
            f"the office's files have {errors} {'error' if errors == 1 else 'errors'}",
            "`duban check` lists them",
        )


class InvalidSettings(DubanError):  # noqa: N818
    """A setting that cannot be used, or one that is needed and missing."""


class WorkLeftUndone(DubanError):  # noqa: N818
    """The run is over, but some of its work is not done; the message names it."""


class WrongUsage(DubanError):  # noqa: N818
    """The request itself is wrong."""

    exit_code = 2


class UnknownPlan(WrongUsage):
    """There is no plan of that name."""


class UnknownUnit(WrongUsage):
    """No unit of that name is known."""


class UnknownObligation(WrongUsage):
    """There is no obligation of that name."""


class Refused(DubanError):  # noqa: N818
    """What was asked for is understood and not done."""

    exit_code = 3


class DraftPlan(Refused):
    """The plan is a draft: nothing may go out."""


class StalePlan(Refused):
    """The ledger is no longer what the saved plan was made against."""


class UnknownYear(Refused):
    """The calendar has no published workdays for that year."""


class StageConflict(Refused):
    """The rules do not allow this entry now; ``chinese`` says so to a unit or a clerk."""

    def __init__(self, message: str, hint: str = "", chinese: str = "") -> None:
        super().__init__(message, hint)
        self.chinese = chinese


class ChangedMeanwhile(StageConflict):
    """Somebody else made an entry since this one's author looked; it says what and who."""


class AlreadyRunning(Refused):
    """Another process is doing the same work now."""
