"""What the doctor finds: how a thing stands, and its remedy where it is not well."""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How a thing stands."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


class Finding(NamedTuple):
    """What was looked at, how it stands, and what to do where it is not well."""

    check: str
    state: State
    message: str
    remedy: str = ""


def ok(check: str, message: str) -> Finding:
    """A thing that is well."""
    return Finding(check, State.OK, message)


def warning(check: str, message: str, remedy: str) -> Finding:
    """A thing that wants looking after, though everything works."""
    return Finding(check, State.WARNING, message, remedy)


def failure(check: str, message: str, remedy: str) -> Finding:
    """A thing that keeps the work from being done."""
    return Finding(check, State.FAILURE, message, remedy)
