"""Settings are read once from DUBAN_*; secrets come from files, never from a URL."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from duban.errors import InvalidSettings
from duban.settings import MailServer, Settings, parse_mail_url


@pytest.fixture(autouse=True)
def _empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No .env of this machine, no DUBAN_* of this shell."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DUBAN_{name.upper()}", raising=False)


def test_nothing_set_reaches_nothing_outside() -> None:
    settings = Settings.read()
    assert settings.database_url == "sqlite:///var/duban.db"
    assert settings.matrices == Path("matrices")
    assert settings.timezone == "Asia/Shanghai"
    assert settings.smtp is None
    assert settings.imap is None
    assert settings.smtp_password() is None


def test_environment_goes_before_the_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(
        "DUBAN_MATRICES=a\nDUBAN_BASE_URL=https://x.example/\nOTHER=1\n", "utf-8"
    )
    monkeypatch.setenv("DUBAN_MATRICES", "b")
    settings = Settings.read()
    assert settings.matrices == Path("b")
    assert settings.base_url == "https://x.example"


def test_an_empty_value_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_SMTP_URL", "")
    assert Settings.read().smtp is None


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings.read().timezone = "UTC"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", MailServer("localhost", 25, None, "none")),
        ("smtp://127.0.0.1:2525", MailServer("127.0.0.1", 2525, None, "none")),
        (
            "smtp+starttls://a%40b.example@mail.example",
            MailServer("mail.example", 587, "a@b.example", "starttls"),
        ),
        ("smtps://office@mail.example/", MailServer("mail.example", 465, "office", "tls")),
        ("smtp://[::1]:25", MailServer("::1", 25, None, "none")),
    ],
)
def test_mail_urls(url: str, server: MailServer) -> None:
    assert parse_mail_url(url, "smtp") == server


def test_mailbox_urls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_IMAP_URL", "imaps://office@mail.example")
    assert Settings.read().imap == MailServer("mail.example", 993, "office", "tls")


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DUBAN_SMTP_URL", "http://mail.example", "it must begin with smtp://"),
        ("DUBAN_SMTP_URL", "imaps://mail.example", "it must begin with smtp://"),
        ("DUBAN_SMTP_URL", "smtp://", "it must look like smtp://user@host:port"),
        ("DUBAN_SMTP_URL", "smtp://host:99999", "Port out of range"),
        ("DUBAN_SMTP_URL", "smtp://host/path", "it must look like"),
        ("DUBAN_SMTP_URL", "smtps://office:hunter2@mail.example", "a password must not stand"),
        ("DUBAN_IMAP_URL", "imaps://office:hunter2@mail.example", "a password must not stand"),
        ("DUBAN_DATABASE_URL", "postgresql://duban:hunter2@db/duban", "a password must not stand"),
        ("DUBAN_DATABASE_URL", "postgresql://db/duban?password=hunter2", "a password must not"),
        ("DUBAN_BASE_URL", "ftp://x.example", "it must look like https://host"),
        ("DUBAN_TIMEZONE", "Asia/Peking", "is no time zone"),
        ("DUBAN_MAIL_FROM", "督办专班", "DUBAN_MAIL_FROM"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_repeated(
    variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(InvalidSettings) as raised:
        Settings.read()
    assert variable in str(raised.value)
    assert said in str(raised.value)
    assert "hunter2" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_password_is_read_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_SMTP_PASSWORD_FILE", "secret")
    settings = Settings.read()
    with pytest.raises(InvalidSettings, match="DUBAN_SMTP_PASSWORD_FILE: secret cannot be read"):
        settings.smtp_password()
    Path("secret").write_text("hunter2\n", "utf-8")
    assert settings.smtp_password() == "hunter2"
    assert "hunter2" not in repr(settings)
    Path("secret").write_text("\n", "utf-8")
    with pytest.raises(InvalidSettings, match="is empty"):
        settings.smtp_password()
