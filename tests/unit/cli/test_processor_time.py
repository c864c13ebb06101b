"""A limit to the processor time of a part of a command."""

import signal
from itertools import count

import pytest

from duban.cli.processor_time import within_processor_time
from duban.importer.formats.refusal import FormatRefused


def test_what_takes_more_is_refused() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(FormatRefused, match="too long") as refused, within_processor_time(0.01):
        for _ in count():
            pass
    assert refused.value.code == "too-costly"
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0


def test_what_takes_less_is_done() -> None:
    with within_processor_time(60):
        done = True
    assert done
