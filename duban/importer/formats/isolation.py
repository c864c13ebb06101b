"""Parsers in a child process, which may take neither long, nor much memory, nor its caller down."""

import json
import signal
import subprocess
import sys

from pydantic import TypeAdapter

from duban.importer.formats.child import REFUSED, SMALLER
from duban.importer.formats.refusal import FormatRefused
from models.document import Document

DOCUMENT = TypeAdapter(Document)


def read_isolated(module: str, content: bytes, seconds: float) -> Document:
    """Let a reader's module read a file in a child process; all that can go wrong is a refusal."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", module],
            input=content,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow() from error
    if done.returncode == 0:
        return DOCUMENT.validate_json(done.stdout)
    if done.returncode == REFUSED:
        raise FormatRefused(*json.loads(done.stdout))
    if done.returncode == -signal.SIGPROF:
        raise _too_slow()
    if done.returncode in {-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV}:
        raise FormatRefused("too-costly", "reading the file takes too much memory", SMALLER)
    raise FormatRefused(
        "damaged",
        f"the file cannot be read ({_last_line(done.stderr)})",
        "save it anew in Word, Excel or WPS, or ask the sender for plain text",
    )


def _too_slow() -> FormatRefused:
    return FormatRefused("too-costly", "reading the file takes too long", SMALLER)


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "its reader ended without a word"
