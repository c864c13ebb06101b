"""Notices of every usual shape, annotated by hand before they were read."""

import pytest

from tests.acceptance.import_score import added
from tests.acceptance.notice_cases import KINDS, NAMES, scored

AS_GOOD_AS = 0.97


@pytest.mark.parametrize("lot", sorted({name[0] for name in NAMES}))
def test_each_lot_is_read_as_it_was_annotated(lot: str) -> None:
    scores = added(scored(name) for name in NAMES if name.startswith(lot))
    short = [scores[kind] for kind in KINDS if scores[kind].f1 < AS_GOOD_AS]
    assert not short, "\n".join(f"{each}\n{each.wrong}" for each in short)
