"""How the office's pages are made, and what becomes of a request that is not allowed."""

from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Path, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from duban.board.office import words
from duban.board.session import (
    NotAllowed,
    SignInNeeded,
    StaleForm,
    Visit,
    new_number,
)
from duban.board.site import page, site_of
from duban.service.access.accounts import ROLE_WORDS
from duban.service.entry_details import details
from duban.service.mail_words import MAIL_STATES, RECEIVED_STATES, checks_made
from duban.service.words import ENTRIES, ITEM_KINDS, LIGHTS, POSTS
from models.account import Right
from models.entry import EntryKind, Via
from models.obligation import ItemKind, Stage, StatusLight
from notifications.words import STAGES, WAYS

_COMMON: Mapping[str, Any] = {
    "EntryKind": EntryKind,
    "ItemKind": ItemKind,
    "Right": Right,
    "Stage": Stage,
    "StatusLight": StatusLight,
    "Via": Via,
    "ACCOUNT_ROLES": ROLE_WORDS,
    "ENTRIES": ENTRIES,
    "ITEM_KINDS": ITEM_KINDS,
    "LIGHTS": LIGHTS,
    "STAGES": STAGES,
    "WAYS": WAYS,
    "details": details,
    "checks_made": checks_made,
    "MAIL_STATES": MAIL_STATES,
    "POSTS": POSTS,
    "RECEIVED_STATES": RECEIVED_STATES,
    "words": words,
    "number": new_number,
    "errors": {},
    "typed": {},
    "done": "",
}

RowNumber = Annotated[int, Path(le=2**31 - 1)]
"""A number in an address, as a row of the ledger may have it."""

FIELDS = {
    "text": "文字",
    "until": "日期",
    "unit": "单位",
    "who": "来电人",
    "note": "说明",
    "because": "原因",
}
"""What may have been typed into a form, by the last part of the field's name."""


def office_page(visit: Visit, template: str, status: int = 200, **more: Any) -> Response:
    """A page for somebody who is signed in."""
    given = {
        **_COMMON,
        "visit": visit,
        "today": visit.on,
        "path_of": path_of,
        "local": visit.site.local,
        **more,
    }
    return page(visit.request, f"office/{template}", status, **given)


def path_of(key: str) -> str:
    """An obligation's id as part of an address."""
    return quote(key, safe="/")


def go(request: Request, path: str, **query: object) -> Response:
    """To another page of the office, after an act."""
    tail = f"?{urlencode(query)}" if query else ""
    return RedirectResponse(f"{site_of(request).root}{path}{tail}", 303)


def not_found(what: str) -> HTTPException:
    """The refusal of an address that leads to nothing."""
    return HTTPException(404, f"没有找到{what}。它可能已被合并，或网址有误；请从台账重新打开。")


class OfficeRoute(APIRoute):
    """A route that sends people who are not signed in to the sign-in, and refuses with words."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The usual handler, with the refusals of ``duban.board.session`` made into pages."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except SignInNeeded as error:
                return _sign_in_first(request, error.typed)
            except NotAllowed as error:
                written = [value for name, value in error.typed.items() if _label(name) and value]
                return office_page(error.visit, "refused.html.j2", 403, written=written)
            except HTTPException as error:
                raise HTTPException(error.status_code, _words_for(error)) from None
            except StaleForm as error:
                return kept(error.visit, request.scope["path"], error.typed, 403)

        return handle


def kept(visit: Visit, path: str, typed: Mapping[str, str], status: int = 200) -> Response:
    """What was typed into a form that could not be taken, as a form that can be posted now."""
    fields = [(name, _label(name), value) for name, value in typed.items()]
    given = {kind.value: word for kind, word in ENTRIES.items()}
    act = given.get(typed.get("register-kind") or typed.get("act", ""), "")
    return office_page(visit, "kept.html.j2", status, path=path, fields=fields, act=act)


_TROUBLES = {
    400: "浏览器送来的内容不完整，没有登记。请返回上一页，再提交一次。",
    403: "这次提交不是从本系统的页面发出的，没有登记。请从待办或台账重新打开，再提交一次。",
    404: "没有这个页面。请从待办或台账重新打开。",
}


def _words_for(error: HTTPException) -> str:
    """What is said of a trouble to somebody of the office, where nothing better is known."""
    is_bare = error.detail == HTTPStatus(error.status_code).phrase
    return _TROUBLES.get(error.status_code, error.detail) if is_bare else error.detail


def _label(name: str) -> str:
    """The word for a field that is typed; empty for one that only goes along."""
    _, is_row, number = name.partition("-passage-")
    return f"第{number}项" if is_row else FIELDS.get(name.rpartition("-")[2], "")


def _sign_in_first(request: Request, typed: Mapping[str, str]) -> Response:
    path = request.scope["path"]
    if request.method == "GET":
        tail = f"?{request.url.query}" if request.url.query else ""
        return go(request, "/office/sign-in", next=f"{path}{tail}")
    shown = {**_COMMON, "next": path, "kept": urlencode(typed), "name": "", "is_over": True}
    return page(request, "office/sign_in.html.j2", 401, **shown)
