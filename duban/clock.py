"""The one place that reads the clock."""

from datetime import UTC, date, datetime

import pendulum


def now() -> datetime:
    """This instant, aware and in UTC."""
    return datetime.fromtimestamp(pendulum.now("UTC").timestamp(), UTC)


def today(timezone: str) -> date:
    """The date it is now in a time zone such as ``Asia/Shanghai``."""
    return date.fromisoformat(pendulum.now(timezone).to_date_string())
