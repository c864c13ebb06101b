"""Every stage with every entry: where it leads, or what would be possible instead."""

from itertools import product

import pytest

from models.entry import EntryKind, allowed, next_stage
from models.obligation import ItemKind, Stage

# Columns: reported, completed, returned, accepted, closed-out; "-" is refused.
ENTRIES = ("reported", "completed", "returned", "accepted", "closed-out")
TABLE = """
    assigned      reported  completed  -         -         -
    acknowledged  reported  completed  -         -         -
    reported      reported  completed  -         -         -
    completed     -         -          returned  accepted  -
    returned      returned  completed  -         -         -
    accepted      -         -          returned  -         closed-out
    closed-out    -         -          -         -         -
    withdrawn     -         -          -         -         -
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
MOVES = {
    (Stage(stage), EntryKind(entry)): None if after == "-" else Stage(after)
    for stage, *cells in ROWS
    for entry, after in zip(ENTRIES, cells, strict=True)
}
PAIRS = list(product(Stage, EntryKind))
OWED = [kind for kind in ItemKind if kind is not ItemKind.ASSIGNMENT]


def test_the_table_knows_every_stage() -> None:
    assert [row[0] for row in ROWS] == [stage.value for stage in Stage]


@pytest.mark.parametrize(("stage", "entry"), PAIRS)
def test_what_an_entry_does_to_something_owed(stage: Stage, entry: EntryKind) -> None:
    after = {next_stage(kind, stage, entry) for kind in OWED}
    assert after == {MOVES.get((stage, entry))}


@pytest.mark.parametrize(("stage", "entry"), PAIRS)
def test_an_assignment_can_only_be_acknowledged_and_only_once(
    stage: Stage, entry: EntryKind
) -> None:
    is_legal = (stage, entry) == (Stage.ASSIGNED, EntryKind.ACKNOWLEDGED)
    after = next_stage(ItemKind.ASSIGNMENT, stage, entry)
    assert after is (Stage.ACKNOWLEDGED if is_legal else None)


@pytest.mark.parametrize(("kind", "stage"), list(product(ItemKind, Stage)))
def test_a_refusal_can_say_exactly_what_is_legal(kind: ItemKind, stage: Stage) -> None:
    legal = [entry for entry in EntryKind if next_stage(kind, stage, entry) is not None]
    assert sorted(allowed(kind, stage)) == sorted(legal)


def test_nothing_leads_out_of_the_end() -> None:
    over = [stage for stage in Stage if stage.is_over]
    assert over == [Stage.CLOSED_OUT, Stage.WITHDRAWN]
    assert [allowed(kind, stage) for kind in ItemKind for stage in over] == [[]] * 2 * len(ItemKind)


def test_only_a_new_completion_answers_a_return() -> None:
    stage: Stage | None = Stage.RETURNED
    for _ in range(3):
        stage = stage and next_stage(ItemKind.REPORT, stage, EntryKind.REPORTED)
    assert stage is Stage.RETURNED
    assert next_stage(ItemKind.REPORT, Stage.RETURNED, EntryKind.COMPLETED) is Stage.COMPLETED
