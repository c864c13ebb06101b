"""What speaks for the sender of an answer, and what against it; shown to the office as found."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Token(StrEnum):
    """The mark in the reply address: a copy of ours, none at all, or one that we did not make."""

    VALID = "valid"
    ABSENT = "absent"
    FORGED = "forged"


class Contact(StrEnum):
    """Who the sender is to the mail: its reader, another contact of its units, an office, nobody.

    An office is one of the plan's own two, who are told for their information.
    """

    RECIPIENT = "recipient"
    COLLEAGUE = "colleague"
    OFFICE = "office"
    UNKNOWN = "unknown"


class Authentication(StrEnum):
    """What our own mail server says of the sending domain; none where it says nothing."""

    PASS = "pass"
    FAIL = "fail"
    NONE = "none"


class Checks(NamedTuple):
    """Everything that was looked at before an answer was believed.

    ``is_referred``: it names the Message-ID of a mail of ours. ``results`` are the words of our
    mail server by method (dmarc, spf, dkim).
    """

    token: Token = Token.ABSENT
    is_referred: bool = False
    contact: Contact = Contact.UNKNOWN
    authentication: Authentication = Authentication.NONE
    results: Mapping[str, str] = {}

    def as_json(self) -> dict[str, Any]:
        """The checks for programs."""
        return {
            "token": self.token.value,
            "reference": "valid" if self.is_referred else "absent",
            "contact": self.contact.value,
            "authentication": self.authentication.value,
            **self.results,
        }


_METHODS = ("dmarc", "spf", "dkim")
_BRACKET = re.compile(r"([()])")
_RESULT = re.compile(r"^\s*(?P<method>[a-z0-9-]+)(?:/[0-9]+)?\s*=\s*(?P<result>[a-z]+)", re.I)
_GOOD, _BAD = frozenset({"pass"}), frozenset({"fail", "softfail", "hardfail"})


def authentication_results(headers: Iterable[str], server: str | None) -> dict[str, str]:
    """What one server's ``Authentication-Results`` say by method, the worst where it says several.

    Headers of other servers are left aside: whoever sends a mail can write them into it. Without a
    server of our own to believe, nothing is believed.
    """
    found: dict[str, str] = {}
    for header in headers:
        author, _, rest = _without_comments(header).partition(";")
        if not server or not author.split() or author.split()[0].lower() != server.lower():
            continue
        for part in rest.split(";"):
            said = _RESULT.match(part)
            if said and (method := said["method"].lower()) in _METHODS:
                result = said["result"].lower()
                found[method] = max(found.get(method, result), result, key=_badness)
    return found


def _without_comments(header: str) -> str:
    """The header without what stands in brackets, in time that grows with its length alone."""
    kept: list[str] = []
    begun: list[int] = []
    for piece in _BRACKET.split(header):
        if piece == ")" and begun:
            del kept[begun.pop() :]
            kept.append(" ")
            continue
        if piece == "(":
            begun.append(len(kept))
        kept.append(piece)
    return "".join(kept)


def _badness(result: str) -> int:
    return 2 if result in _BAD else 0 if result in _GOOD else 1


def judged(results: Mapping[str, str]) -> Authentication:
    """One word for all methods: DMARC decides where it was checked, else any failure tells."""
    dmarc = results.get("dmarc", "none")
    decisive = [dmarc] if dmarc in _GOOD | _BAD else list(results.values())
    if any(result in _BAD for result in decisive):
        return Authentication.FAIL
    return Authentication.PASS if any(r in _GOOD for r in decisive) else Authentication.NONE


def tag_in(address: str, mailbox: str) -> str | None:
    """The tag of a reply address such as ``answers+TAG@office.example``; None if it has none."""
    local, _, domain = mailbox.lower().rpartition("@")
    given, _, at = address.lower().rpartition("@")
    is_ours = at == domain and given.startswith(f"{local}+")
    return given.removeprefix(f"{local}+") if is_ours else None
