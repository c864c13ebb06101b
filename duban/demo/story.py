"""Who answers when and how: made up, but the same every time, and much as such offices behave.

Four in five answer before the date, some on the last day or under a slip; one never does. Of 中山's
units most answer by mail or page, of the other plans' a few. The office sends some results back,
accepts the rest and closes most of them out.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from duban.demo.deed import CLERK, LEADER, REVIEWER, Deed, Way
from duban.demo.incidents import Letter, Settling, incidents, is_told, letters
from duban.demo.wording import Wording, chance
from duban.planner.obligations import obligations
from models.entry import EntryKind
from models.obligation import ItemKind, Obligation
from models.office import Plan
from models.workdays import WorkCalendar

BOUNCING = "liaison@tobacco-monopoly.zhongshan.example"
"""An address that the demonstration's mail server does not know."""

NEVER = "zhongshan-2023/final-summary/神湾镇"
"""What is never answered, so that every rung to the last is seen."""

_ACKNOWLEDGED_AFTER = ((70, 1), (85, 2), (93, 4), (98, 7))
_COMPLETED = ((25, -12), (45, -8), (65, -5), (80, -2), (86, 0), (94, 2), (98, 6), (100, 12))
_UPLOADS = 50
_SENT_BACK, _ACCEPTED, _CLOSED = 8, 85, 70

_SUMMARIES = {"midterm-summary": "midterm", "final-summary": "final"}
_TOWNS = ("镇", "街道")
_WAYS = {
    "midterm-summary": (40, 72),
    "final-summary": (28, 50),
    "assignment": (15, 30),
}
"""Of a hundred of 中山's units so many answer by mail, and up to so many by mail or page."""

_ELSEWHERE = (1, 3)
"""The same for the dated obligations of the other plans."""


Event = Deed | Letter | Settling


def story(plan: Plan, calendar: WorkCalendar, applied_on: date) -> list[Event]:
    """Everything that is said about a plan after it was applied, by day."""
    items = obligations(plan)
    teller = _Teller(items, plan, calendar, applied_on)
    told: list[Event] = [each for item in items if not is_told(item) for each in teller.of(item)]
    told += [*incidents(plan, teller.wording), *letters(plan)]
    return sorted(told, key=lambda event: event.on)


class _Teller:
    """Tells what becomes of the obligations of one plan."""

    def __init__(
        self, items: Iterable[Obligation], plan: Plan, calendar: WorkCalendar, applied_on: date
    ) -> None:
        units = dict.fromkeys(item.unit for item in items)
        towns = [unit for unit in units if unit.endswith(_TOWNS)]
        self.wording = Wording(plan.matrix.duties, towns)
        self._calendar = calendar
        self._applied_on = applied_on

    def of(self, item: Obligation) -> Iterator[Deed]:
        """What is said about one obligation."""
        if item.kind is ItemKind.ASSIGNMENT:
            yield from self._receipt(item)
        elif item.due_on is not None and item.id != NEVER:
            yield from self._life(item)

    def _receipt(self, item: Obligation) -> Iterator[Deed]:
        after = _pick(item.id, _ACKNOWLEDGED_AFTER)
        if after is None:
            return
        on = self._calendar.shift(self._applied_on, after)
        text = self.wording.sentence("acknowledged", item.unit, item.id)
        way = _way(item, "assignment")
        yield Deed(on, item.id, EntryKind.ACKNOWLEDGED, f"{item.unit}联络员", text, way)

    def _life(self, item: Obligation) -> Iterator[Deed]:
        key = item.id.split("/")[1]
        is_event = item.kind is ItemKind.PUBLICITY
        on, by = self._completed_on(item), f"{item.unit}联络员"
        done = self._answer(item, key)._replace(on=on, by=by)
        yield done
        office = chance(f"office/{item.id}")
        if office < _SENT_BACK and not is_event:
            on = self._calendar.shift(on, 2)
            reason = self.wording.sentence("returned", item.unit, item.id)
            until = self._calendar.shift(on, 5)
            yield Deed(on, item.id, EntryKind.RETURNED, REVIEWER, reason, until=until)
            on = self._calendar.shift(on, 4)
            more = self.wording.sentence("resubmitted", item.unit, item.id)
            yield done._replace(on=on, text=done.text if done.passages else more)
        if office < _ACCEPTED:
            on = self._calendar.shift(on, 3)
            text = self.wording.sentence("accepted", item.unit, item.id)
            yield Deed(on, item.id, EntryKind.ACCEPTED, REVIEWER, text)
        if office < _CLOSED:
            on = self._calendar.shift(on, 2)
            text = self.wording.sentence("closed_out", item.unit, item.id)
            yield Deed(on, item.id, EntryKind.CLOSED_OUT, LEADER, text)

    def _completed_on(self, item: Obligation) -> date:
        assert item.due_on is not None
        days = _pick(item.id, _COMPLETED) or 0
        if item.kind is ItemKind.PUBLICITY:  # it takes place on its day, if not before
            days = min(days, 0)
        anchor = self._calendar.on_or_before(item.due_on) if days <= 0 else item.due_on
        earliest = self._calendar.shift(self._applied_on, 2)
        return max(self._calendar.shift(anchor, days), earliest)

    def _answer(self, item: Obligation, key: str) -> Deed:
        way = _way(item, key)
        has_picture = way is Way.PAGE and chance(f"upload/{item.id}") < _UPLOADS
        upload = "会议现场照片.png" if has_picture else ""
        done = Deed(date.min, item.id, EntryKind.COMPLETED, CLERK, way=way, upload=upload)
        if summary := _SUMMARIES.get(key):
            remark = self.wording.remark(item.unit, summary)
            return done._replace(text=remark, passages=self.wording.passages(item.unit, summary))
        text = self.wording.sentence(item.kind.value, item.unit, item.id)
        return done._replace(text=text)


def _way(item: Obligation, key: str) -> Way:
    is_here = item.plan == "zhongshan-2023"
    by_mail, by_page = _WAYS.get(key, _ELSEWHERE) if is_here else _ELSEWHERE
    if not is_here and item.kind is ItemKind.ASSIGNMENT:
        return Way.COMMAND
    number = chance(f"way/{item.id}")
    return Way.MAIL if number < by_mail else Way.PAGE if number < by_page else Way.COMMAND


def _pick(key: str, table: Iterable[tuple[int, int]]) -> int | None:
    number = chance(key)
    return next((value for limit, value in table if number < limit), None)
