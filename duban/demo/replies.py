"""Answers as mail programs write them: each quotes what it answers in its own way.

Every mail is a function of the mail answered, the words and the instant, so that the same answer
has the same bytes in every run but for the tag.
"""

from base64 import b64encode, encodebytes
from collections.abc import Callable
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from duban.demo.original import Original
from duban.demo.papers import picture, scan

Shape = Callable[[Original, str, datetime], bytes]
"""An answer to a mail: its words and when it was sent (aware)."""


def outlook(original: Original, words: str, at: datetime) -> bytes:
    """Written on top, the original below a line of dashes with its headers."""
    below = (
        f"-----邮件原件-----\n发件人: {original.sender} <{original.sender_address}>\n"
        f"发送时间: {original.sent_at:%Y年%m月%d日 %H:%M}\n收件人: {original.reader_name}\n"
        f"主题: {original.subject}\n\n{original.text}"
    )
    return _plain(original, f"{words}\n\n{_signed(original)}\n\n{below}", at)


def in_line(original: Original, words: str, at: datetime) -> bytes:
    """Written below the quoted line of the first item."""
    sender = f"“{original.sender}” <{original.sender_address}>"
    lines = [f"在 {original.sent_at:%Y-%m-%d %H:%M:%S}，{sender} 写道：", ""]
    for line in original.text.splitlines():
        lines.append(f"> {line}")
        if line.startswith("1. "):
            lines += ["", *words.splitlines(), ""]
    return _plain(original, "\n".join(lines), at)


def web_mail(original: Original, words: str, at: datetime) -> bytes:
    """A page without a plain part, the original in a quote of its own."""
    said = "".join(f"<div>{escape(line)}</div>" for line in words.splitlines())
    body = (
        f'<div dir="ltr"><div>您好：</div>{said}</div><br><div class="gmail_quote">'
        f"<div>{original.sender} &lt;{original.sender_address}&gt; "
        f"于{original.sent_at:%Y年%m月%d日 %H:%M}写道："
        f"</div><blockquote>{original.html}</blockquote></div>"
    )
    return _headers(original, at, "text/html; charset=utf-8").encode() + _crlf(body).encode()


def old_program(original: Original, words: str, at: datetime) -> bytes:
    """GB18030 that calls itself gb2312, as old Chinese mail programs write it."""
    body = f"{words}\n\n------------------ 原始邮件 ------------------\n{original.text}"
    head = _headers(original, at, 'text/plain; charset="gb2312"').encode()
    return head + _crlf(body).encode("gb18030")


def phone(original: Original, words: str, at: datetime) -> bytes:
    """The phone's line below, all of it in base64."""
    head = f"> 在 {original.sent_at:%Y年%m月%d日，%H:%M}，{original.sender} 写道："
    body = f"{words}\n\n发自我的手机\n\n{head}\n{original.quoted}"
    encoded = encodebytes(_crlf(body).encode()).decode()
    start = _headers(original, at, "text/plain; charset=utf-8", "base64")
    return (start + _crlf(encoded)).encode()


def with_scan(original: Original, words: str, at: datetime) -> bytes:
    """A stamped scan attached, its Chinese name as RFC 2231 has it."""
    attached = scan(f"Summary {at:%Y-%m-%d} {_local(original.reader)}")
    return _with_file(
        original, words, at, attached, "application/pdf", "工作总结（盖章扫描件）.pdf"
    )


def with_picture(original: Original, words: str, at: datetime) -> bytes:
    """A photograph of an event attached."""
    attached = picture(len(words) + at.toordinal())
    return _with_file(original, words, at, attached, "image/png", "活动现场.png")


SHAPES: tuple[Shape, ...] = (
    outlook, with_scan, web_mail, old_program, phone, in_line, with_picture,
)  # fmt: skip
"""The programs of the units, in turn."""


def away(original: Original, _words: str, at: datetime) -> bytes:
    """What a mailbox answers by itself."""
    more = "Auto-Submitted: auto-replied\r\nX-Autoreply: yes\r\n"
    body = "自动回复：本人外出培训，一周后返回。您的邮件已收到，急事请致电办公室。\r\n"
    return (more + _headers(original, at, "text/plain; charset=utf-8") + body).encode()


