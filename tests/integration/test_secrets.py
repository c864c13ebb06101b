"""A password stays where it is; a server is not believed without a good certificate."""

import logging
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from duban.service.opening import open_channel, sender_of
from duban.service.runs import Summary, run_daily
from duban.settings import Settings
from duban.store.database import reading
from duban.store.tables import ENTRY, NOTICE, OUTBOX
from notifications.channels.smtp import SmtpChannel
from tests.integration.sink import Sink, serving
from tests.integration.site import Site
from tests.unit.notifications.channels.servers import Authority, authority

PASSWORD = "open-sesame-4711"


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"))


def _authenticate(password: str) -> object:
    def check(*details: object) -> AuthResult:
        given = details[-1]
        assert isinstance(given, LoginPassword)
        return AuthResult(success=given.password.decode() == password, handled=False)

    return check


def _settings(folder: Path, url: str, **others: str) -> Settings:
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    given = {"smtp_url": url, "smtp_password_file": secret, "mail_from": "duban@city.example"}
    return Settings.model_validate(given | others)


def _run(site: Site, settings: Settings) -> tuple[Summary, SmtpChannel]:
    channel = open_channel(settings)
    assert channel is not None
    site.on("01-02").apply()
    with channel:
        day = site.on("01-02")
        return run_daily(site.workplace, channel, sender_of(settings), day.moment), channel


def _everything_recorded(site: Site) -> str:
    with reading(site.workplace.engine) as connection:
        tables = (OUTBOX, NOTICE, ENTRY)
        rows = [row for table in tables for row in connection.execute(table.select())]
        return str([*map(tuple, rows), *connection.exec_driver_sql("SELECT * FROM run")])


@pytest.mark.parametrize("accepted", [PASSWORD, "another"], ids=["accepted", "refused"])
def test_the_password_is_seen_nowhere(
    site: Site,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    accepted: str,
) -> None:
    options = {"authenticator": _authenticate(accepted), "auth_require_tls": False}
    with serving(Sink(), **options) as sink, caplog.at_level(logging.DEBUG):
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # the server's own
        settings = _settings(tmp_path, f"smtp://duban@127.0.0.1:{sink.port}")
        summary, channel = _run(site, settings)
    assert (summary.messages_sent > 0) == (accepted == PASSWORD)
    assert (summary.undone == []) == (accepted == PASSWORD)
    shown = [caplog.text, *capfd.readouterr(), repr(channel), repr(settings), repr(summary)]
    assert not [text for text in shown if PASSWORD in text]
    assert PASSWORD not in _everything_recorded(site)


def test_an_unknown_certificate_is_refused_by_default(
    site: Site, tmp_path: Path, trusted: Authority
) -> None:
    with serving(Sink(), tls_context=trusted.context) as sink:
        summary, _ = _run(site, _settings(tmp_path, f"smtp+starttls://127.0.0.1:{sink.port}"))
    assert "certificate verify failed" in summary.undone[0]
    assert sink.mails == []
    assert site.states() == {"pending": 2}


def test_a_certificate_of_the_named_authority_is_accepted(
    site: Site, tmp_path: Path, trusted: Authority
) -> None:
    with serving(Sink(), tls_context=trusted.context) as sink:
        url = f"smtp+starttls://127.0.0.1:{sink.port}"
        summary, _ = _run(site, _settings(tmp_path, url, tls_ca_file=trusted.ca_file))
    assert (summary.messages_sent, summary.undone) == (2, [])
