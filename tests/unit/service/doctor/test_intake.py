"""What the doctor says of answers by mail."""

from pathlib import Path

import pytest

from duban.service.doctor.intake import mailbox_findings
from duban.settings import Settings
from tests.integration import dovecot


def _found(**settings: object) -> dict[str, tuple[str, str]]:
    given = Settings(_env_file=None, **settings)  # type: ignore[arg-type, call-arg]
    return {item.check: (item.state.value, item.message) for item in mailbox_findings(given)}


def test_no_mailbox_is_a_warning() -> None:
    assert _found() == {"mailbox": ("warning", "none is set")}


def test_a_mailbox_out_of_reach_is_a_failure() -> None:
    state, message = _found(imap_url="imap://duban@127.0.0.1:9")["mailbox"]
    assert (state, message.startswith("127.0.0.1:9 cannot be reached")) == ("failure", True)


def test_a_missing_user_is_a_failure() -> None:
    found = _found(imap_url="imap://127.0.0.1:9")
    assert found["mailbox"] == ("failure", "DUBAN_IMAP_URL names no user")


def test_a_mailbox_that_opens_is_well(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text(dovecot.PASSWORD)
    with dovecot.start(tmp_path) as server:
        found = _found(imap_url=server.url, imap_password_file=password)
        password.write_text("another")
        refused = _found(imap_url=server.url, imap_password_file=password)
    assert found["mailbox"] == ("ok", f"127.0.0.1:{server.port} lets duban in")
    assert refused["mailbox"][0] == "failure"
    assert "another" not in refused["mailbox"][1]


KEY = "k" * 40
SERVER = "mx.office.example"


@pytest.mark.parametrize(
    ("content", "server", "state", "message"),
    [
        (None, None, "warning", "none: reply addresses bear no mark"),
        (KEY, None, "warning", "1 key; no mail server's word on senders is believed"),
        (f"{KEY}\n{KEY}", SERVER, "ok", "2 keys"),
        ("short", SERVER, "failure", "DUBAN_SECRET_FILE: a key has fewer than 32 characters"),
    ],
)
def test_keys(
    tmp_path: Path, content: str | None, server: str | None, state: str, message: str
) -> None:
    if content:
        (tmp_path / "key").write_text(content)
    found = _found(
        imap_url="imap://duban@127.0.0.1:9",
        secret_file=tmp_path / "key" if content else None,
        authentication_server=server,
    )
    assert found["reply keys"] == (state, message)
