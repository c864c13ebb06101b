"""The administrator's pages: accounts and links declared void."""

import pytest

from duban.board.session import NUMBER, TOKEN, new_number
from duban.service.access import accounts
from duban.service.access.revocations import revoked
from duban.service.workplace import Workplace
from models.account import AccountRole
from tests import builders
from tests.unit.board.office.browsers import NAMES, PASSWORD, Browser
from tests.unit.board.office.conftest import Open

ACCOUNTS, LINKS = "/office/accounts", "/office/links"
LIAISON = builders.address("甲局", "liaison")


def _post(browser: Browser, path: str, **fields: str) -> str:
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    given = {TOKEN: browser.token(), NUMBER: new_number()} | given
    return browser.post(path, **given)


def test_an_account_is_made_and_can_sign_in(
    people: Workplace, administrator: Browser, browser: Open
) -> None:
    fields = {"add_name": "新来的", "add_role": "clerk", "add_password": PASSWORD}
    text = _post(administrator, ACCOUNTS, act="add", **fields)
    assert "账号已建立" in text
    assert PASSWORD not in text
    found = browser(None)
    assert "新来的" in found.sign_in("新来的")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"add_name": ""}, "请填写用户名"),
        ({"add_role": "king"}, "请选择角色"),
        ({"add_password": "short"}, "密码至少12个字符"),
        ({"add_name": NAMES[AccountRole.CLERK]}, "已有这个用户名"),
        ({"add_name": "很" * 41}, "用户名不能用"),
    ],
)
def test_what_cannot_be_made_is_told_and_the_rest_kept(
    people: Workplace, administrator: Browser, changes: dict[str, str], said: str
) -> None:
    fields = {"add_name": "新来的", "add_role": "clerk", "add_password": PASSWORD} | changes
    text = _post(administrator, ACCOUNTS, act="add", **fields)
    assert administrator.status in (409, 422)
    assert said in text
    assert fields["add_name"] in text
    assert PASSWORD not in text
    assert len(accounts.listed(people.engine)) == len(NAMES)


def test_a_password_is_reset_and_an_account_closed_and_opened(
    people: Workplace, administrator: Browser, browser: Open
) -> None:
    clerk, new = NAMES[AccountRole.CLERK], "又一句只有本人知道的长话"
    assert "密码已重设" in _post(
        administrator, ACCOUNTS, act="password", name=clerk, new_password=new
    )
    assert "账号已停用" in _post(administrator, ACCOUNTS, act="disable", name=clerk)
    found = browser(None)
    found.sign_in(clerk, new)
    assert found.status == 401
    assert "账号已恢复" in _post(administrator, ACCOUNTS, act="enable", name=clerk)
    found.sign_in(clerk, new)
    assert found.status == 200


def test_an_administrator_does_not_lock_himself_out(administrator: Browser) -> None:
    name = NAMES[AccountRole.ADMINISTRATOR]
    assert "不能停用自己的账号" in _post(administrator, ACCOUNTS, act="disable", name=name)
    for act, who in (("disable", "无此人"), ("nonsense", name)):
        _post(administrator, ACCOUNTS, act=act, name=who)
        assert administrator.status == 422


def test_links_are_declared_void_once_for_each_form(
    people: Workplace, administrator: Browser
) -> None:
    text = _post(administrator, LINKS, address=LIAISON, because="已调离")
    assert "已全部作废" in text
    assert "已调离" in text
    number = new_number()
    for _ in range(2):
        _post(administrator, LINKS, address=LIAISON, because="误转", number=number)
    assert "没有重复办理" in administrator.text
    assert revoked(people, 50, 0)[1] == 2


@pytest.mark.parametrize(
    ("address", "because", "said"),
    [
        ("", "调离", "请填写邮箱地址"),
        (LIAISON, "", "请写明原因"),
        ("nobody@nowhere.example", "调离", "没有给这个地址发过邮件"),
    ],
)
def test_what_cannot_be_declared_void_is_told(
    people: Workplace, administrator: Browser, address: str, because: str, said: str
) -> None:
    text = _post(administrator, LINKS, address=address, because=because)
    assert administrator.status == 422
    assert said in text
    assert f'value="{address}"' in text
    assert revoked(people, 50, 0) == ([], 0)
