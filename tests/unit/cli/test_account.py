"""``duban account`` and ``duban revoke``: who signs in, and links declared void."""

from pathlib import Path

import pytest

from tests.unit.cli.commands import Office

PASSWORD = "一句只有本人知道的很长的话"


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "password.txt"
    path.write_text(f"{PASSWORD}\nnot this line\n", encoding="utf-8")
    return str(path)


def _add(office: Office, secret: str, name: str = "李明", role: str = "clerk") -> None:
    done = office.run("account", "add", name, "--role", role, "--password-file", secret)
    assert done.code == 0, done
    assert PASSWORD not in done.output


def test_accounts_are_made_listed_and_closed(office: Office, secret: str) -> None:
    assert "还没有账号" in office.run("account").output
    _add(office, secret)
    _add(office, secret, "王科长", "administrator")
    assert (
        office.run("account", "disable", "李明").output == "账号“李明”已停用，在各处的登录已退出\n"
    )
    lines = office.run("account", "list").output.splitlines()
    assert [line.split() for line in lines] == [
        ["用户名", "角色", "状态"],
        ["李明", "承办人", "停用"],
        ["王科长", "管理员", "在用"],
    ]
    told = office.read("account", "enable", "李明")
    assert list(told[0]) == ["name", "role", "created_at", "disabled_at", "locked_until"]
    assert told[0]["disabled_at"] is None


def test_a_new_password_comes_from_a_file_or_is_typed_and_never_an_argument(
    office: Office, secret: str
) -> None:
    _add(office, secret)
    done = office.run("account", "password", "李明", "--password-file", secret)
    assert done.output == "账号“李明”的密码已更换，在各处的登录已退出\n"
    assert office.run("account", "password", "李明", PASSWORD).code == 2
    assert "--password-file" in office.run("account", "--help").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add"], "a name"),
        (["add", "李明"], "--role clerk|reviewer|leader|administrator"),
        (["list", "李明"], "no name"),
        (["disable", "无此人"], 'no account "无此人"'),
        (["disable", "无此人", "--role", "clerk"], "no --role"),
        (["add", "李明", "--role", "clerk", "--password-file", "nowhere"], "cannot be read"),
    ],
)
def test_wrong_usage(office: Office, arguments: list[str], said: str) -> None:
    done = office.run("account", *arguments)
    assert done.code == 2
    assert said in done.errors


def test_a_short_password_or_a_name_twice_is_refused(office: Office, secret: str) -> None:
    _add(office, secret)
    again = office.run("account", "add", "李明", "--role", "leader", "--password-file", secret)
    assert again.code == 3
    Path(secret).write_text("short", encoding="utf-8")
    short = office.run("account", "password", "李明", "--password-file", secret)
    assert short.code == 2
    assert "12 to 200 characters" in short.errors
    assert "short" not in short.output


def test_links_of_a_contact_are_declared_void(applied: Office) -> None:
    address = next(
        mail["recipient"]
        for mail in applied.read("outbox")["mails"]
        if mail["recipient"].startswith("liaison@")
    )
    done = applied.run("revoke", address.upper(), "--text", "已调离", "--by", "王科长")
    assert done.code == 0, done
    assert "已作废（王科长）" in done.output
    assert applied.run("revoke", address).code == 2
    nobody = applied.run("revoke", "nobody@nowhere.example", "--text", "已调离")
    assert nobody.code == 2
    assert "nothing was ever sent" in nobody.errors


def test_nobody_at_the_keyboard_is_wrong_usage(office: Office) -> None:
    done = office.process("account", "add", "李明", "--role", "clerk")
    assert done.code == 2
    assert "give --password-file" in done.errors
