"""What every page needs at hand: the workplace, the settings, the time, the templates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from duban.feedback.tokens import Tokens
from duban.service.workplace import Workplace
from duban.settings import Settings
from notifications.wording import LINK_TERMS, full_day, local_time, month_after

TEMPLATES = Environment(
    loader=PackageLoader("duban.board", "templates/zh"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""Everything that is put into a page is escaped, whatever it is."""
TEMPLATES.filters |= {"full_day": full_day, "month_after": month_after}
TEMPLATES.globals["link_terms"] = LINK_TERMS


@dataclass(frozen=True)
class Site:
    """The workplace as the pages see it; ``look`` gives it with the office's files as they are."""

    look: Callable[[], Workplace]
    settings: Settings
    now: Callable[[], datetime]

    @property
    def workplace(self) -> Workplace:
        """The ledger beside the office's files of this moment."""
        return self.look()

    def today(self, now: datetime) -> date:
        """The day it is at that instant in the office's time zone."""
        return now.astimezone(ZoneInfo(self.settings.timezone)).date()

    def local(self, instant: datetime) -> str:
        """2024-10-18 09:30, as the clock in the office shows it."""
        return local_time(instant, ZoneInfo(self.settings.timezone))

    @cached_property
    def tokens(self) -> Tokens | None:
        """What reads the links; None where no key is set, so that no link is good."""
        keys = self.settings.secrets()
        return Tokens(keys) if keys else None

    @cached_property
    def root(self) -> str:
        """The path under which a proxy shows the pages; empty where it is the whole host."""
        return urlsplit(self.settings.base_url or "").path.rstrip("/")


def site_of(request: Request) -> Site:
    """The site that the request came to."""
    site: Site = request.app.state.site
    return site


def page(request: Request, template: str, status: int = 200, **words: Any) -> HTMLResponse:
    """A page made from a template; ``root`` begins each of its own addresses."""
    content = TEMPLATES.get_template(template).render(root=site_of(request).root, **words)
    return HTMLResponse(content.encode("utf-8", "replace"), status)
