"""When a command counts for, and who gives it."""

import getpass
from datetime import date

from duban import clock
from duban.errors import WrongUsage
from duban.service.opening import moment_for
from duban.service.workplace import Workplace
from duban.settings import Settings
from duban.store.ledger import Occasion
from notifications.wording import clean

_NAME = 100


def occasion(
    workplace: Workplace, settings: Settings, as_of: date | None, by: str | None
) -> Occasion:
    """The day an entry counts for, this instant, and who makes it."""
    on = moment_for(workplace, as_of, settings.timezone).as_of
    return Occasion(on, clock.now(), clean(by or _login_name())[:_NAME])


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise WrongUsage("this account has no login name", "say who with --by") from None
