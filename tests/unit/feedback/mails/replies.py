"""Answers as mail programs write them: name, mail, the text that is to be left, the files."""

from typing import NamedTuple

from tests.unit.feedback.mails.builders import (
    DIGEST,
    DIGEST_HTML,
    OURS,
    both,
    html,
    mail,
    marked,
    plain,
)

OUTLOOK = (
    "发件人: 督办专班 <duban@zhongshan.example>\n"
    "发送时间: 2024年10月18日 9:00\n收件人: 李示例 <li@unit.example>\n"
    "主题: 【督办提醒】终期工作总结\n\n"
)
OUTLOOK_EN = (
    "From: duban <duban@zhongshan.example>\nSent: Friday, October 18, 2024 "
    "9:00 AM\nTo: Li <li@unit.example>\nSubject: x\n\n"
)
QQ = (
    "\n\n\n------------------ 原始邮件 ------------------\n"
    '发件人: "督办专班" <duban@zhongshan.example>;\n'
    "发送时间: 2024年10月18日(星期五) 上午9:00\n"
    '收件人: "li" <li@unit.example>;\n主题: 【督办提醒】\n\n'
)
GMAIL = "督办专班 <duban@zhongshan.example> 于2024年10月18日周五 09:00写道：\n\n"
APPLE = "> 在 2024年10月18日，09:00，督办专班 <duban@zhongshan.example> 写道：\n> \n"
NETEASE = '\n\n在 2024-10-18 09:00:00，"督办专班" <duban@zhongshan.example> 写道：\n'
PROGRESS = "1 进展：已走访企业20家。\n\n第二段：达成意向8家。"


def under(number: int, answer: str, text: str = DIGEST, mark: str = "> ") -> str:
    """Our mail with an answer under the last line of a numbered item."""
    lines, current, out = text.splitlines(), 0, []
    for line in lines:
        head = line.partition(". ")[0]
        if head.isdigit() or not line:
            if current == number:
                out += [answer]
            current = int(head) if head.isdigit() else 0
        out.append((mark + line).rstrip())
    return "\n".join(out)


def answered_html(number: int, answer: str) -> str:
    """The page of our mail, its item answered by a coloured line within the quote."""
    before, rest = DIGEST_HTML.split(f">{number}. ", 1)
    title, after = rest.split("</p>", 1)
    return f'{before}>{number}. {title}</p><p style="color:red">{answer}</p>{after}'


class Reply(NamedTuple):
    name: str
    raw: bytes
    text: str
    files: tuple[str, ...] = ()


