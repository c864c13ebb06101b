"""Answers as mail programs send them: each quotes what it answers in its own way."""

import base64
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import unquote

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40


class Original:
    """A mail of ours as its reader has it."""

    def __init__(self, mail: EmailMessage) -> None:
        self.message_id = str(mail["Message-ID"])
        self.reply_to = parseaddr(str(mail["Reply-To"]))[1]
        self.reader = parseaddr(str(mail["To"]))[1]
        self.subject = str(mail["Subject"])
        self.numbers = [
            unquote(value.partition(" ")[2]) for value in mail.get_all("X-Duban-Item", [])
        ]
        text, html = mail.get_body(("plain",)), mail.get_body(("html",))
        assert text is not None
        assert html is not None
        self.text, self.html = text.get_content(), html.get_content()

    def number(self, key: str) -> int:
        """The number of the item whose id has this part."""
        return next(n for n, name in enumerate(self.numbers, start=1) if f"/{key}/" in name)

    @property
    def quoted(self) -> str:
        return "".join(f"> {line}\n" for line in self.text.splitlines())


def _headers(original: Original, kind: str, encoding: str = "8bit") -> str:
    subject = base64.b64encode(f"回复：{original.subject}".encode()).decode()
    return (
        f"From: {original.reader}\r\nTo: {original.reply_to}\r\n"
        f"Subject: =?utf-8?B?{subject[:60]}?=\r\n =?utf-8?B?{subject[60:]}?=\r\n"
        f"Date: Tue, 3 Sep 2024 08:10:00 +0800\r\nMIME-Version: 1.0\r\n"
        f"Message-ID: <{abs(hash(original.message_id)):x}@{original.reader.partition('@')[2]}>\r\n"
        f"In-Reply-To: {original.message_id}\r\nReferences: {original.message_id}\r\n"
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )


def _crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def outlook(original: Original, words: str) -> bytes:
    """Written on top, the original below a line of dashes with its headers."""
    body = (
        f"{words}\n\n市单位 联络员\n\n-----邮件原件-----\n发件人: 督办通知 <a@office.example>\n"
        f"发送时间: 2024年9月2日 9:00\n收件人: {original.reader}\n主题: {original.subject}\n\n"
        f"{original.text}"
    )
    return _headers(original, "text/plain; charset=utf-8").encode() + _crlf(body).encode()


def in_line(original: Original, answers: dict[int, str]) -> bytes:
    """Written below the quoted line of each item."""
    lines = ["在 2024-09-02 09:00:00，“督办通知” <a@office.example> 写道：", ""]
    for line in original.text.splitlines():
        lines.append(f"> {line}")
        for number, words in answers.items():
            if line.startswith(f"{number}. "):
                lines += ["", words, ""]
    body = "\n".join(lines)
    return _headers(original, "text/plain; charset=utf-8").encode() + _crlf(body).encode()


def html_only(original: Original, words: str) -> bytes:
    """A web mail without a plain part, the original in a quote of its own."""
    body = (
        f'<div dir="ltr"><p>您好：</p><p><b>{words}</b></p></div><br><div class="gmail_quote">'
        f"<div>督办通知 &lt;a@office.example&gt; 于2024年9月2日周一 09:00写道：</div>"
        f"<blockquote>{original.html}</blockquote></div>"
    )
    return _headers(original, "text/html; charset=utf-8").encode() + _crlf(body).encode()


def mislabelled(original: Original, words: str) -> bytes:
    """GB18030 that calls itself gb2312, as old Chinese mail programs write it."""
    body = f"{words}\n\n------------------ 原始邮件 ------------------\n{original.text}"
    encoded = _crlf(body).encode("gb18030")
    return _headers(original, 'text/plain; charset="gb2312"').encode() + encoded


def in_base64(original: Original, words: str) -> bytes:
    """The whole text in base64."""
    body = base64.encodebytes(_crlf(f"{words}\n\n{original.quoted}").encode()).decode()
    head = _headers(original, "text/plain; charset=utf-8", "base64")
    return (head + _crlf(body)).encode()


def with_scan(original: Original, words: str) -> bytes:
    """A stamped scan attached, its Chinese name as RFC 2231 has it."""
    mail = EmailMessage()
    mail["From"], mail["To"] = original.reader, original.reply_to
    mail["Subject"], mail["Message-ID"] = "回复：督办", "<with-scan@unit.example>"
    mail["In-Reply-To"] = original.message_id
    mail.set_content(f"{words}\n\n{original.quoted}")
    mail.add_attachment(PDF, "application", "pdf", filename="中期总结（盖章）.pdf")
    return mail.as_bytes()


def phone(original: Original, words: str) -> bytes:
    """A few words, the phone's line below."""
    body = (
        f"{words}\n\n发自我的iPhone\n\n> 在 2024年9月2日，09:00，督办通知 写道：\n{original.quoted}"
    )
    return _headers(original, "text/plain; charset=utf-8").encode() + _crlf(body).encode()


def away(original: Original) -> bytes:
    """An answer that nobody wrote."""
    head = "Auto-Submitted: auto-replied\r\nX-Autoreply: yes\r\n"
    body = "自动回复：本人休假至9月15日。已收到您的邮件。\r\n"
    return (head + _headers(original, "text/plain; charset=utf-8") + body).encode()


def undelivered(original: Original) -> bytes:
    """What Postfix sends to the envelope's sender when the next server refuses for good."""
    return _crlf(
        f"Return-Path: <>\nFrom: MAILER-DAEMON@relay.example (Mail Delivery System)\n"
        f"To: {original.reply_to}\nSubject: Undelivered Mail Returned to Sender\n"
        "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        "Message-ID: <20240902010101.ABC@relay.example>\n"
        'Content-Type: multipart/report; report-type=delivery-status;\n boundary="ABC/relay"\n\n'
        "This is a MIME-encapsulated message.\n\n--ABC/relay\n"
        "Content-Type: text/plain; charset=us-ascii\n\n"
        "I'm sorry to have to inform you that your message could not be delivered.\n\n"
        "--ABC/relay\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; relay.example\nX-Postfix-Queue-ID: ABC\n"
        "Arrival-Date: Mon,  2 Sep 2024 09:00:01 +0800 (CST)\n\n"
        f"Final-Recipient: rfc822; {original.reader}\n"
        f"Original-Recipient: rfc822;{original.reader}\nAction: failed\nStatus: 5.1.1\n"
        f"Remote-MTA: dns; mx.unit.example\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown in virtual mailbox table\n\n"
        "--ABC/relay\nContent-Type: text/rfc822-headers\n\n"
        f"Message-ID: {original.message_id}\nSubject: x\n\n--ABC/relay--\n"
    ).encode()


def forged(original: Original, words: str) -> bytes:
    """Somebody who knows the addresses and has never seen the mail."""
    head = f"From: {original.reader}\r\nTo: duban@office.example\r\nSubject: 回复：督办\r\n"
    kind = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    return f"{head}Message-ID: <forged@evil.example>\r\n{kind}{words}\r\n".encode()
