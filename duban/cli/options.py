"""Options that several commands share; light, for commands that need no database."""

import re
from datetime import date, timedelta
from typing import Annotated

import typer

from duban.errors import UnknownYear
from models.workdays import WorkCalendar

_A_YEAR_OF_WORK = 260


def day(text: str) -> date:
    """A day written ``YYYY-MM-DD``; anything else is wrong usage."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day of the form YYYY-MM-DD") from None


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=day, metavar="DATE", help="The day it counts for; today."),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="WHO", help="Who does it; the login name.", show_default=False),
]
Plans = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PLAN]...", help="As `duban plans` lists them; all if none."),
]


def require_known_days(calendar: WorkCalendar, on: date) -> None:
    """Refuse a day from which no ladder can be counted, such as one of another century.

    Raises:
        UnknownYear: the calendar cannot speak of the days around it.
    """
    try:
        for count in (-_A_YEAR_OF_WORK, _A_YEAR_OF_WORK):
            calendar.shift(on + timedelta(days=count), count)
    except (ValueError, OverflowError):
        years = f"{min(calendar.years, default=0)} to {max(calendar.years, default=0)}"
        raise UnknownYear(
            f"{on} is too far away from the years the calendar knows", f"it knows {years}"
        ) from None
