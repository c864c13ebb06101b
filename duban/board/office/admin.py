"""What the administrator does: accounts, and links declared void."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from duban.board.office.pages import OfficeRoute, go, office_page
from duban.board.office.queue import number_of
from duban.board.office.signing import password_errors
from duban.board.session import Form, Visit, posting, visiting
from duban.errors import Refused, WrongUsage
from duban.service.access import accounts
from duban.service.access.revocations import revoke, revoked
from duban.service.desk.acts import is_first
from duban.service.desk.queue import PAGE
from models.account import AccountRole, Right

ROUTER = APIRouter(route_class=OfficeRoute)

_DONE = {
    "added": "账号已建立。请当面或用电话把密码告诉本人，并请其登录后立即更换。",
    "password": "密码已重设，该账号在各处的登录已全部退出。",
    "disabled": "账号已停用，在各处的登录已全部退出；其办理记录保留。",
    "enabled": "账号已恢复使用。",
    "revoked": "此前发给该地址的链接已全部作废；以后邮件中的新链接不受影响。",
    "again": "这张表单已经提交过，没有重复办理。",
}


@ROUTER.get("/office/accounts")
def accounts_page(
    visit: Annotated[Visit, Depends(visiting(Right.ADMINISTER))], done: str = ""
) -> Response:
    """Every account, and the forms to make, change and close one."""
    return _accounts(visit, done=_DONE.get(done, ""))


@ROUTER.post("/office/accounts")
def change_accounts(form: Annotated[Form, Depends(posting(Right.ADMINISTER))]) -> Response:
    """Make an account, give it a new password, close it or open it again."""
    visit = form.visit
    if errors := _account_errors(form):
        return _accounts(visit, 422, errors, form.typed)
    if not is_first(visit.workplace, form.number, visit.occasion):
        return go(visit.request, "/office/accounts", done="again")
    try:
        done = _change(form)
    except Refused:
        errors = {"add-name": "已有这个用户名；需要换密码的，请用“重设密码”"}
        return _accounts(visit, 409, errors, form.typed)
    except WrongUsage:
        errors = {"": "没有这个账号，或用户名不能用（一行，1至40个字）"}
        return _accounts(visit, 422, errors, form.typed)
    return go(visit.request, "/office/accounts", done=done)


@ROUTER.get("/office/links")
def links_page(
    visit: Annotated[Visit, Depends(visiting(Right.REVOKE))], done: str = "", page: str = "1"
) -> Response:
    """The form to declare links void, and what was declared void before."""
    return _links(visit, number_of(page), done=_DONE.get(done, ""))


@ROUTER.post("/office/links")
def revoke_links(form: Annotated[Form, Depends(posting(Right.REVOKE))]) -> Response:
    """Every link that a contact's mails have carried so far is void."""
    visit, address, because = form.visit, form["address"], form["because"]
    errors: dict[str, str] = {}
    if not address:
        errors["address"] = "请填写邮箱地址"
    if not because:
        errors["because"] = "请写明原因"
    if errors:
        return _links(visit, 1, 422, errors, form.typed)
    if not is_first(visit.workplace, form.number, visit.occasion):
        return go(visit.request, "/office/links", done="again")
    try:
        revoke(visit.workplace, address, because, visit.account.name, visit.now)
    except WrongUsage:
        errors["address"] = "没有给这个地址发过邮件，名册里也没有它，请核对"
        return _links(visit, 1, 422, errors, form.typed)
    return go(visit.request, "/office/links", done="revoked")


def _account_errors(form: Form) -> dict[str, str]:
    match form["act"]:
        case "add":
            role = form["add-role"]
            errors = password_errors("add-password", form["add-password"], form["add-password"])
            if not form["add-name"]:
                errors["add-name"] = "请填写用户名"
            if role not in set(AccountRole):
                errors["add-role"] = "请选择角色"
            return errors
        case "password":
            return password_errors("new-password", form["new-password"], form["new-password"])
        case "disable" if form["name"] == form.visit.account.name:
            return {"": "不能停用自己的账号"}
    return {}


def _change(form: Form) -> str:
    """Do what the form asks for; what is then said of it."""
    visit, name = form.visit, form["name"]
    engine = visit.workplace.engine
    match form["act"]:
        case "add":
            role = AccountRole(form["add-role"])
            accounts.add(engine, form["add-name"], role, form["add-password"], visit.now)
            return "added"
        case "password":
            accounts.change_password(engine, name, form["new-password"])
            return "password"
        case "disable":
            accounts.disable(engine, name, visit.now)
            return "disabled"
        case "enable":
            accounts.enable(engine, name)
            return "enabled"
    raise WrongUsage("there is no such act")


def _accounts(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    done: str = "",
) -> Response:
    rows = accounts.listed(visit.workplace.engine)
    return office_page(
        visit,
        "accounts.html.j2",
        status,
        accounts=rows,
        role_choices=[(role.value, accounts.ROLE_WORDS[role]) for role in AccountRole],
        name_choices=[(row.name, row.name) for row in rows],
        errors=errors or {},
        typed=typed or {},
        done=done,
    )


def _links(
    visit: Visit,
    at: int,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    done: str = "",
) -> Response:
    rows, total = revoked(visit.workplace, PAGE, (at - 1) * PAGE)
    return office_page(
        visit,
        "links.html.j2",
        status,
        rows=rows,
        at=at,
        pages=max(1, -(-total // PAGE)),
        errors=errors or {},
        typed=typed or {},
        done=done,
    )
