"""Mails as the standard library's parser reads them back."""

from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.policy import NoticeKind
from notifications.digest import Digest
from notifications.message import DeliveryError, Stage
from notifications.mime import build, message_id_for
from notifications.render import Rendered, render
from notifications.wording import clean
from tests.unit.notifications.sample_items import assignment, digest, final_summary
from tests.unit.notifications.samples import (
    ANSWERED,
    REPLIES,
    SENDER,
    SENT_AT,
    message,
    parsed,
    samples,
    thirty_five,
)

REMINDER = samples()["reminder"]


def _body(mail: object, subtype: str) -> str:
    return mail.get_body((subtype,)).get_content().replace("\r\n", "\n")  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", samples())
def test_a_mail_reads_back_as_it_was_rendered(name: str) -> None:
    sample = samples()[name]
    mail, rendered = parsed(message(sample)), render(sample)
    assert mail["subject"] == rendered.subject
    assert _body(mail, "plain") == rendered.text
    assert _body(mail, "html") == rendered.html
    assert [part.defects for part in mail.walk()] == [[] for _ in mail.walk()]


def test_the_headers_that_servers_and_clients_respect() -> None:
    mail = parsed(message(REMINDER))
    assert mail["from"].addresses[0].display_name == "中山市残联督办专班"
    assert mail["to"].addresses[0].display_name == "市教育体育局 联络员"
    assert mail["to"].addresses[0].addr_spec == REMINDER.address
    assert mail["reply-to"].addresses[0].display_name == "市残联"
    assert mail["date"].datetime == SENT_AT
    assert mail["message-id"] == message_id_for(REMINDER.key, "zhongshan.example")
    assert mail["auto-submitted"] == "auto-generated"
    assert mail["x-auto-response-suppress"] == "OOF, AutoReply, RN, NRN"
    assert mail["list-id"] == "<duban.zhongshan.example>"
    assert mail["content-language"] == "zh-CN"
    assert mail["mime-version"] == "1.0"
    assert all(len(mail.get_all(name) or []) == 1 for name in set(mail.keys()))


def test_an_answer_to_a_mail_of_several_plans_goes_to_each_of_their_offices() -> None:
    addresses = {plan.coordinator_address for plan in thirty_five().plans}
    replies = parsed(message(thirty_five()))["reply-to"].addresses
    assert {reply.addr_spec for reply in replies} == addresses


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert message(REMINDER).data == message(REMINDER).data


def test_every_line_is_short_ascii_and_ends_in_crlf() -> None:
    lines = message(thirty_five()).data.split(b"\r\n")
    assert all(line.isascii() and len(line) <= 78 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_mails_on_one_obligation_are_one_thread_and_others_go_by_recipient_and_plan() -> None:
    def root(sample: Digest) -> str:
        return str(parsed(message(sample))["references"])

    slip = final_summary(NoticeKind.SLIP_BLUE, -1, -1)
    later = digest(REMINDER.on, "x", slip)
    both = digest(REMINDER.on, "x", slip, assignment())
    assert root(REMINDER) == root(later)
    assert root(both) != root(later)
    assert root(both) == root(both._replace(key="another", items=both.items[::-1]))
    assert root(both) != root(both._replace(address="head@education.zhongshan.example"))


def test_the_readers_own_mail_is_answered_unencoded() -> None:
    answered = message_id_for("answer", "a" * 60 + ".example")
    built = message(REMINDER._replace(replies_to=answered))
    mail = parsed(built)
    root = parsed(message(REMINDER))["references"]
    assert mail["in-reply-to"] == answered
    assert f"In-Reply-To: {answered}\r\n".encode() in built.data
    assert mail["references"].split() == [root, answered]
    assert b"=?" not in built.data.split(b"References: ")[1].split(b"List-Id")[0]


@pytest.mark.parametrize(
    "answered",
    ["", "<a@x.example>\r\nBcc: b@x.example", "<甲@x.example>", "a@x.example", f"<{'a' * 999}@b>"],
)
def test_what_a_stranger_wrote_as_message_id_cannot_add_a_header(answered: str) -> None:
    hostile = message(REMINDER._replace(replies_to=answered))
    assert hostile.data == message(REMINDER).data


def test_answers_and_bounces_come_back_to_an_address_that_names_the_mail() -> None:
    sample = samples()["several-answerable"]
    built = message(sample)
    mail = parsed(built)
    (reply_to,) = mail["reply-to"].addresses
    assert reply_to.addr_spec == built.sender == REPLIES
    assert reply_to.display_name == ANSWERED.name
    assert mail["from"].addresses[0].addr_spec == ANSWERED.address
    assert mail["message-id"] == message_id_for(sample.key, ANSWERED.domain)


def test_each_number_has_its_obligation_in_a_header_of_its_own() -> None:
    sample = samples()["several-answerable"]
    headers = parsed(message(sample)).get_all("x-duban-item") or []
    told = [(number, unquote(item)) for number, item in (str(h).split() for h in headers)]
    assert told == [(str(n), item) for n, item in enumerate(sample.numbered, start=1)]


def test_a_mailbox_without_tags_leaves_bounces_to_the_sender() -> None:
    sample = samples()["several-answerable"]
    sender = SENDER._replace(reply_to=lambda _key, _address, _items: "duban@mail.example")
    built = build(render(sample), sample, sender, SENT_AT)
    assert parsed(built)["reply-to"].addresses[0].addr_spec == "duban@mail.example"
    assert built.sender == SENDER.address


def test_a_copy_for_information_is_answered_to_the_office() -> None:
    sample = samples()["orange-slip-copied"]
    built = build(render(sample), sample, ANSWERED, SENT_AT)
    mail = parsed(built)
    assert mail["reply-to"].addresses[0].display_name == "市残联"
    assert "x-duban-item" not in mail
    assert built.sender == REPLIES


def test_an_address_of_ours_that_mail_cannot_carry_stops_no_reader() -> None:
    sample = samples()["several-answerable"]
    sender = ANSWERED._replace(bounces_to=lambda _key, _address, _items: "督办@x.example")
    with pytest.raises(DeliveryError) as caught:
        build(render(sample), sample, sender, SENT_AT)
    assert (caught.value.stage, caught.value.permanent) == (Stage.SENDER, False)


def test_a_calendar_file_comes_for_each_due_date() -> None:
    mail = parsed(message(samples()["assignment"]))
    files = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_filename() for part in files] == ["2023-12-15.ics", "2024-10-20.ics"]
    assert files[0].get_param("method") == "PUBLISH"


