"""The child process in which a file is parsed; it imports little, for it is started every time."""

import contextlib
import json
import logging
import resource
import signal
import sys
from collections.abc import Callable

from duban.importer.formats import limits
from duban.importer.formats.refusal import FormatRefused
from models.document import Document

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
