"""The base of every model that is read from YAML, and the few scalar types they share."""

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The years that a plan can speak of."""


class Strict(BaseModel):
    """A frozen record in which an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _iso_day(value: object) -> object:
    """Let only ``YYYY-MM-DD`` through: pydantic alone would read ``20231215`` as a timestamp."""
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError(f"{value!r} is not a date of the form YYYY-MM-DD")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} does not exist in the calendar") from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"{value!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
        return day
    return value


Day = Annotated[date, BeforeValidator(_iso_day)]
"""A calendar date in Asia/Shanghai, written ``YYYY-MM-DD``."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Text that says something: at least one character that is not white space."""

Title = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
"""A title: one line that fits a subject and a table, shortened there if need be."""

UnitName = Annotated[
    str, StringConstraints(pattern=r"^[^/\s]+$", max_length=60, strip_whitespace=True)
]
"""The name of a unit or group; it is the last part of an id, so it holds no slash or blank."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A stable lower-case name such as ``zhongshan-2023`` or ``final-summary``."""

Address = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
]
"""An e-mail address in ASCII, as SMTP without extensions carries it."""
