"""Bytes of a mail made into text, whatever they are labelled.

Chinese mail programs label GB 18030 as gb2312 or GBK; read by the label, every character outside
the older sets would be lost. The label is mended here, in one place; Python's table of codecs
stays as it is.
"""

import re
from codecs import lookup
from contextlib import suppress

_AS_GB18030 = re.compile(
    r"(?:x-)?(?:gb[_-]?2312(?:[_-]?80)?|gb[_-]?k|gb[_-]?18030|cp-?936|ms936|windows-936)"
    r"|chinese|euc-cn|cn-gb"
)
_TRUSTED = re.compile(
    r"utf-?(?:8|16|16le|16be|32)|big5(?:-?hkscs)?|cp950|hz(?:-gb-2312)?|iso-?8859-?\d{1,2}"
    r"|windows-?125\d|cp125\d|latin-?1|koi8-[ru]|shift[_-]?jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)"
)
"""Charsets that mails bear. Others that Python knows (punycode, unicode_escape) are no charsets."""


def decoded(content: bytes, label: str = "") -> str:
    """The text of the bytes: as labelled if that fits, else UTF-8, else GB 18030."""
    for charset in (*_labelled(label), "utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(charset)
    return content.decode((*_labelled(label), "utf-8")[0], errors="replace")


def _labelled(label: str) -> tuple[str, ...]:
    name = label.strip().strip("\"'").lower()
    if _AS_GB18030.fullmatch(name):
        return ("gb18030",)
    if not _TRUSTED.fullmatch(name):
        return ()
    with suppress(LookupError):
        return (lookup(name).name,)
    return ()


def from_surrogates(value: str, label: str = "") -> str:
    """A header's value as the parser gives it, with its raw 8-bit bytes made into text."""
    if value.isascii():
        return value
    return decoded(value.encode("utf-8", "surrogateescape"), label)
