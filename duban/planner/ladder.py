"""From a policy's ladder to days: which rung falls on which workday."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from models.notice import Reason
from models.obligation import ItemKind, Stage, Standing
from models.policy import Moment, NoticeKind, Policy, Rung
from models.roster import Post
from models.workdays import WorkCalendar

_REASONS = {
    NoticeKind.ASSIGNMENT: Reason.FIRST_ASSIGNED,
    NoticeKind.ACKNOWLEDGE_CHASE: Reason.NO_ACKNOWLEDGEMENT,
    NoticeKind.REMINDER: Reason.DUE_SOON,
    NoticeKind.SLIP_BLUE: Reason.OVERDUE,
    NoticeKind.SLIP_ORANGE: Reason.STEP_REACHED,
    NoticeKind.SLIP_RED: Reason.STEP_REACHED,
    NoticeKind.CHASE: Reason.OVERDUE,
}


class Step(NamedTuple):
    """One rung on its day; a repeating rung gives ``chase-1``, ``chase-2`` …"""

    on: date
    name: str
    kind: NoticeKind
    reason: Reason
    to: tuple[Post, ...]


class Ladders:
    """The ladders of one plan on one calendar; each anchor date is worked out once."""

    def __init__(self, policy: Policy, calendar: WorkCalendar, last_day: date) -> None:
        """Bind a policy to a calendar and to the last day of a plan."""
        self.policy = policy
        self.calendar = calendar
        self.last_day = last_day
        self._known: dict[tuple[str | date, ...], list[Step]] = {}

    def steps(self, kind: ItemKind, armed_on: date, due_on: date | None) -> list[Step]:
        """Every step of an item's ladder, by day.

        An assignment counts from the day it was applied; a dated obligation around its due date;
        a standing duty, where the policy chases those at all, around the plan's last day. A dated
        kind without a date has no ladder.
        """
        if kind is ItemKind.ASSIGNMENT:
            return self._climb("assignment", {"apply": armed_on})
        if due_on is not None:
            # No rung here may name the day of application, so all items of one date share it.
            return self._climb("due", {"due": due_on})
        if kind is ItemKind.DUTY and self.policy.standing:
            return self._climb("standing", {"apply": armed_on, "due": self.last_day})
        return []

    def steps_of(self, item: Standing) -> list[Step]:
        """Every step of an item as it stands: a returned result is chased for by its inner date."""
        if item.stage is Stage.RETURNED and item.inner_due_on and self.policy.returned:
            return self._climb("returned", {"due": item.inner_due_on})
        return self.steps(item.kind, item.armed_on, item.chased_for)

    def _climb(
        self,
        ladder: Literal["assignment", "due", "returned", "standing"],
        anchors: dict[str, date],
    ) -> list[Step]:
        key = (ladder, *anchors.values())
        if key not in self._known:
            self._known[key] = self._days(getattr(self.policy, ladder), anchors)
        return self._known[key]

    def _days(self, ladder: tuple[Rung, ...], anchors: dict[str, date]) -> list[Step]:
        if "due" in anchors:
            anchors["T"] = self.calendar.on_or_before(anchors["due"])
        found: list[Step] = []
        for rung in ladder:
            day = self._day(rung.at, anchors)
            anchors[rung.name] = day
            is_last_call = rung.kind is NoticeKind.REMINDER and day == anchors.get("T")
            reason = Reason.DUE_TODAY if is_last_call else _REASONS[rung.kind]
            found += [
                Step(on, name, rung.kind, reason, rung.to) for name, on in self._repeats(rung, day)
            ]
        return sorted(found, key=lambda step: step.on)

    def _repeats(self, rung: Rung, day: date) -> list[tuple[str, date]]:
        if rung.repeat is None:
            return [(rung.name, day)]
        days = [day]
        while len(days) < rung.repeat.times:
            every = Moment(anchor="previous", sign=1, offset=rung.repeat.every)
            days.append(self._day(every, {"previous": days[-1]}))
        return [(f"{rung.name}-{count}", on) for count, on in enumerate(days, start=1)]

    def _day(self, at: Moment, anchors: dict[str, date]) -> date:
        """The workday a moment means.

        Calendar days before an anchor that end on a rest day move to the workday before it, after
        an anchor to the workday after it; so does the day of application itself.
        """
        anchor, count = anchors[at.anchor], at.sign * at.offset.count
        if at.offset.unit == "working days" and count:
            return self.calendar.shift(anchor, count)
        day = anchor + timedelta(days=count)
        if at.sign < 0:
            return self.calendar.on_or_before(day)
        return self.calendar.on_or_after(day)
