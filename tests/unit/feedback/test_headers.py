"""Header lines, well and badly written."""

from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.feedback.headers import (
    Named,
    addresses,
    message_ids,
    named_addresses,
    sent_at_of,
    text_of,
)
from tests.builders import sentences
from tests.unit.feedback.mails.builders import word


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        (word("签收 龘", "gb18030", "gb2312"), "签收 龘"),
        (word("签收", way="Q"), "签收"),
        ("=?utf-8?B?562+5pS2?= =?utf-8?B?5LqG?=", "签收了"),
        ("=?utf-8?Q?=E7=AD?= =?utf-8?Q?=BE?=", "签"),
        ("Re:=?utf-8?B?562+5pS2?=", "Re:签收"),
        ("=?utf-8?B?562+5pS2", "=?utf-8?B?562+5pS2"),
        ("=?no-such?B?562+5pS2?=", "签收"),
        ("签收".encode().decode("ascii", "surrogateescape"), "签收"),
        ("签收".encode("gbk").decode("ascii", "surrogateescape"), "签收"),
    ],
)
def test_text_of(value: str, text: str) -> None:
    assert text_of(value) == text


def test_a_display_name_with_a_comma_and_an_address_in_it() -> None:
    assert named_addresses('"Li, a@b.example" <C@D.example>, e@f.example') == (
        Named("c@d.example", "Li, a@b.example"),
        Named("e@f.example", ""),
    )
    assert named_addresses("a@b.example, C@d.example") == (
        Named("a@b.example", ""),
        Named("c@d.example", ""),
    )


def test_message_ids_and_days_that_are_none() -> None:
    mail = message_from_bytes(b"References: <a@b>\r\n <c@d> junk <a@b>\r\nDate: yesterday\r\n\r\n")
    assert message_ids(mail, "In-Reply-To", "References") == ("<a@b>", "<c@d>")
    assert sent_at_of(mail) is None


@given(st.text(max_size=300))
def test_no_value_raises(value: str) -> None:
    assert isinstance(text_of(value.encode("utf-8", "replace").decode()), str)
    assert isinstance(named_addresses(value), tuple)


@pytest.mark.parametrize("value", ["<" * 20_000, '"' * 20_000, "(" * 20_000, "a@" * 10_000])
def test_long_nonsense_takes_no_time(value: str) -> None:
    assert isinstance(named_addresses(value), tuple)


HOSTILE = [
    ("a NUL in a name", "\x00 <a@b.example>", ["a@b.example"]),
    ("an address without brackets beside one with them", "evil@x.example, <li@unit.example>",
     ["evil@x.example", "li@unit.example"]),
    ("an address behind the one in brackets", "<evil@x.example> li@unit.example",
     ["evil@x.example", "li@unit.example"]),
    ("an address as a name", '"li@unit.example" <evil@x.example>', ["evil@x.example"]),
    ("a bare address as a name", "li@unit.example <evil@x.example>", ["evil@x.example"]),
    ("an address in a comment", "(li@unit.example) evil@x.example", ["evil@x.example"]),
    ("a quote that nothing closes", '"Li <a@b.example>', ["a@b.example"]),
    ("a letter that only looks like k", "li@ban\u212a.example", ["li@ban\u212a.example"]),
]  # fmt: skip


@pytest.mark.parametrize(("value", "found"), sentences(HOSTILE))
def test_who_a_mail_is_from_cannot_be_blurred(value: str, found: list[str]) -> None:
    assert [named.address for named in named_addresses(value)] == found


LONG = ['"\\' * 9000, "a" * 20_000, "(" * 20_000, '"x" ' * 5000 + "<a@b.example>", "<a" * 9000]


@pytest.mark.parametrize("value", LONG)
def test_a_long_header_takes_no_long_time(value: str) -> None:
    for _ in range(20):
        named_addresses(value)


def test_of_a_thousand_headers_the_first_are_read() -> None:
    mail = message_from_bytes(b"".join(b"To: a%d@b.example\n" % n for n in range(1000)) + b"\n")
    assert len(addresses(mail, "To")) == 100
