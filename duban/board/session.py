"""Who a request to the office's pages comes from, what they may, and whether a form is theirs."""

import hmac
import re
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, NamedTuple

from fastapi import Depends, Request, Response

from duban.board.security import require_same_origin
from duban.board.site import Site, site_of
from duban.board.uploads import Posted, posted
from duban.service.access.accounts import SESSION_LASTS, Account, signed_in
from duban.service.workplace import Workplace
from duban.store.ledger import Occasion
from models.account import RIGHTS, Right

COOKIE = "duban-office"
TOKEN, NUMBER = "token", "number"
"""The fields that every form carries: its session's token, and a number that is good once."""

_NUMBER_BYTES = 16
_NUMBERS = re.compile(r"[\w-]{22}", re.ASCII)


class Visit(NamedTuple):
    """A request of somebody who is signed in; ``now`` was read once, ``on`` is its day."""

    request: Request
    site: Site
    workplace: Workplace
    account: Account
    now: datetime
    on: date

    def may(self, right: Right) -> bool:
        """Whether the account's role gives this right."""
        return right in RIGHTS[self.account.role]

    @property
    def occasion(self) -> Occasion:
        """Who acts, and when."""
        return Occasion(self.on, self.now, self.account.name)


@dataclass(frozen=True)
class Form:
    """A form that somebody signed in has posted, made for their session."""

    visit: Visit
    posted: Posted

    def __getitem__(self, name: str) -> str:
        return self.posted.words.get(name, "")

    @property
    def number(self) -> str:
        """The form's own number."""
        return self[NUMBER]

    @property
    def typed(self) -> dict[str, str]:
        """What its author chose or wrote."""
        return typed_in(self.posted)


class SignInNeeded(Exception):  # noqa: N818
    """Nobody is signed in; ``typed`` is what they have posted."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        super().__init__()
        self.typed = typed


class NotAllowed(Exception):  # noqa: N818
    """The account's role does not give the right; ``typed`` is what was posted."""

    def __init__(self, visit: Visit, typed: Mapping[str, str]) -> None:
        super().__init__()
        self.visit = visit
        self.typed = typed


class StaleForm(Exception):  # noqa: N818
    """The form was made for another session; ``typed`` is what it holds."""

    def __init__(self, visit: Visit, typed: Mapping[str, str]) -> None:
        super().__init__()
        self.visit = visit
        self.typed = typed


def new_number() -> str:
    """A number for a form."""
    return secrets.token_urlsafe(_NUMBER_BYTES)


def typed_in(content: Posted) -> dict[str, str]:
    """What the author of a form chose or wrote, passwords left out: it is shown again."""
    return {
        name: value
        for name, value in content.words.items()
        if name not in (TOKEN, NUMBER) and not name.endswith("password")
    }


def visiting(right: Right) -> Callable[[Request], Visit]:
    """What a page depends on that needs this right."""

    def visit(request: Request) -> Visit:
        found = visit_of(request)
        if found is None:
            raise SignInNeeded({})
        if not found.may(right):
            raise NotAllowed(found, {})
        return found

    return visit


def visit_of(request: Request) -> Visit | None:
    """Who is signed in; None where nobody is."""
    site = site_of(request)
    now = site.now()
    cookie = request.cookies.get(COOKIE, "")
    workplace = site.workplace
    account = signed_in(workplace.engine, cookie, now) if cookie else None
    return account and Visit(request, site, workplace, account, now, site.today(now))


async def form_of(
    request: Request, visit: Annotated[Visit | None, Depends(visit_of)]
) -> AsyncIterator[Posted]:
    """The form in a request, of this site's own pages; its files are open until the answer.

    Of somebody who is not signed in only the words are kept, to be shown again afterwards.
    """
    require_same_origin(request, site_of(request).settings.base_url)
    async with posted(request, keeps_files=visit is not None) as content:
        yield content


def posting(right: Right) -> Callable[[Visit | None, Posted], Form]:
    """What an act depends on that needs this right."""

    def form(
        visit: Annotated[Visit | None, Depends(visit_of)],
        content: Annotated[Posted, Depends(form_of)],
    ) -> Form:
        if visit is None:
            raise SignInNeeded(typed_in(content))
        if not visit.may(right):
            raise NotAllowed(visit, typed_in(content))
        found = Form(visit, content)
        is_mine = hmac.compare_digest(found[TOKEN].encode(), visit.account.form_token.encode())
        if not is_mine or not _NUMBERS.fullmatch(found.number):
            raise StaleForm(visit, found.typed)
        return found

    return form


def begin(response: Response, site: Site, cookie: str) -> None:
    """Give the browser a new session."""
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(SESSION_LASTS.total_seconds()),
        path=f"{site.root}/office",
        secure=(site.settings.base_url or "").startswith("https:"),
        httponly=True,
        samesite="strict",
    )


def end(response: Response, site: Site) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, path=f"{site.root}/office", httponly=True, samesite="strict")