def test_a_naive_instant_is_refused() -> None:
    naive = datetime(2024, 10, 15, 9)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="no time zone"):
        build(render(REMINDER), REMINDER, SENDER, naive)


@pytest.mark.parametrize("address", ["联络员@x.example", "a@x.example\r\nBcc: b@x.example", "a"])
def test_an_address_that_mail_cannot_carry_is_a_permanent_failure(address: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        message(REMINDER._replace(address=address))
    assert caught.value.permanent


@pytest.mark.parametrize("value", ["a.example\r\nBcc: b@x.example", "中山.example", "a\n b"])
def test_a_domain_cannot_add_a_header(value: str) -> None:
    rendered = render(REMINDER)
    with pytest.raises(ValueError, match="cannot stand in a header"):
        build(rendered, REMINDER, SENDER._replace(domain=value), SENT_AT)
    with pytest.raises(ValueError, match="cannot stand in a header"):
        build(rendered, REMINDER, SENDER._replace(list_id=value), SENT_AT)


_HOSTILE = (
    "\r\nBcc: victim@x.example",
    "\n\n<script>",
    "\r.\r",
    '", <x@y.example>',
    "=?utf-8?b?QQ==?=",
)
_text = st.text(st.characters(), max_size=120) | st.sampled_from(_HOSTILE)


@given(subject=_text, name=_text, salutation=_text, office=_text, text=_text, html=_text)
def test_whatever_a_value_holds_it_reads_back_and_adds_nothing(
    subject: str, name: str, salutation: str, office: str, text: str, html: str
) -> None:
    item = REMINDER.items[0]
    head = item.plan._replace(coordinator=office)
    sample = REMINDER._replace(salutation=salutation, items=(item._replace(plan=head),))
    rendered = Rendered(subject, clean(text), clean(html))
    built = build(rendered, sample, SENDER._replace(name=name), SENT_AT)
    mail = parsed(built)
    sound = parsed(message(REMINDER))
    assert list(mail.keys()) == list(sound.keys())
    assert mail["subject"] == clean(subject)
    plain = message_from_bytes(built.data, policy=policy.compat32)
    for header, shown in (("from", name), ("to", salutation), ("reply-to", office)):
        (mailbox,) = mail[header].addresses
        assert mailbox.addr_spec == sound[header].addresses[0].addr_spec
        decoded = str(make_header(decode_header(plain[header])))
        assert decoded.rpartition("<")[0].strip() == clean(shown).strip()
    assert _body(mail, "plain") == clean(text)
    assert _body(mail, "html") == clean(html)


_HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@given(st.text(_HAN, min_size=1, max_size=21))
def test_a_name_of_a_unit_and_a_post_survives_every_parser(name: str) -> None:
    mail = parsed(message(REMINDER._replace(salutation=name)))
    assert mail["to"].addresses[0].display_name == name


@given(st.text(_HAN, min_size=22, max_size=300))
def test_a_name_of_any_length_survives(name: str) -> None:
    built = message(REMINDER._replace(salutation=name))
    header = message_from_bytes(built.data, policy=policy.compat32)["to"]
    assert str(make_header(decode_header(header))).rpartition("<")[0].strip() == name