REPLIES = (
    Reply("plain text and nothing else", plain("签收"), "签收"),
    Reply(
        "Outlook in Chinese, top-posted",
        plain("1、3 已办结\n\n" + "-----原始邮件-----\n" + OUTLOOK + OURS),
        "1、3 已办结",
    ),
    Reply("Outlook without a separator", plain("已办结。\n\n" + OUTLOOK + OURS), "已办结。"),
    Reply(
        "Outlook with a rule of underscores",
        plain("已办结。\n________________________________\n" + OUTLOOK_EN + OURS),
        "已办结。\n________________________________",
    ),
    Reply(
        "Outlook in English",
        plain("签收\n\n-----Original Message-----\n" + OUTLOOK_EN + OURS),
        "签收",
    ),
    Reply(
        "Outlook, answers under the items of an unmarked quote",
        plain("见下\n\n" + OUTLOOK + under(3, "已办结，材料见附件", OURS, "")),
        "见下\n\n3 已办结，材料见附件",
    ),
    Reply(
        "Outlook HTML, a red line under an item",
        html(
            "<p>见红字</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>"
            + OUTLOOK.replace("\n", "<br>")
            .replace("<duban@zhongshan.example>", "")
            .replace("<li@unit.example>", "")
            + "</div>"
            + answered_html(2, "已签收。")
        ),
        "见红字\n\n2 已签收。",
    ),
    Reply(
        "Foxmail",
        plain(
            "全部签收\n\n\n \n发件人： 督办专班\n发送时间： 2024-10-18 09:00\n"
            "收件人： li\n主题： 【督办提醒】\n" + OURS
        ),
        "全部签收",
    ),
    Reply(
        "Foxmail HTML with its rule above the signature",
        html(
            "<div>全部签收</div><hr style='width: 210px; height: 1px;' color='#b5c4"
            "df'><div>某局 李示例</div><blockquote>" + DIGEST_HTML + "</blockquote>"
        ),
        "全部签收",
    ),
    Reply(
        "QQ mail",
        plain("2 申请延期至 2024-11-01 因为人手不足" + QQ + OURS),
        "2 申请延期至 2024-11-01 因为人手不足",
    ),
    Reply(
        "QQ mail in HTML",
        html(
            "<div>签收</div><div><br></div><div style='font-size:12px;padding:2px 0"
            " 2px 0;'>------------------&nbsp;原始邮件&nbsp;------------------</div"
            "><div>发件人:&nbsp;x;</div><div>发送时间:&nbsp;y</div>" + DIGEST_HTML
        ),
        "签收",
    ),
    Reply(
        "QQ mail on a phone",
        plain(
            '签收\n\n\n从QQ邮箱发送\n\n---原始邮件---\n发件人: "x"\n发送时间: 2024年10月18日\n'
            + OURS
        ),
        "签收",
    ),
    Reply("163", plain("已办结" + NETEASE + marked(OURS)), "已办结"),
    Reply("163 without marks", plain("已办结" + NETEASE + OURS), "已办结"),
    Reply(
        "163 in HTML",
        html(
            '<div>已办结</div><p>在 2024-10-18 09:00:00，"督办专班" &lt;duban@zho'
            "ngshan.example&gt; 写道：</p><blockquote id='isReplyContent'>"
            + DIGEST_HTML
            + "</blockquote>"
        ),
        "已办结",
    ),
    Reply("163 on a phone", plain("签收\n\n---- 回复的原邮件 ----\n发件人 x\n" + OURS), "签收"),
    Reply(
        "Coremail",
        plain(
            "进展：已发文。\n\n\n-----原始邮件-----\n发件人:督办专班 <duban@zhongsh"
            "an.example>\n发送时间:2024-10-18 09:00:00 (星期五)\n"
            "收件人: li@unit.example\n主题: 督办\n\n" + OURS
        ),
        "进展：已发文。",
    ),
    Reply("Gmail in Chinese", plain("签收\n\n" + GMAIL + marked(OURS)), "签收"),
    Reply(
        "Gmail in English",
        plain(
            "签收\n\nOn Fri, Oct 18, 2024 at 9:00 AM duban <duban@zhongshan.example>\nwrote:\n\n"
            + marked(OURS)
        ),
        "签收",
    ),
    Reply(
        "Gmail in both forms",
        both(
            "签收\n\n" + GMAIL + marked(DIGEST),
            "<div>签收</div><div class='gmail_quote'><div class='gmail_attr'>x 于20"
            "24年10月18日周五 09:00写道：</div><blockquote>" + DIGEST_HTML + "</blockquote></div>",
        ),
        "签收",
    ),
    Reply("Apple Mail", plain("已收到\n\n" + APPLE + marked(OURS)), "已收到"),
    Reply(
        "Apple Mail on a phone",
        plain("已收到\n\n发自我的iPhone\n\n" + APPLE.replace("> ", "") + marked(OURS)),
        "已收到",
    ),
    Reply("a Huawei phone", plain("签收\n来自华为手机\n\n" + OUTLOOK + OURS), "签收"),
    Reply("Outlook on a phone", plain("签收\n\n获取 Outlook for iOS\n" + OUTLOOK + OURS), "签收"),
    Reply("only the sentinel shows where our mail begins", plain("零报告\n\n" + OURS), "零报告"),
    Reply("in line under one item", plain(GMAIL + under(3, "已办结")), "3 已办结"),
    Reply(
        "in line under two items, two paragraphs",
        plain(
            "您好：\n"
            + GMAIL
            + under(1, "进展：走访20家。\n\n签约8家。")
            + "\n> 8. 【督办提醒】x\n签收"
        ),
        "您好：\n\n1 进展：走访20家。\n\n签约8家。\n8 签收",
    ),
    Reply("in line with a number of its own", plain(GMAIL + under(3, "3 已办结")), "3 已办结"),
    Reply(
        "in line between the lines of an item",
        plain(GMAIL + "> 2. 【今日截止】培训\n已办结\n>    要求：请于今日下班前完成。"),
        "2 已办结",
    ),
    Reply(
        "in line in HTML, the quote split",
        html(
            "<blockquote><p>2. 【今日截止】培训</p></blockquote><p>已办结</p><block"
            "quote><p>3. 【督办提醒】总结</p></blockquote><p>签收</p>"
        ),
        "2 已办结\n\n3 签收",
    ),
    Reply(
        "under the foot of our mail no item is meant",
        plain(GMAIL + marked(DIGEST) + "\n签收"),
        "签收",
    ),
    Reply(
        "what was said earlier is not said again",
        plain(
            "补充材料见附件\n\n"
            + OUTLOOK
            + "请补充材料\n\n"
            + OUTLOOK
            + under(3, "已办结", OURS, "")
        ),
        "补充材料见附件",
    ),
    Reply(
        "a signature after two hyphens",
        plain("签收\n-- \n某局 李示例\n退回\n\n" + OUTLOOK + OURS),
        "签收",
    ),
    Reply("several paragraphs", plain(PROGRESS + QQ + OURS), PROGRESS),
    Reply(
        "GB 18030 labelled gb2312",
        plain("1 进展：龘村、㛃镇已完成80%", charset="gb18030", label="gb2312"),
        "1 进展：龘村、㛃镇已完成80%",
    ),
    Reply("GBK in 8 bits", plain("签收", charset="gbk", label="GBK", encoding="8bit"), "签收"),
    Reply(
        "quoted-printable",
        plain("申请延期至 2024-11-01 因为资金未到位", encoding="quoted-printable"),
        "申请延期至 2024-11-01 因为资金未到位",
    ),
    Reply(
        "no charset at all",
        mail(b"Content-Type: text/plain\r\n\r\n" + "签收".encode("gb18030")),
        "签收",
    ),
    Reply("UTF-8 labelled us-ascii", plain("签收", label="us-ascii", encoding="8bit"), "签收"),
    Reply("Big5", plain("簽收：1", charset="big5"), "簽收：1"),
    Reply("no MIME header at all", mail("已办结\r\n".encode()), "已办结"),
    Reply(
        "HTML only",
        html("<style>p{color:red}</style><p>1、3&nbsp;已办结；</p><p>2 签收</p>"),
        "1、3 已办结；\n\n2 签收",
    ),
    Reply("a blank plain form beside HTML", both(" \r\n", "<p>签收</p>"), "签收"),
    Reply(
        "flowed",
        mail(
            b"Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r\n\r\n"
            + "进展：第一段很 \r\n长。\r\n> 3. 【x】 \r\n> y\r\n".encode()
        ),
        "进展：第一段很长。",
    ),
)
