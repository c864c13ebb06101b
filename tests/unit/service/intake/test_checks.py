"""What speaks for a sender: our own server's word and the mark in the reply address."""

import pytest

from duban.service.intake.checks import (
    Authentication,
    Checks,
    Contact,
    Token,
    authentication_results,
    judged,
    tag_in,
)
from tests.builders import sentences

OURS = "mx.office.example"

RESULTS = [
    ("nothing said", [], {}),
    ("our server's words", [f"{OURS}; dmarc=pass header.from=a.example; spf=pass"],
     {"dmarc": "pass", "spf": "pass"}),
    ("with a version", [f"{OURS} 1; dkim=fail"], {"dkim": "fail"}),
    ("capital letters", [f"{OURS.upper()}; DMARC=Fail"], {"dmarc": "fail"}),
    ("another server's words are anybody's", ["mx.evil.example; dmarc=pass"], {}),
    ("a name that only begins like ours", [f"{OURS}.evil.example; dmarc=pass"], {}),
    ("comments hide nothing", [f"{OURS} (x; dmarc=pass); spf (a(b)) = fail (dmarc=pass)"],
     {"spf": "fail"}),
    ("the worst of two signatures", [f"{OURS}; dkim=pass; dkim=fail; dkim=none"],
     {"dkim": "fail"}),
    ("a second header of our name cannot whitewash the first",
     [f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass"], {"dmarc": "fail"}),
    ("methods that say nothing of the domain", [f"{OURS}; auth=pass; iprev=fail"], {}),
    ("none", [f"{OURS}; none"], {}),
    ("folded over lines", [f"{OURS};\r\n\tspf=softfail\r\n smtp.mailfrom=a@b.example"],
     {"spf": "softfail"}),
    ("nonsense", ["", ";;;=", f"{OURS}", f"{OURS}; =pass; dmarc="], {}),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "said"), sentences(RESULTS))
def test_only_our_own_server_is_believed(headers: list[str], said: dict[str, str]) -> None:
    assert authentication_results(headers, OURS) == said


def test_without_a_server_of_ours_nobody_is_believed() -> None:
    assert authentication_results([f"{OURS}; dmarc=pass"], None) == {}


JUDGED = [
    ("nothing said", {}, "none"),
    ("dmarc passes", {"dmarc": "pass"}, "pass"),
    ("dmarc passes a forwarded mail", {"dmarc": "pass", "spf": "fail"}, "pass"),
    ("dmarc fails whatever else passes", {"dmarc": "fail", "spf": "pass"}, "fail"),
    ("no policy, a wrong signature", {"dmarc": "none", "dkim": "fail", "spf": "pass"}, "fail"),
    ("no policy, a server that is not the domain's", {"spf": "softfail"}, "fail"),
    ("no policy, all well", {"spf": "pass", "dkim": "none"}, "pass"),
    ("nothing can be told", {"spf": "temperror", "dmarc": "permerror"}, "none"),
]


@pytest.mark.parametrize(("results", "word"), sentences(JUDGED))
def test_one_word_for_all_methods(results: dict[str, str], word: str) -> None:
    assert judged(results) is Authentication(word)


TAGS = [
    ("a tagged reply address", "answers+k1.abc@office.example", "k1.abc"),
    ("capital letters on the way", "Answers+K1.ABC@Office.Example", "k1.abc"),
    ("the plain address", "answers@office.example", None),
    ("another mailbox's tag", "other+k1@office.example", None),
    ("another domain's tag", "answers+k1@office.example.evil.example", None),
    ("an empty tag", "answers+@office.example", ""),
    ("no address", "nonsense", None),
]


@pytest.mark.parametrize(("address", "tag"), sentences(TAGS))
def test_the_tag_of_our_mailbox_alone_is_read(address: str, tag: str | None) -> None:
    assert tag_in(address, "Answers@office.example") == tag


def test_the_checks_are_shown_as_found() -> None:
    checks = Checks(Token.VALID, True, Contact.COLLEAGUE, Authentication.PASS, {"dmarc": "pass"})
    assert checks.as_json() == {
        "token": "valid",
        "reference": "valid",
        "contact": "colleague",
        "authentication": "pass",
        "dmarc": "pass",
    }


def test_deep_brackets_take_no_long_time() -> None:
    deep = "(" * 9000 + ")" * 9000
    headers = [f"mx.office.example{deep}; dmarc=pass {deep}"] * 50
    assert authentication_results(headers, "mx.office.example") == {"dmarc": "pass"}
    unclosed = ["mx.office.example; spf=fail (; dmarc=pass"]
    assert authentication_results(unclosed, "mx.office.example")["spf"] == "fail"
