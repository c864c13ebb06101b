"""Parsers in a child process, which may take neither long, nor much memory, nor its caller down."""

import contextlib
import json
import logging
import resource
import signal
import subprocess
import sys
from collections.abc import Callable

from pydantic import TypeAdapter

from duban.importer.formats import limits
from duban.importer.formats.refusal import FormatRefused
from models.document import Document

DOCUMENT = TypeAdapter(Document)
REFUSED = 3
SMALLER = "copy the plan alone into a new file and import that, or ask the sender for plain text"


def serve(reader: Callable[[bytes], Document]) -> None:
    """Be the child: read standard input, write the document or the refusal as JSON."""
    with contextlib.suppress(ValueError, OSError):  # a system may know no such limit
        resource.setrlimit(resource.RLIMIT_DATA, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
    signal.setitimer(signal.ITIMER_PROF, limits.SECONDS)
    logging.disable()
    try:
        answer: object = reader(sys.stdin.buffer.read())
        code = 0
    except FormatRefused as refusal:
        answer, code = (refusal.code, refusal.message, refusal.hint), REFUSED
    except (MemoryError, RecursionError):
        answer, code = ("too-costly", "reading the file takes too much memory", SMALLER), REFUSED
    json.dump(answer, sys.stdout, ensure_ascii=True)
    sys.exit(code)


def grant(seconds: float) -> None:
    """Give the child more processor time, up to what it had at the beginning; then it is killed."""
    left, _ = signal.getitimer(signal.ITIMER_PROF)
    if left:
        signal.setitimer(signal.ITIMER_PROF, min(left + seconds, limits.SECONDS))


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
