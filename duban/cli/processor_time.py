"""A limit to the processor time that a part of a command may take."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from duban.importer.formats.child import SMALLER
from duban.importer.formats.refusal import FormatRefused


@contextmanager
def within_processor_time(seconds: float) -> Iterator[None]:
    """Refuse with the code ``too-costly`` what takes more; for the main thread only."""
    before = signal.signal(signal.SIGPROF, _refuse)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _refuse(_signal: int, _frame: FrameType | None) -> None:
    raise FormatRefused("too-costly", "making a plan of the file takes too long", SMALLER)
