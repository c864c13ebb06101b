"""From the bytes of a file to its text, or to the reasons why it cannot be read."""

import codecs
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from duban.loader.findings import problem
from models.problem import Problem, SourceMark

SIZE_LIMIT = 1024 * 1024
"""Bytes; the largest of the five plans has a twentieth of it."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_COMMON_HANZI = range(0x4E00, 0xA000)
_REPORTED_CHARACTERS = 20


def read(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The text of a file without its byte order mark, or None and why; ``name`` is for messages."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None, [problem("Y101", SourceMark(name), "this is not a file")]
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, [problem("Y101", SourceMark(name), f"the file cannot be read: {reason}")]
    return decode(content, name)


def decode(content: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """The text that bytes stand for, or None and why."""
    if len(content) > SIZE_LIMIT:
        message = f"the file is larger than {SIZE_LIMIT // 1024} KiB"
        hint = "a plan of thirty rows has some 60 KiB; split the plan, or look what got in"
        return None, [problem("Y105", SourceMark(name), message, hint)]
    encoding = _encoding_by_mark(content)
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(content, name, error.start, encoding or _likely_encoding(content))]
    if encoding or (looks := _wide_without_mark(content)):
        return None, [_not_utf8(content, name, 0, encoding or looks)]
    invisible = list(_invisible(text, name))
    return (None if invisible else text), invisible


def _encoding_by_mark(content: bytes) -> str:
    return next((name for mark, name in _BOMS if content.startswith(mark)), "")


def _wide_without_mark(content: bytes) -> str:
    """UTF-16 of ASCII text is also valid UTF-8: every other byte is zero."""
    half = len(content) // 2
    if half and max(content[0::2].count(0), content[1::2].count(0)) > half * 0.4:
        return "UTF-16"
    return ""


def _likely_encoding(content: bytes) -> str:
    if b"\0" in content:
        return "UTF-16"
    for encoding, shown in (("gb18030", "GB18030 (GBK)"), ("big5", "Big5")):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        beyond_ascii = [char for char in text if ord(char) > 0x7F]  # noqa: PLR2004
        hanzi = sum(ord(char) in _COMMON_HANZI for char in beyond_ascii)
        if hanzi * 2 > len(beyond_ascii):
            return shown
    return ""


def _not_utf8(content: bytes, name: str, at: int, looks_like: str) -> Problem:
    line = content.count(b"\n", 0, at) + 1
    start = content.rfind(b"\n", 0, at) + 1
    column = len(content[start:at].decode("utf-8", "replace")) + 1
    looks = f"; it looks like {looks_like}" if looks_like else ""
    hint = "save it as UTF-8: in WPS and Notepad under Save as, Encoding"
    return problem("Y107", SourceMark(name, line, column), f"the file is not UTF-8{looks}", hint)


def _invisible(text: str, name: str) -> Iterator[Problem]:
    """Control and format characters; U+0085 and U+2028 would also shift YAML's line numbers."""
    if text.isprintable():
        return
    found = 0
    for number, line in enumerate(text.split("\n"), start=1):
        visible = line.removesuffix("\r").replace("\t", " ")
        if visible.isprintable():
            continue
        for column, char in enumerate(visible, start=1):
            if is_invisible(char):
                yield problem("Y108", SourceMark(name, number, column), *_described(char))
                found += 1
                if found == _REPORTED_CHARACTERS:
                    return


def is_invisible(char: str) -> bool:
    """Whether a character has no shape of its own and is no white space that people type."""
    return char not in "\t\n" and unicodedata.category(char) in _INVISIBLE


def _described(char: str) -> tuple[str, str]:
    name = unicodedata.name(char, "CONTROL CHARACTER")
    return (
        f"a character that cannot be seen: U+{ord(char):04X} {name}",
        "delete it, or type it anew",
    )
