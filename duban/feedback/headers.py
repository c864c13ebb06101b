"""A mail's header lines made into text and addresses, whatever stands in them.

The parser of ``email.policy.default`` raises on some malformed headers and needs quadratic time
for others, so a header is taken raw (``compat32``) and read here by expressions of linear time.
"""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice
from quopri import decodestring
from typing import NamedTuple

from duban.feedback.charsets import decoded, from_surrogates

Part = Message
"""One part of a mail, as the standard library's parser gives it."""

_LONGEST = 20_000
"""Characters of one header that are read; more is an attack or an accident."""

_MOST = 100
"""So many headers of one name are read, the topmost."""

_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)\?=")
_WORD_GAP = re.compile(r"(\?=)[ \t\r\n]+(?==\?)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*(?P<end>"?)')
"""A string in quotes; one that nothing closes goes to the end, or each quote would be tried."""

_COMMENT = re.compile(r"\([^()]*\)")
_IN_ANGLES = re.compile(r"<\s*([^<>\s@]+@[^<>\s@]+)\s*>")
_BARE = re.compile(r"(?<![^\s<>@,;:\"()])[^\s<>@,;:\"()]+@[^\s<>@,;:\"()]+")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,900}>")


class Named(NamedTuple):
    """An address in lower case, and the name that stands with it."""

    address: str
    name: str


def raw_values(part: Part, name: str) -> Iterator[str]:
    """The values of the headers of a name, unfolded, undecoded, of a sane length and number."""
    wanted = name.lower()
    found = (value for header, value in part.raw_items() if header.lower() == wanted)
    for value in islice(found, _MOST):
        yield re.sub(r"\r?\n[ \t]?", " ", str(value)[:_LONGEST]).replace("\x00", "").strip()


def raw_value(part: Part, name: str) -> str:
    """The first value of a header, as ``raw_values`` gives it; empty where there is none."""
    return next(raw_values(part, name), "")


def text_of(value: str) -> str:
    """A header's value with its encoded words (RFC 2047, also badly split) and raw bytes read."""
    joined = _WORD_GAP.sub(r"\1", value)
    pieces: list[str] = []
    at, held, charset = 0, b"", ""
    for word in _WORD.finditer(joined):
        label = word[1].split("*", 1)[0].lower()
        if held and (word.start() > at or label != charset):
            pieces.append(decoded(held, charset))
            held = b""
        pieces.append(from_surrogates(joined[at : word.start()]))
        # A character may be cut in two between words, so the bytes are joined before they are read.
        held, charset, at = held + _word_bytes(word), label, word.end()
    pieces.append(decoded(held, charset))
    pieces.append(from_surrogates(joined[at:]))
    return " ".join("".join(pieces).split())


def _word_bytes(word: re.Match[str]) -> bytes:
    content = word[3].encode("utf-8", "surrogateescape")
    if word[2] in "qQ":
        return decodestring(content, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    try:
        return b64decode(letters + b"=" * (-len(letters) % 4))
    except Error:
        return b64decode(letters[: len(letters) // 4 * 4])


def text_value(part: Part, name: str) -> str:
    """The first value of a header as text in one line; empty where there is none."""
    return text_of(raw_value(part, name))


def named_addresses(value: str) -> tuple[Named, ...]:
    """The addresses of one header, each with its name; what only looks like one in a name, not.

    Those without angle brackets beside others that have them count too: a server may have checked
    one and a reader believe the other.
    """
    quoted = (match[0][1:-1].replace("\\", "") for match in _QUOTED.finditer(value) if match["end"])
    bare = _COMMENT.sub(" ", _QUOTED.sub(_without_quoted, value))
    found: list[Named] = []
    at = 0
    for match in _IN_ANGLES.finditer(bare):
        *others, name = re.split("[,;]", bare[at : match.start()])
        found += [Named(address, "") for other in others for address in _bare(other, quoted)]
        named = re.sub("\x00", lambda _: next(quoted, ""), name)
        found.append(Named(_lower(match[1]), text_of(named.strip())))
        at = match.end()
    return (*found, *(Named(address, "") for address in _bare(bare[at:], quoted)))


def _without_quoted(quoted: re.Match[str]) -> str:
    return " \x00 " if quoted["end"] else quoted[0]


def _bare(text: str, quoted: Iterator[str]) -> list[str]:
    """The addresses without brackets in a piece, whose quoted names are passed over."""
    for _ in range(text.count("\x00")):
        next(quoted, "")
    return [_lower(match[0]) for match in _BARE.finditer(text)]


def _lower(address: str) -> str:
    """In lower case as far as it is ASCII: others may become letters that they only look like."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in address)


def addresses(part: Part, *names: str) -> tuple[str, ...]:
    """The bare addresses in all headers of these names, each once, in their order."""
    values = (value for name in names for value in raw_values(part, name))
    found = (named.address for value in values for named in named_addresses(value))
    return tuple(dict.fromkeys(found))


def sender_of(part: Part) -> Named:
    """Whom a mail is from; without an address where From names none, or more than one."""
    found = [named for value in raw_values(part, "From") for named in named_addresses(value)]
    if len({named.address for named in found}) == 1:
        return found[0]
    return Named("", found[0].name if found else "")


def message_ids(part: Part, *names: str) -> tuple[str, ...]:
    """The Message-IDs, angle brackets included, in all headers of these names, each once."""
    values = (value for name in names for value in raw_values(part, name))
    return tuple(
        dict.fromkeys(match[0] for value in values for match in _MESSAGE_ID.finditer(value))
    )


def sent_at_of(part: Part) -> datetime | None:
    """When a mail says that it was sent, aware; None where it says nothing that can be read."""
    try:
        stated = parsedate_to_datetime(raw_value(part, "Date"))
        return stated if stated.tzinfo else stated.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
