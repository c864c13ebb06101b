"""Addresses that plain SMTP can carry, and those it cannot."""

import pytest

from notifications.message import DeliveryError, Stage, checked_address


@pytest.mark.parametrize(
    "address", ["liaison@education.zhongshan.example", "a.b+c_d%e@x.example", "a@localhost"]
)
def test_a_plain_address_passes(address: str) -> None:
    assert checked_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "联络员@zhongshan.example",
        "a@中山.example",
        "a@x.example\r\nRCPT TO:<b@x.example>",
        "a@x.example ",
        "<a@x.example>",
        "a b@x.example",
        "a,b@x.example",
        "a@x..example",
        "@x.example",
        "a",
        "",
    ],
)
def test_any_other_is_a_permanent_failure_of_the_recipient(address: str) -> None:
    with pytest.raises(DeliveryError, match=r"is not (an e-mail address|ASCII)") as caught:
        checked_address(address)
    assert caught.value.permanent
    assert not caught.value.accepted_maybe
    assert caught.value.stage is Stage.RECIPIENT


def test_our_own_bad_address_is_not_the_recipients_fault() -> None:
    with pytest.raises(DeliveryError) as caught:
        checked_address("督办@x.example", Stage.SENDER)
    assert not caught.value.permanent
