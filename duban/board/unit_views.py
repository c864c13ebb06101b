"""A visitor of a unit's page, and the two pages he sees: the list and one item."""

import secrets
from datetime import datetime
from typing import NamedTuple

from fastapi import Request
from fastapi.responses import Response

from duban.board import row_fields
from duban.board.site import page, site_of
from duban.board.unit_forms import (
    LONGEST,
    is_row_by_row,
    unsent,
)
from duban.board.unit_words import TEXTS
from duban.errors import UnknownObligation
from duban.service.access.visitors import Visitor
from duban.service.unit_page.page import Detail, detail, sheet
from duban.service.workplace import Workplace

_LONGEST_NUMBER = 17


class Visit(NamedTuple):
    """One request of a visitor: where, who, when; ``home`` is the address of his page."""

    request: Request
    workplace: Workplace
    visitor: Visitor
    now: datetime
    home: str


def existing(visit: Visit, key: str) -> Detail:
    """An item of the visitor's.

    Raises:
        UnknownObligation: there is none of that id, or it is not his.
    """
    found = detail(visit.workplace, visit.visitor, key)
    if found is None:
        raise UnknownObligation(f'the visitor has no obligation "{key}"')
    return found


def show_sheet_page(
    visit: Visit,
    errors: dict[str, str] | None = None,
    status: int = 200,
    *,
    done: str = "",
    is_again: bool = False,
) -> Response:
    """The list of all items; ``done`` are the entries that were just made."""
    found = sheet(visit.workplace, visit.visitor)
    said = {entry.id: entry for past in found.said.values() for entry in past}
    return page(
        visit.request,
        "unit/sheet.html.j2",
        status,
        **_common(visit),
        sheet=found,
        errors=errors or {},
        done=[said[number] for number in _numbers(done) if number in said],
        is_again=is_again,
    )


def show_item_page(
    visit: Visit,
    found: Detail,
    values: dict[str, str],
    errors: dict[str, str] | None = None,
    status: int = 200,
    *,
    done: str = "",
    is_again: bool = False,
) -> Response:
    """The page of one item, its fields holding these values."""
    return page(
        visit.request,
        "unit/item.html.j2",
        status,
        **_common(visit),
        detail=found,
        item=found.item,
        office=visit.workplace.rosters[found.item.row.plan_id].office(visit.visitor.on),
        values=values,
        errors=errors or {},
        done=[entry for entry in found.history if entry.id in _numbers(done)],
        is_again=is_again,
        unsent=unsent(found, values) if errors else [],
        is_row_by_row=is_row_by_row(found),
        row_fields=row_fields,
        longest=LONGEST,
        megabytes=site_of(visit.request).settings.upload_megabytes,
    )


def _common(visit: Visit) -> dict[str, object]:
    return {
        "home": visit.home,
        "visitor": visit.visitor,
        "number": _number,
        "local": site_of(visit.request).local,
        **TEXTS,
    }


def _number() -> str:
    return secrets.token_urlsafe(16)


def _numbers(done: str) -> set[int]:
    return {number for part in done[:400].split(".") if (number := whole(part))}


def whole(typed: str) -> int:
    """The number of an entry as a form or an address has it; 0 where it is none."""
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_NUMBER
    return int(typed) if is_number else 0
