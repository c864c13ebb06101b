"""The pages of a unit, behind the link in its mail; a GET changes nothing, whoever opens it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from duban.board.downloads import download
from duban.board.security import require_same_origin
from duban.board.site import page, site_of
from duban.board.unit_forms import first_values
from duban.board.unit_posts import acknowledged, answered
from duban.board.unit_views import Visit, existing, show_item_page, show_sheet_page
from duban.board.uploads import posted
from duban.service.access.visitors import Denial, admit

ROUTER = APIRouter()

_READS = ["GET", "HEAD"]


class Denied(Exception):  # noqa: N818
    """The link opens nothing."""

    def __init__(self, denial: Denial) -> None:
        super().__init__(denial.value)
        self.denial = denial


def visiting(request: Request, token: str) -> Visit:
    """Who comes with this link.

    Raises:
        Denied: nobody may come in with it.
    """
    site = site_of(request)
    workplace, now = site.workplace, site.now()
    visitor = admit(workplace, site.tokens, token, now, site.today(now))
    if isinstance(visitor, Denial):
        raise Denied(visitor)
    return Visit(request, workplace, visitor, now, f"{site.root}/u/{token}")


def posting(request: Request, visit: Annotated[Visit, Depends(visiting)]) -> Visit:
    """The same for a form; one from another site is refused before any of it is read."""
    require_same_origin(request, site_of(request).settings.base_url)
    return visit


Visiting = Annotated[Visit, Depends(visiting)]
Posting = Annotated[Visit, Depends(posting)]


async def denied(request: Request, error: Exception) -> Response:
    """A page that says what to do where a link opens nothing; it tells nothing of any plan."""
    assert isinstance(error, Denied)
    is_over = error.denial in (Denial.EXPIRED, Denial.REVOKED)
    status = 410 if is_over else 403
    return page(request, "unit/denied.html.j2", status, denial=error.denial.value)


@ROUTER.api_route("/u/{token}", methods=_READS)
def show_sheet(visit: Visiting, done: str = "", again: str = "") -> Response:
    """Every open item, the most urgent first."""
    return show_sheet_page(visit, done=done, is_again=bool(again))


@ROUTER.post("/u/{token}/acknowledge")
async def acknowledge_assignments(visit: Posting) -> Response:
    """签收 of one assignment, or of all that are shown."""
    async with posted(visit.request) as form:
        return await run_in_threadpool(acknowledged, visit, form)


@ROUTER.api_route("/u/{token}/items/{key:path}", methods=_READS)
def show_item(visit: Visiting, key: str, done: str = "", again: str = "") -> Response:
    """One item with its history and its forms."""
    found = existing(visit, key)
    return show_item_page(visit, found, first_values(found), done=done, is_again=bool(again))


@ROUTER.post("/u/{token}/items/{key:path}")
async def post_item(visit: Posting, key: str) -> Response:
    """What the unit says about an item, with its files."""
    async with posted(visit.request) as form:
        return await run_in_threadpool(answered, visit, key, form)


@ROUTER.api_route("/u/{token}/evidence/{number:int}", methods=_READS)
def fetch_evidence(visit: Visiting, number: int, of: str) -> Response:
    """A file that was handed in for an item of the visitor's."""
    rows = [row for row in existing(visit, of).evidence if row.id == number]
    if not rows:
        raise HTTPException(404)
    return download(visit.workplace, rows[0])
