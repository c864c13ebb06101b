"""Which stages say nothing more, and which are off the books."""

import pytest

from models.obligation import Stage
from tests.builders import sentences

TABLE = [
    ("assigned speaks", Stage.ASSIGNED, False, False),
    ("acknowledged is not yet answered", Stage.ACKNOWLEDGED, False, False),
    ("progress is no answer", Stage.REPORTED, False, False),
    ("completed waits for the office, not for the unit", Stage.COMPLETED, True, False),
    ("returned speaks again", Stage.RETURNED, False, False),
    ("accepted is answered", Stage.ACCEPTED, True, False),
    ("closed out is over", Stage.CLOSED_OUT, True, True),
    ("declined waits for the office", Stage.DECLINED, True, False),
    ("suspended rests", Stage.SUSPENDED, True, False),
    ("re-routed is another unit's", Stage.REASSIGNED, True, True),
    ("withdrawn is over", Stage.WITHDRAWN, True, True),
]


@pytest.mark.parametrize(("stage", "is_silent", "is_over"), sentences(TABLE))
def test_a_stage(stage: Stage, is_silent: bool, is_over: bool) -> None:
    assert (stage.is_silent, stage.is_over) == (is_silent, is_over)


def test_the_table_knows_every_stage() -> None:
    assert [row[1] for row in TABLE] == list(Stage)
