"""The order of items and what is put together."""

from models.notice import Reason
from models.policy import NoticeKind
from notifications.digest import Urgency, gathered, ordered, urgency
from tests.unit.notifications.samples import assignment, final_summary, haidong, mixed, thirty_five


def test_what_is_outstanding_comes_first_and_what_is_to_be_known_last() -> None:
    ranks = [urgency(item) for item in ordered(mixed().items)]
    assert ranks == sorted(ranks)
    assert ranks[0] is Urgency.SLIP_BLUE
    assert ranks[-1] is Urgency.FOR_INFORMATION


def test_an_assignment_can_be_neither_due_today_nor_overdue() -> None:
    assert urgency(assignment()) is Urgency.ASSIGNMENT


def test_within_a_kind_the_earlier_date_comes_first() -> None:
    slips = [item for item in ordered(thirty_five().items) if item.kind is NoticeKind.REMINDER]
    dates = [item.due_on for item in slips]
    assert dates == sorted(dates, key=str)


def test_items_that_are_alike_stay_in_the_order_of_the_document() -> None:
    units = ["市财政局", "市民政局", "古镇镇"]
    items = [final_summary(NoticeKind.SLIP_BLUE, -1, -1, unit) for unit in units]
    assert [item.unit for item in ordered(tuple(items))] == units


def test_copies_that_differ_in_their_unit_only_are_one_entry() -> None:
    copies = tuple(
        final_summary(NoticeKind.SLIP_ORANGE, -4, -4, unit, for_information=True)
        for unit in ("市财政局", "市民政局")
    )
    assert [[item.unit for item in group] for group in gathered(copies)] == [
        ["市财政局", "市民政局"]
    ]


def test_what_units_owe_themselves_is_never_put_together() -> None:
    owed = tuple(
        final_summary(NoticeKind.SLIP_BLUE, -1, -1, unit) for unit in ("市财政局", "市民政局")
    )
    assert len(gathered(owed)) == len(owed)


def test_a_notice_to_two_posts_at_one_address_is_read_once() -> None:
    item = final_summary(NoticeKind.REMINDER, 5, 3)
    assert len(gathered((item, item))) == 1


def test_a_notice_that_reached_nobody_is_not_mixed_with_copies() -> None:
    copy = final_summary(NoticeKind.SLIP_BLUE, -1, -1, "市财政局", for_information=True)
    lost = copy._replace(unit="市民政局", reason=Reason.UNREACHABLE)
    assert len(gathered((copy, lost))) == 2


def test_a_digest_of_one_plan_knows_it() -> None:
    sample = mixed()
    assert sample.plan is None
    one = sample._replace(items=(sample.items[0],))
    assert one.plan == sample.items[0].plan
    assert haidong("A1", NoticeKind.REMINDER, sample.on, 0, 0).plan != one.plan
