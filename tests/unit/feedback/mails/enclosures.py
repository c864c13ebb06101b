"""Answers that come with files, or with mails within: name, mail, text, files."""

from tests.unit.feedback.mails.builders import (
    PNG,
    SCAN,
    attached,
    joined,
    mail,
    part,
    plain,
    with_files,
    word,
)
from tests.unit.feedback.mails.replies import OUTLOOK_EN, Reply

ENCLOSURES = (
    Reply(
        "a stamped scan attached",
        with_files(
            "已办结，见附件",
            attached(SCAN, "application/pdf", f'attachment; filename="{word("盖章扫描件.pdf")}"'),
        ),
        "已办结，见附件",
        ("盖章扫描件.pdf",),
    ),
    Reply(
        "a file name by RFC 2231",
        with_files(
            "见附件",
            attached(
                SCAN,
                "application/pdf",
                (
                    "attachment;\r\n filename*0*=gb2312''%B8%C7%D5%C2;\r\n"
                    " filename*1*=%C9%A8%C3%E8.pdf"
                ),
            ),
        ),
        "见附件",
        ("盖章扫描.pdf",),
    ),
    Reply(
        "a file name in raw GBK",
        with_files(
            "见附件",
            attached(
                SCAN,
                "application/pdf",
                'attachment; filename="'
                + "盖章.pdf".encode("gbk").decode("ascii", "surrogateescape")
                + '"',
            ),
        ),
        "见附件",
        ("盖章.pdf",),
    ),
    Reply(
        "a file name that is a path",
        with_files(
            "见附件",
            attached(SCAN, "application/pdf", 'attachment; filename="..\\\\..\\\\etc/passwd"'),
        ),
        "见附件",
        ("passwd",),
    ),
    Reply(
        "a file without a name",
        with_files("见附件", attached(SCAN, "application/pdf", "attachment")),
        "见附件",
        ("附件1.pdf",),
    ),
    Reply(
        "winmail.dat",
        with_files(
            "见附件",
            attached(
                b"\x78\x9f\x3e\x22" + SCAN,
                "application/ms-tnef",
                'attachment; filename="winmail.dat"',
            ),
        ),
        "见附件",
        ("winmail.dat",),
    ),
    Reply(
        "a logo in the signature is no evidence, a large picture is",
        mail(
            joined(
                "related",
                part('<p>签收</p><img src="cid:logo@x"><img src="cid:photo@x">', "text/html"),
                attached(PNG, "image/png", 'inline; filename="logo.png"', "Content-ID: <logo@x>"),
                attached(
                    PNG + bytes(10_000),
                    "image/png",
                    'inline; filename="现场.png"',
                    "Content-ID: <photo@x>",
                ),
            )
        ),
        "签收",
        ("现场.png",),
    ),
    Reply(
        "a small image that nothing shows",
        with_files("见附件", attached(PNG, "image/png", 'attachment; filename="a.png"')),
        "见附件",
        ("a.png",),
    ),
    Reply(
        "forwarded in the text",
        plain("请查收。\n\n---------- Forwarded message ---------\n" + OUTLOOK_EN + "已办结"),
        "请查收。",
    ),
    Reply(
        "forwarded as an attachment",
        mail(
            joined(
                "mixed",
                part("见转发邮件"),
                part(plain("已办结"), "message/rfc822", encoding="8bit"),
            )
        ),
        "见转发邮件",
        ("回复：【督办提醒】终期工作总结.eml",),
    ),
    Reply(
        "signed, the signature is no evidence",
        with_files(
            "签收",
            attached(b"x" * 99, "application/pkcs7-signature", 'attachment; filename="smime.p7s"'),
        ),
        "签收",
    ),
    Reply(
        "a body in two parts round a file",
        mail(
            joined(
                "mixed",
                part("签收"),
                attached(SCAN, "application/pdf", 'attachment; filename="a.pdf"'),
                part("谢谢"),
            )
        ),
        "签收\n谢谢",
        ("a.pdf",),
    ),
)
