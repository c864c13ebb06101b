"""The words of mails: none is missing, and an unknown check is shown as it is."""

from duban.service.mail_words import MAIL_STATES, RECEIVED_STATES, checks_made
from duban.store.outbox import MailState
from duban.store.received import ReceivedState


def test_every_state_has_its_word() -> None:
    assert set(MAIL_STATES) == set(MailState)
    assert set(RECEIVED_STATES) == set(ReceivedState)


def test_each_check_says_what_it_found() -> None:
    checks = {"token": "valid", "contact": "colleague", "authentication": "fail", "mx": "pass"}
    assert checks_made(checks) == [
        ("回信校验码", "有效"),
        ("发件人", "同单位其他联系人"),
        ("邮件服务器认证", "未通过"),
        ("mx", "pass"),
    ]
