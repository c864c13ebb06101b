"""What the mails of these tests are built from; every person, office and address is invented."""

import base64
import quopri
from collections.abc import Sequence
from pathlib import Path

from duban.feedback.dividers import SENTINEL

GOLDEN = Path(__file__).parents[3] / "golden"

TO = "duban+0123456789abcdef-aaaaaaaaaaaaaaaaaaaa@zhongshan.example"
SENT = "<d1ed172efe8ec3f47e22438a03342d1c5ceeba8d@zhongshan.example>"

DIGEST = "\n".join(
    line for line in (GOLDEN / "mixed.txt").read_text(encoding="utf-8").splitlines()[2:]
)
"""The text of one of our own mails, with eight numbered items."""

DIGEST_HTML = (GOLDEN / "mixed.html").read_text(encoding="utf-8")

OURS = f"{SENTINEL}\n\n{DIGEST}"

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SCAN = b"%PDF-1.4\n" + bytes(range(256)) * 80


def marked(text: str, depth: int = 1) -> str:
    return "\n".join((">" * depth + " " + line).rstrip() for line in text.splitlines())


def header(*more: str, subject: str = "回复：【督办提醒】终期工作总结") -> str:
    """The header of a reply to one of our mails."""
    lines = [
        "Return-Path: <li@unit.example>",
        f"Delivered-To: {TO}",
        "Received: from mx.unit.example by mx.zhongshan.example; Fri, 18 Oct 2024 09:31:00 +0800",
        f"From: {word('李示例')} <Li@Unit.example>",
        f"To: {TO}",
        f"Subject: {word(subject)}",
        "Date: Fri, 18 Oct 2024 09:30:00 +0800",
        "Message-ID: <reply-1@unit.example>",
        f"In-Reply-To: {SENT}",
        f"References: <root@zhongshan.example> {SENT}",
        "MIME-Version: 1.0",
    ]
    names = {line.partition(":")[0].lower() for line in more}
    return "\r\n".join([*(x for x in lines if x.partition(":")[0].lower() not in names), *more])


def word(text: str, charset: str = "utf-8", label: str = "", way: str = "B") -> str:
    content = text.encode(charset)
    if way == "Q":
        written = "".join(f"={byte:02X}" for byte in content)
    else:
        written = base64.b64encode(content).decode()
    return f"=?{label or charset}?{way}?{written}?="


def part(
    content: str | bytes,
    kind: str = "text/plain",
    charset: str = "utf-8",
    label: str = "",
    encoding: str = "base64",
    *more: str,
) -> bytes:
    """A part of a mail with its own header."""
    raw = content.encode(charset) if isinstance(content, str) else content
    raw = raw.replace(b"\n", b"\r\n") if isinstance(content, str) else raw
    shown = f"{kind}; charset={label or charset}" if kind.startswith("text/") else kind
    lines = [f"Content-Type: {shown}", f"Content-Transfer-Encoding: {encoding}", *more]
    if encoding == "base64":
        raw = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        raw = quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + raw


def joined(kind: str, *parts: bytes, boundary: str = "b0undary", more: str = "") -> bytes:
    """A multipart part."""
    body = b"".join(f"--{boundary}\r\n".encode() + each + b"\r\n" for each in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\r\n\r\n'
    return head.encode() + body + f"--{boundary}--\r\n".encode()


def mail(body: bytes, *more: str, **options: str) -> bytes:
    """A whole mail: a reply's header with these lines added or put in place, and a body."""
    return header(*more, **options).encode("utf-8", "surrogateescape") + b"\r\n" + body


def plain(text: str, *more: str, **options: str) -> bytes:
    return mail(part(text, **options), *more)


def html(text: str, *more: str) -> bytes:
    return mail(part(f"<html><body>{text}</body></html>", "text/html"), *more)


def both(text: str, page: str, *more: str) -> bytes:
    return mail(joined("alternative", part(text), part(page, "text/html")), *more)


def attached(content: bytes, kind: str, disposition: str, *more: str) -> bytes:
    return part(content, kind, "utf-8", "", "base64", f"Content-Disposition: {disposition}", *more)


def with_files(text: str, *files: bytes, more: Sequence[str] = ()) -> bytes:
    return mail(joined("mixed", part(text), *files), *more)
