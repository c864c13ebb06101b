"""What the doctor finds about the pages: their key, and whether they answer where mails lead."""

import http.client
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator

from duban.errors import DubanError
from duban.service.doctor.findings import Finding, failure, ok, warning
from duban.settings import Settings

_NAME = "pages"
_PATIENCE = 10.0
_PAGE = "/static/board.css"
"""A page that everybody may read, and that nothing else serves."""


def page_findings(settings: Settings) -> Iterator[Finding]:
    """Whether mails carry links, and whether these lead anywhere; nothing but that is asked."""
    try:
        has_key = bool(settings.secrets())
    except DubanError as error:
        yield failure(_NAME, error.message, error.hint or "see docs/reference/settings.md")
        return
    if not has_key or settings.base_url is None:
        lacking = "DUBAN_SECRET_FILE" if not has_key else "DUBAN_BASE_URL"
        remedy = f"set {lacking}; until then mails carry no link to a page"
        yield warning(_NAME, f"{lacking} is not set", remedy)
        return
    here = f"http://{settings.pages}"
    if trouble := _trouble(here, settings):
        remedy = "`duban serve` or `duban serve --pages-only` keeps the pages up"
        yield failure(_NAME, f"nothing of ours answers at {here}: {trouble}", remedy)
    elif trouble := _trouble(settings.base_url, settings):
        remedy = "check DUBAN_BASE_URL, its name, its certificate and the web server in front"
        yield failure(_NAME, f"{settings.base_url} does not lead to them: {trouble}", remedy)
    else:
        yield ok(_NAME, f"{settings.base_url} leads to {here}")


def _trouble(address: str, settings: Settings) -> str:
    """Why the pages are not at an address; empty where they are."""
    own = str(settings.tls_ca_file) if settings.tls_ca_file else None
    try:
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=own)),
        )
        with opener.open(f"{address}{_PAGE}", timeout=_PATIENCE) as answer:
            is_ours = answer.headers.get_content_type() == "text/css"
    except urllib.error.HTTPError as error:
        error.close()
        return f"status {error.code}"
    except http.client.HTTPException as error:
        return f"no HTTP: {error}"
    except (OSError, ValueError) as error:
        return str(getattr(error, "reason", error))
    return "" if is_ours else "another server"
