"""Mails that no person wrote, and our own come back: name, mail, kind."""

from typing import NamedTuple

from duban.feedback.incoming import IncomingKind
from tests.unit.feedback.mails.builders import SENT, joined, mail, part, plain

_K = IncomingKind
ORIGINAL = f"Message-ID: {SENT}\r\nSubject: x\r\nFrom: a@zhongshan.example\r\n\r\ny\r\n".encode()


def report(*recipients: str, original: bytes = ORIGINAL, kind: str = "message/rfc822") -> bytes:
    """A report by RFC 3464 with a block for each recipient."""
    fields = "\r\n\r\n".join(["Reporting-MTA: dns; mx.zhongshan.example", *recipients])
    returned = (part(original, kind, encoding="7bit"),) if original else ()
    status = b"Content-Type: message/delivery-status\r\n\r\n" + fields.encode()
    more = "; report-type=delivery-status"
    return joined("report", part("could not be delivered"), status, *returned, more=more)


def failed(
    address: str, status: str, said: str = "smtp; 550 no such user", action: str = "failed"
) -> str:
    return (
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {said}"
    )


POSTFIX = ("Return-Path: <>", "From: MAILER-DAEMON@mx.zhongshan.example (Mail Delivery System)",
           "Subject: Undelivered Mail Returned to Sender",
           "Auto-Submitted: auto-replied")  # fmt: skip
ROBOT = ("Return-Path: <>", "From: PostMaster@unit.example")


class Machine(NamedTuple):
    name: str
    raw: bytes
    kind: IncomingKind


MACHINES = (
    Machine("Postfix", mail(report(failed("gone@unit.example", "5.1.1")), *POSTFIX), _K.BOUNCE),
    Machine(
        "Postfix, header only",
        mail(
            report(
                failed("gone@unit.example", "5.1.1"), original=ORIGINAL, kind="text/rfc822-headers"
            ),
            *POSTFIX,
        ),
        _K.BOUNCE,
    ),
    Machine(
        "a report without the original",
        mail(report(failed("a@unit.example", "4.4.7"), original=b""), *POSTFIX),
        _K.BOUNCE,
    ),
    Machine(
        "Exchange",
        mail(
            joined(
                "mixed",
                report(
                    failed(
                        "gone@unit.example",
                        "5.1.10",
                        "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound",
                    )
                ),
            ),
            "From: Microsoft Outlook <postmaster@unit.example>",
            "Subject: Undeliverable: x",
        ),
        _K.BOUNCE,
    ),
    Machine(
        "Coremail, in Chinese and without a report",
        mail(
            part(
                "抱歉，您的邮件被退回来了……\n收件人 gone@unit.example 不存在 550 5.1.1", "text/html"
            ),
            *ROBOT,
            "Subject: =?gb2312?B?z7XNs83L0MU=?=",
        ),
        _K.BOUNCE,
    ),
    Machine(
        "qmail",
        plain(
            f"Hi. This is the qmail-send program.\n\n--- Below is a copy.\nMessage-ID: {SENT}\n",
            "Return-Path: <>",
            "From: MAILER-DAEMON@unit.example",
            "Subject: failure notice",
        ),
        _K.BOUNCE,
    ),
    Machine(
        "Exim",
        plain("x", "X-Failed-Recipients: gone@unit.example", "Auto-Submitted: auto-replied"),
        _K.BOUNCE,
    ),
    Machine(
        "delivered, says a report",
        mail(report(failed("a@unit.example", "2.0.0", action="delivered")), *POSTFIX),
        _K.AUTOMATIC,
    ),
    Machine(
        "out of office by the standard",
        plain("已办结", "Auto-Submitted: auto-replied (vacation)"),
        _K.AUTOMATIC,
    ),
    Machine(
        "自动回复 in the subject",
        plain("签收", "Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSN77ya5Ye65beu?="),
        _K.AUTOMATIC,
    ),
    Machine("Out of Office", plain("签收", "Subject: Out of Office: x"), _K.AUTOMATIC),
    Machine("Automatic reply", plain("签收", "Subject: Automatic reply: x"), _K.AUTOMATIC),
    Machine("X-Autoreply", plain("签收", "X-Autoreply: yes"), _K.AUTOMATIC),
    Machine("Precedence", plain("签收", "Precedence: auto_reply"), _K.AUTOMATIC),
    Machine("bulk", plain("签收", "Precedence: bulk"), _K.AUTOMATIC),
    Machine("an empty return path", plain("签收", "Return-Path: <>"), _K.AUTOMATIC),
    Machine(
        "a read receipt",
        mail(joined("report", part("已读"), more="; report-type=disposition-notification")),
        _K.AUTOMATIC,
    ),
    Machine(
        "Exchange asks for no automatic answers: a person's mail",
        plain("签收", "X-Auto-Response-Suppress: All"),
        _K.REPLY,
    ),
    Machine("Auto-Submitted: no", plain("签收", "Auto-Submitted: no"), _K.REPLY),
    Machine("a person sends himself a copy", plain("签收", "Cc: li@unit.example"), _K.REPLY),
    Machine("a mailing list", plain("签收", "List-Id: <all.unit.example>"), _K.ECHO),
    Machine("Precedence: list", plain("签收", "Precedence: list"), _K.ECHO),
    Machine(
        "our own mail, forwarded by a rule",
        plain("x", f"Message-ID: {SENT}", "Auto-Submitted: auto-generated"),
        _K.ECHO,
    ),
    Machine("from the mailbox itself", plain("签收", "From: duban@zhongshan.example"), _K.ECHO),
    Machine("X-Loop", plain("签收", "X-Loop: li@unit.example"), _K.ECHO),
    Machine(
        "gone round too often",
        plain("签收", *["Received: from a by b.example for <x@b.example>; y"] * 4),
        _K.ECHO,
    ),
)
