"""The parts of a mail: which of them are the answer's text, and which are attachments."""

import re
from collections.abc import Iterator
from email.message import Message
from mimetypes import guess_extension
from typing import NamedTuple

from duban.feedback.charsets import decoded, from_surrogates
from duban.feedback.headers import Part, raw_value, text_of, text_value
from duban.feedback.html_text import text_of_html

MOST_PARTS = 1000
"""So many parts of a mail are looked at; one that has more goes to the office unread."""

_DEEPEST = 40
_LONGEST_TEXT = 500_000
_LONGEST_NAME = 150
_DECORATION = 10_000
"""An image of fewer bytes that the text shows in its place is a logo or a part of a signature."""

_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_TEXTS = frozenset({"text/plain", "text/html"})
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class Attachment(NamedTuple):
    """A file that came with a mail; its name is for people and never a path."""

    file_name: str
    media_type: str
    content: bytes


class TooManyPartsError(Exception):
    """The mail has more parts, or deeper ones, than anybody would write."""


def own_parts(mail: Part) -> Iterator[Part]:
    """The leaves of a mail in their order; an attached mail is one leaf.

    Raises:
        TooManyPartsError: there are more than ``MOST_PARTS``, or they are nested too deep.
    """
    waiting = [(mail, 0)]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part, depth = waiting.pop()
        if depth > _DEEPEST:
            raise TooManyPartsError
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += [(child, depth + 1) for child in reversed(children_of(part))]
        else:
            yield part
    if waiting:
        raise TooManyPartsError


def children_of(part: Part) -> list[Part]:
    """The parts within a part; none in a leaf."""
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if part.is_multipart() else []


def content_of(part: Part) -> bytes:
    """The bytes of a leaf, its transfer encoding taken off; a whole mail for an attached one."""
    if part.is_multipart():
        return b"\n".join(child.as_bytes() for child in children_of(part))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def text_content(part: Part) -> str:
    """The text of a leaf by its charset; HTML as its reader sees it; soft line breaks undone."""
    content = content_of(part)
    charset = _parameter(part, "charset", "Content-Type")
    text = decoded(content[: 4 * _LONGEST_TEXT], charset)[:_LONGEST_TEXT]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if part.get_content_type() == "text/html":
        return text_of_html(text)
    if _parameter(part, "format", "Content-Type").lower() == "flowed":
        is_glued = _parameter(part, "delsp", "Content-Type").lower() == "yes"
        return _unflowed(text, is_glued)
    return text


def _unflowed(text: str, is_glued: bool) -> str:
    """RFC 3676: a line that ends with a space goes on in the next of the same quote."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        quote = re.match(r">*", line)
        depth = quote.end() if quote else 0
        words = line[depth:].removeprefix(" ")
        mark = ">" * depth + " " * bool(depth)
        if goes_on and lines and lines[-1].startswith(mark) and (depth or lines[-1][0] != ">"):
            lines[-1] = (lines[-1][:-1] if is_glued else lines[-1]) + words
        else:
            lines.append(mark + words)
        goes_on = words.endswith(" ") and words != "-- "
    return "\n".join(lines)


def _parameter(part: Part, name: str, header: str) -> str:
    """A parameter of a header as text, whether written by RFC 2231, RFC 2047 or by no rule."""
    # The parser gives a header with raw 8-bit bytes only with these bytes replaced.
    readable = Message()
    readable[header] = from_surrogates(raw_value(part, header))
    value = readable.get_param(name, "", header)
    if isinstance(value, tuple):
        charset, _, text = value
        return decoded(text.encode("latin-1", "replace"), charset or "")
    return text_of(str(value)) if value else ""


def file_name_of(part: Part) -> str:
    """The name that the sender gave a part, without folders and controls; empty where none."""
    name = _parameter(part, "filename", "Content-Disposition") or _parameter(
        part, "name", "Content-Type"
    )
    last = re.split(r"[/\\]", _UNPRINTABLE.sub("", from_surrogates(name)))[-1].strip(" .")
    if len(last) <= _LONGEST_NAME:
        return last
    stem, dot, ending = last.rpartition(".")
    return f"{stem[: _LONGEST_NAME - 12]}{dot}{ending[:10]}" if dot else last[:_LONGEST_NAME]


def is_attached(part: Part) -> bool:
    """Whether a leaf is a file rather than text of the mail."""
    if part.get_content_type() not in _TEXTS:
        return True
    return part.get_content_disposition() == "attachment" or bool(file_name_of(part))


def body_of(leaves: list[Part]) -> str:
    """The text of a mail: of alternatives the plain one unless it is blank, then what follows."""
    texts = [leaf for leaf in leaves if not is_attached(leaf)]
    plain = [text for leaf in texts if _is_plain(leaf) and (text := text_content(leaf)).strip()]
    if plain:
        return "\n".join(plain)
    return "\n".join(text for leaf in texts if (text := text_content(leaf)).strip())


def _is_plain(leaf: Part) -> bool:
    return leaf.get_content_type() == "text/plain"


def attachments_of(leaves: list[Part]) -> tuple[Attachment, ...]:
    """The files of a mail, without signatures and the small images that its text shows."""
    shown = " ".join(
        content_of(leaf).decode("latin-1")
        for leaf in leaves
        if leaf.get_content_type() == "text/html" and not is_attached(leaf)
    )
    files = [leaf for leaf in leaves if is_attached(leaf)]
    found = (_attachment(leaf, number) for number, leaf in enumerate(files, start=1))
    return tuple(
        attachment
        for leaf, attachment in zip(files, found, strict=True)
        if attachment.content
        and attachment.media_type not in _SIGNATURES
        and not _is_decoration(leaf, attachment, shown)
    )


def _is_decoration(leaf: Part, attachment: Attachment, shown: str) -> bool:
    name = raw_value(leaf, "Content-ID").strip("<> ")
    is_small_image = (
        attachment.media_type.startswith("image/") and len(attachment.content) < _DECORATION
    )
    return is_small_image and bool(name) and f"cid:{name}" in shown


def _attachment(leaf: Part, number: int) -> Attachment:
    media_type = leaf.get_content_type()
    name = file_name_of(leaf)
    if not name and media_type == "message/rfc822" and leaf.is_multipart():
        subject = text_value(children_of(leaf)[0], "Subject")
        name = _UNPRINTABLE.sub("", re.sub(r"[/\\]", "_", subject))[:_LONGEST_NAME] + ".eml"
    if not name.removesuffix(".eml"):
        name = f"附件{number}{_ending(media_type)}"
    return Attachment(name, media_type, content_of(leaf))


def _ending(media_type: str) -> str:
    return ".eml" if media_type == "message/rfc822" else guess_extension(media_type) or ".bin"