def undelivered(original: Original, _words: str, at: datetime) -> bytes:
    """What a server sends to the envelope's sender when the next one refuses for good."""
    unit = original.reader.partition("@")[2]
    return _crlf(
        f"Return-Path: <>\nFrom: MAILER-DAEMON@relay.example (Mail Delivery System)\n"
        f"To: {original.reply_to}\nSubject: Undelivered Mail Returned to Sender\n"
        f"Date: {format_datetime(at)}\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        f"Message-ID: {_message_id(original, at, 'bounce')}\n"
        'Content-Type: multipart/report; report-type=delivery-status;\n boundary="D/relay"\n\n'
        "--D/relay\nContent-Type: text/plain; charset=us-ascii\n\n"
        "I'm sorry to have to inform you that your message could not be delivered.\n\n"
        "--D/relay\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; relay.example\nArrival-Date: {format_datetime(at)}\n\n"
        f"Final-Recipient: rfc822; {original.reader}\nAction: failed\nStatus: 5.2.2\n"
        f"Remote-MTA: dns; mx.{unit}\n"
        "Diagnostic-Code: smtp; 552 5.2.2 Mailbox full, quota exceeded for good\n\n"
        "--D/relay\nContent-Type: text/rfc822-headers\n\n"
        f"Message-ID: {original.message_id}\nSubject: x\n\n--D/relay--\n"
    ).encode()


def passed_on(original: Original, words: str, at: datetime) -> bytes:
    """Written by somebody to whom the reader has passed the mail on, tag and all."""
    return outlook(original, words, at).replace(
        f"From: {original.reader}".encode(), b"From: stranger@elsewhere.example", 1
    )


def forged(original: Original, words: str, at: datetime) -> bytes:
    """Written in the reader's name by somebody who has never seen the mail."""
    head = (
        f"From: {original.reader}\nTo: {original.sender_address}\nSubject: =?utf-8?B?"
        f"{b64encode('回复：督办'.encode()).decode()}?=\nDate: {format_datetime(at)}\n"
        f"Message-ID: {_message_id(original, at, words)}\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return _crlf(f"{head}{words}\n").encode()


def _signed(original: Original) -> str:
    return f"-- \n{original.reader_name}\n{original.reader}"


def _with_file(
    original: Original, words: str, at: datetime, content: bytes, media_type: str, name: str
) -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"] = original.reader, original.reply_to
    mail["Subject"], mail["Date"] = f"回复：{original.subject}", format_datetime(at)
    mail["Message-ID"] = _message_id(original, at, words)
    mail["In-Reply-To"] = mail["References"] = original.message_id
    mail.set_content(f"{words}\n\n{_signed(original)}\n\n{original.quoted}", cte="base64")
    maintype, subtype = media_type.split("/")
    mail.add_attachment(content, maintype, subtype, filename=name)
    mail.set_boundary(f"=_{sha256(content).hexdigest()[:20]}")
    return mail.as_bytes()


def _plain(original: Original, body: str, at: datetime) -> bytes:
    return _headers(original, at, "text/plain; charset=utf-8").encode() + _crlf(body).encode()


def _headers(original: Original, at: datetime, kind: str, encoding: str = "8bit") -> str:
    subject = f"回复：{original.subject}"
    parts = [subject[begin : begin + 12] for begin in range(0, len(subject), 12)]
    words = "\r\n ".join(f"=?utf-8?B?{b64encode(part.encode()).decode()}?=" for part in parts)
    return (
        f"From: {original.reader}\r\nTo: {original.reply_to}\r\nSubject: {words}\r\n"
        f"Date: {format_datetime(at)}\r\nMIME-Version: 1.0\r\n"
        f"Message-ID: {_message_id(original, at, kind)}\r\n"
        f"In-Reply-To: {original.message_id}\r\nReferences: {original.message_id}\r\n"
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )


def _message_id(original: Original, at: datetime, seed: str) -> str:
    mark = sha256(f"{original.message_id}{at.isoformat()}{seed}".encode()).hexdigest()[:24]
    return f"<{mark}@{original.reader.partition('@')[2]}>"


def _local(address: str) -> str:
    return address.partition("@")[2].partition(".")[0]


def _crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
