"""Signing in and out, and one's own password."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Depends, Request, Response

from duban.board.office.pages import OfficeRoute, go, kept, office_page
from duban.board.session import (
    COOKIE,
    Form,
    Visit,
    begin,
    end,
    form_of,
    posting,
    visit_of,
    visiting,
)
from duban.board.site import page, site_of
from duban.board.uploads import Posted
from duban.service.access import accounts, passwords
from models.account import Right

ROUTER = APIRouter(route_class=OfficeRoute)

WRONG = (
    "用户名或密码不对；或者该账号已停用，或因连续输错五次暂停登录15分钟。忘记密码的，请管理员重设。"
)
_HOME = "/office"


@ROUTER.get("/office/sign-in")
def sign_in_page(request: Request, next: str = _HOME) -> Response:
    """The form; somebody who is signed in already goes on at once."""
    if visit_of(request):
        return go(request, own_path(next))
    return _sign_in_form(request, {"next": own_path(next)})


@ROUTER.post("/office/sign-in")
def sign_in(request: Request, form: Annotated[Posted, Depends(form_of)]) -> Response:
    """A new session for the right password; a form typed before is shown again."""
    site, fields = site_of(request), form.words
    engine, now = site.workplace.engine, site.now()
    cookie = accounts.sign_in(engine, fields.get("name", ""), fields.get("password", ""), now)
    if cookie is None:
        return _sign_in_form(request, fields, WRONG)
    if old := request.cookies.get(COOKIE):
        accounts.sign_out(engine, old)
    path = own_path(fields.get("next", _HOME))
    answer = go(request, path)
    account = accounts.signed_in(engine, cookie, now)
    if account and (typed := dict(parse_qsl(fields.get("kept", "")))):
        visit = Visit(request, site, site.workplace, account, now, site.today(now))
        answer = kept(visit, urlsplit(path).path, typed)
    begin(answer, site, cookie)
    return answer


@ROUTER.post("/office/sign-out")
def sign_out(form: Annotated[Form, Depends(posting(Right.READ))]) -> Response:
    """The session ends, here and in the ledger."""
    visit = form.visit
    accounts.sign_out(visit.workplace.engine, visit.account.cookie)
    answer = go(visit.request, "/office/sign-in")
    end(answer, visit.site)
    return answer


@ROUTER.get("/office/password")
def password_page(
    visit: Annotated[Visit, Depends(visiting(Right.READ))], done: str = ""
) -> Response:
    """The form for one's own password."""
    words = "密码已更换，您在别处的登录已全部退出。" if done else ""
    return office_page(visit, "password.html.j2", done=words)


@ROUTER.post("/office/password")
def change_password(form: Annotated[Form, Depends(posting(Right.READ))]) -> Response:
    """One's own password, for which the old one is needed; other browsers are signed out."""
    visit, new = form.visit, form["new-password"]
    account, engine = visit.account, visit.workplace.engine
    errors = password_errors("new-password", new, form["repeated-password"])
    if not errors and not accounts.is_password(engine, account.name, form["old-password"]):
        errors = {"old-password": "现在的密码不对，没有更换"}
    if errors:
        return office_page(visit, "password.html.j2", 422, errors=errors)
    accounts.change_password(engine, account.name, new, keeping=account.cookie)
    return go(visit.request, "/office/password", done=1)


def password_errors(field: str, password: str, repeated: str) -> dict[str, str]:
    """What is wrong with a new password that was typed twice."""
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        return {field: f"密码至少{passwords.SHORTEST}个字符，可以是一句容易记住的话"}
    return {} if password == repeated else {"repeated-password": "两次输入的新密码不一样"}


def own_path(path: str) -> str:
    """The path, if it is one of the office's own pages; otherwise the first of them."""
    parts = urlsplit(path)
    is_own = parts.path == _HOME or parts.path.startswith(f"{_HOME}/")
    is_plain = path.isprintable() and "\\" not in path and "//" not in path and ".." not in path
    return path if is_own and is_plain and not parts.scheme and not parts.netloc else _HOME


def _sign_in_form(request: Request, fields: Mapping[str, str], wrong: str = "") -> Response:
    return page(
        request,
        "office/sign_in.html.j2",
        401 if wrong else 200,
        next=own_path(fields.get("next", _HOME)),
        kept=fields.get("kept", ""),
        name=fields.get("name", ""),
        is_over=False,
        errors={"": wrong} if wrong else {},
    )
