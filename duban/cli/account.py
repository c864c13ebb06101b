"""``duban account`` and ``duban revoke``: who signs in to the office's pages, and void links."""

import getpass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from duban import clock
from duban.cli.occasion import occasion
from duban.cli.options import AsJson, By
from duban.cli.output import print_json, print_table, write
from duban.errors import WrongUsage
from duban.service.access import accounts
from duban.service.access.revocations import revoke as revoke_links
from duban.service.opening import open_workplace
from duban.settings import Settings
from duban.store.database import Engine, Record
from models.account import AccountRole


class Action(StrEnum):
    """What is done with accounts."""

    LIST = "list"
    ADD = "add"
    PASSWORD = "password"  # noqa: S105, RUF100
    DISABLE = "disable"
    ENABLE = "enable"


_SAID = {
    Action.ADD: "账号“{}”已建立",
    Action.PASSWORD: "账号“{}”的密码已更换，在各处的登录已退出",
    Action.DISABLE: "账号“{}”已停用，在各处的登录已退出",
    Action.ENABLE: "账号“{}”已恢复",
}


def account(
    action: Annotated[
        Action, typer.Argument(metavar="[list|add|password|disable|enable]")
    ] = Action.LIST,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The account's name; not for list.")
    ] = None,
    role: Annotated[
        AccountRole | None, typer.Option("--role", help="add: what the account may do.")
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="FILE", help="add, password: not asked for then."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the accounts of the office's pages, make one, give one a new password, close one.

    The password is asked for, or read from a file; it never stands on a command line.
    """
    if (name is None) != (action is Action.LIST):
        raise WrongUsage(f"account {action.value} takes {'a' if name is None else 'no'} name")
    if (role is None) != (action is not Action.ADD):
        raise WrongUsage(
            f"account {action.value} takes {'a' if role is None else 'no'} --role",
            f"--role {'|'.join(AccountRole)}",
        )
    engine = open_workplace(Settings.read()).engine
    if name is not None:
        _change(engine, action, name, role, password_file)
    if as_json:
        print_json([_as_json(row) for row in accounts.listed(engine)])
    elif name is not None:
        write(_SAID[action].format(name))
    else:
        _list(accounts.listed(engine))


def revoke(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The contact's address.")],
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="The reason; required.")],
    by: By = None,
) -> None:
    """Declare void every link that a contact's mails have carried so far; later ones are good."""
    settings = Settings.read()
    workplace = open_workplace(settings)
    when = occasion(workplace, settings, None, by)
    revoke_links(workplace, address, text, when.by, when.at)
    write(f"此前发给 {address} 的链接已作废（{when.by}）")


def _change(
    engine: Engine,
    action: Action,
    name: str,
    role: AccountRole | None,
    password_file: Path | None,
) -> None:
    match action:
        case Action.ADD:
            assert role is not None
            accounts.add(engine, name, role, _password(password_file), clock.now())
        case Action.PASSWORD:
            accounts.change_password(engine, name, _password(password_file))
        case Action.DISABLE:
            accounts.disable(engine, name, clock.now())
        case _:
            accounts.enable(engine, name)


def _password(path: Path | None) -> str:
    """The first line of the file, or what is typed twice."""
    if path is None:
        return _typed()
    try:
        return (path.read_text(encoding="utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"--password-file: {path} cannot be read: {error}") from None


def _typed() -> str:
    try:
        first = getpass.getpass("Password: ")
        again = getpass.getpass("Again: ")
    except EOFError:
        raise WrongUsage("there is nobody to type a password", "give --password-file") from None
    if again != first:
        raise WrongUsage("the two passwords differ", "try again")
    return first


def _list(rows: list[Record]) -> None:
    if not rows:
        write("还没有账号：duban account add NAME --role administrator")
        return
    print_table(
        ("用户名", "角色", "状态"),
        [
            (
                row.name,
                accounts.ROLE_WORDS[AccountRole(row.role)],
                "停用" if row.disabled_at else "在用",
            )
            for row in rows
        ],
    )


def _role(row: Record) -> str:
    return accounts.ROLE_WORDS[AccountRole(row.role)]


def _as_json(row: Record) -> dict[str, object]:
    return {
        "name": row.name,
        "role": row.role,
        "created_at": row.created_at.isoformat(),
        "disabled_at": row.disabled_at.isoformat() if row.disabled_at else None,
        "locked_until": row.locked_until.isoformat() if row.locked_until else None,
    }
