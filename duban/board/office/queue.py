"""待办: what waits for the office, counts on top, the oldest first."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from duban.board.office.pages import OfficeRoute, not_found, office_page
from duban.board.session import Visit, visiting
from duban.service.desk.queue import Group, overview, waiting
from models.account import Right

ROUTER = APIRouter(route_class=OfficeRoute)

_SHOWN = 10


@ROUTER.get("/office")
def queue(visit: Annotated[Visit, Depends(visiting(Right.READ))]) -> Response:
    """Every group with its number and its first rows."""
    groups = overview(visit.workplace, visit.on, _SHOWN)
    return office_page(visit, "queue.html.j2", groups=groups, is_overview=True)


@ROUTER.get("/office/waiting/{group}")
def one_group(
    group: str, visit: Annotated[Visit, Depends(visiting(Right.READ))], page: str = "1"
) -> Response:
    """One group, page by page."""
    if group not in set(Group):
        raise not_found("这一类待办")
    found = waiting(visit.workplace, Group(group), visit.on, number_of(page))
    return office_page(visit, "queue.html.j2", groups=[found], is_overview=False)


def number_of(text: str) -> int:
    """The number of a page as an address has it; 1 for what is none."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 7 else 1  # noqa: PLR2004
