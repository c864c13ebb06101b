"""The order of items and what is put together."""

from models.notice import Reason
from models.policy import NoticeKind
from notifications.digest import Urgency, gathered, numbering, ordered, urgency
from tests.unit.notifications.sample_decisions import missing as inner_date
from tests.unit.notifications.sample_items import assignment, final_summary, haidong
from tests.unit.notifications.samples import mixed, thirty_five


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


def test_what_the_reader_owes_comes_before_what_an_office_is_asked() -> None:
    request = final_summary(NoticeKind.REQUEST, 10, 7, reason=Reason.DECLINED, for_information=True)
    found = ordered((request, assignment()))
    assert [item.for_information for item in found] == [False, True]


def test_a_decision_stands_between_what_is_due_today_and_reminders() -> None:
    decision = final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.RETURNED)
    today = final_summary(NoticeKind.REMINDER, 0, 0)
    later = final_summary(NoticeKind.REMINDER, 5, 3)
    assert [urgency(item) for item in ordered((later, decision, today))] == [
        Urgency.DUE_TODAY,
        Urgency.DECISION,
        Urgency.REMINDER,
    ]


def test_each_request_is_an_entry_of_its_own() -> None:
    asked = tuple(
        final_summary(NoticeKind.REQUEST, 5, 3, unit, reason=Reason.DECLINED, for_information=True)
        for unit in ("市财政局", "市民政局")
    )
    assert len(gathered(asked)) == len(asked)


def test_units_that_are_missing_at_an_inner_date_are_one_entry() -> None:
    [[*missing]] = gathered(inner_date().items)
    assert [item.unit for item in missing] == ["市财政局", "市商务局", "市税务局"]


def test_what_can_be_answered_has_the_first_numbers_in_reading_order() -> None:
    slip = final_summary(NoticeKind.SLIP_BLUE, -1, -1)
    copy = final_summary(NoticeKind.SLIP_RED, -9, -7, "市财政局", for_information=True)
    numbered = numbering((assignment(), copy, slip))
    assert numbered == (slip.obligation, assignment().obligation)


def test_numbers_given_once_stay_and_new_ones_come_behind() -> None:
    slip = final_summary(NoticeKind.SLIP_BLUE, -1, -1)
    known = ("answered-meanwhile", assignment().obligation)
    assert numbering((slip, assignment()), known) == (*known, slip.obligation)


def test_decisions_on_one_obligation_are_one_entry() -> None:
    returned = final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.RETURNED)
    refused = final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.EXTENSION_REFUSED)
    items = (returned._replace(step="decision-1"), refused._replace(step="decision-2"))
    assert gathered(items) == [list(items)]


def test_what_the_plan_asks_no_more_has_no_number() -> None:
    gone = final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.WITHDRAWN)
    assert numbering((gone, assignment())) == (assignment().obligation,)
