"""A real IMAP server on the loopback: Dovecot 2.3, unprivileged, with directories of its own.

::

    with dovecot.start(tmp_path) as server:
        server.deliver(raw, "duban+tag@zhongshan.example")    # as a mail server does, by LMTP
        server.append(raw)                                    # as a mail program does, by APPEND

Any user gets in with ``server.password`` and has a mailbox of its own; an address is its user's
whatever its tag and domain. A test that needs it is skipped, with the reason, where there is none.
"""

import getpass
import grp
import os
import shutil
import smtplib
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from imap_tools import MailBoxUnencrypted

PASSWORD = "for-tests-only"

_CONFIG = """
protocols = imap lmtp
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = {tls}
{certificate}
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 0
mail_location = maildir:~/Maildir
{more}
auth_username_format = %Ln
recipient_delimiter = +
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%Ln allow_all_users=yes
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A server at work; ``certificate`` is the file of its own authority where it speaks TLS."""

    host: str
    port: int
    tls_port: int
    lmtp_port: int
    user: str
    password: str
    certificate: Path | None

    @property
    def url(self) -> str:
        """The value of DUBAN_IMAP_URL."""
        return f"imap://{self.user}@{self.host}:{self.port}"

    def deliver(self, raw: bytes, recipient: str, sender: str = "someone@unit.example") -> None:
        """Hand a mail over as a mail server does; it gets Return-Path, Delivered-To, Received."""
        with smtplib.LMTP(self.host, self.lmtp_port) as client:
            client.sendmail(sender, [recipient], raw)

    def append(self, raw: bytes, folder: str = "INBOX") -> None:
        """Put a mail into a folder, byte for byte."""
        with self.opened() as box:
            box.append(raw, folder)

    def held(self, folder: str = "INBOX") -> list[bytes]:
        """The mails in a folder, as in ``Duban/Done``; none where there is no such folder."""
        folder = folder.replace("/", ".")
        with self.opened() as box:
            if not box.folder.exists(folder):
                return []
            box.folder.set(folder, readonly=True)
            found = [box.client.uid("FETCH", uid, "(BODY.PEEK[])")[1][0] for uid in box.uids()]
        return [bytes(part[1]) for part in found if isinstance(part, tuple)]

    @contextmanager
    def opened(self) -> Iterator[MailBoxUnencrypted]:
        """A connection of the user's own mail program."""
        with MailBoxUnencrypted(self.host, self.port, timeout=20) as box:
            box.login(self.user, self.password)
            yield box


@contextmanager
def start(
    folder: Path, *, user: str = "duban", more: str = "", tls: bool = False
) -> Iterator[Dovecot]:
    """The server for the time of a ``with``; ``more`` is added to its configuration.

    ``folder`` keeps its log. The test is skipped where Dovecot 2.3, or openssl for ``tls``, is not
    installed.
    """
    program = _program()
    home = Path(tempfile.mkdtemp(prefix="duban-dovecot-"))
    ports = _free_ports(3)
    server = Dovecot("127.0.0.1", *ports, user, PASSWORD, _certificate(home) if tls else None)
    try:
        configuration = home / "dovecot.conf"
        configuration.write_text(_configuration(home, server, more), encoding="ascii")
        process = subprocess.Popen([program, "-F", "-c", configuration], **_unprivileged(home))
        try:
            _wait(server, process, home)
            yield server
        finally:
            process.terminate()
            process.wait(20)
    finally:
        log = home / "dovecot.log"
        if log.exists():
            shutil.copyfile(log, folder / "dovecot.log")
        shutil.rmtree(home, ignore_errors=True)


def _program() -> str:
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if not found:
        pytest.skip("there is no Dovecot here (Debian: dovecot-imapd and dovecot-lmtpd)")
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
    if not version.stdout.startswith("2.3"):
        pytest.skip(f"the tests know how to configure Dovecot 2.3, not {version.stdout.strip()}")
    if not any(
        Path(place, "lmtp").exists() for place in ("/usr/lib/dovecot", "/usr/libexec/dovecot")
    ):
        pytest.skip("this Dovecot has no LMTP (Debian: dovecot-lmtpd)")
    return found


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _account() -> tuple[str, str, int, int]:
    """Dovecot refuses to run for root: then it is nobody."""
    if os.geteuid() == 0:
        group = grp.getgrgid(65534)
        return "nobody", group.gr_name, 65534, 65534
    group = grp.getgrgid(os.getegid())
    return getpass.getuser(), group.gr_name, os.geteuid(), os.getegid()


def _unprivileged(home: Path) -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    user, group, uid, gid = _account()
    for path in [home, *home.rglob("*")]:
        os.chown(path, uid, gid)
    return {"user": user, "group": group, "extra_groups": []}


def _configuration(home: Path, server: Dovecot, more: str) -> str:
    user, group, uid, gid = _account()
    certificate = (
        f"ssl_cert = <{home}/tls.pem\nssl_key = <{home}/tls.key" if server.certificate else ""
    )
    return _CONFIG.format(
        folder=home, tls="yes" if server.certificate else "no", certificate=certificate, more=more,
        user=user, group=group, uid=uid, gid=gid, password=server.password,
        imap=server.port, imaps=server.tls_port if server.certificate else 0, lmtp=server.lmtp_port,
    )  # fmt: skip


def _certificate(home: Path) -> Path:
    program = shutil.which("openssl")
    if not program:
        pytest.skip("there is no openssl here to make a certificate with")
    subprocess.run(
        [program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", home / "tls.key", "-out", home / "tls.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return home / "tls.pem"


def _wait(server: Dovecot, process: "subprocess.Popen[bytes]", home: Path) -> None:
    """Until both listeners answer; connecting to one that does not yet exist is refused at once."""
    for _ in range(400):
        if process.poll() is not None:
            log = home / "dovecot.log"
            said = log.read_text(errors="replace") if log.exists() else ""
            pytest.fail(f"Dovecot ended with {process.returncode}: {said[-2000:]}")
        try:
            for port in (server.port, server.lmtp_port):
                with socket.create_connection((server.host, port), timeout=5) as line:
                    line.recv(64)
        except OSError:
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    pytest.fail("Dovecot did not begin to listen")
