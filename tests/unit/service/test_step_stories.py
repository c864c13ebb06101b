"""The steps of an item's ladder as they are told: of a returned result those of its inner date."""

from datetime import date

import pytest

from duban.service.step_stories import step_stories
from models.obligation import Stage
from tests.builders import ladders, sentences, standard, standing

DUE_ON = date(2024, 10, 20)
INNER_DATES = [
    ("before the date in force", date(2024, 10, 11)),
    ("on the very day", DUE_ON),
    ("after it", date(2024, 11, 1)),
]


@pytest.mark.parametrize("inner", sentences(INNER_DATES))
def test_a_returned_result_climbs_the_ladder_of_its_inner_date(inner: date) -> None:
    item = standing(DUE_ON, stage=Stage.RETURNED, inner_due_on=inner)
    stories = step_stories(item, ladders(), [], date(2024, 10, 10))
    assert [story.step for story in stories][:3] == [
        "rework-reminder-1w",
        "rework-reminder-0",
        "rework-slip-blue",
    ]
    assert stories[2].anchor_on == inner


def test_where_a_policy_has_no_such_ladder_the_one_of_due_dates_is_climbed() -> None:
    item = standing(DUE_ON, stage=Stage.RETURNED, inner_due_on=date(2024, 11, 1))
    stories = step_stories(item, ladders(standard(returned=[])), [], date(2024, 10, 10))
    assert [story.step for story in stories][-1] == "chase-8"
    assert {story.anchor_on for story in stories if story.step == "slip-blue"} == {
        date(2024, 11, 1)
    }
