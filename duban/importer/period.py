"""The period of a drafted plan, and the obligations whose dates lie outside it."""

from datetime import date

from pydantic import TypeAdapter, ValidationError

from duban.importer.dates.phrase import Due
from duban.planner.due_dates import due_dates, proposed_dates
from models.draft import DatedDuty, Doubt, Draft
from models.due import DueRule
from models.matrix import Matrix, Period, Status

_RULE: TypeAdapter[DueRule] = TypeAdapter(DueRule)


def plan_period(draft: Draft, today: date) -> Period:
    """The years that the document names; else those proposed, else that of issue or of today."""
    head = draft.head
    if head.period:
        first, last = head.period
        return Period(first=first, last=last)
    year = (head.issued_on or today).year
    proposed = next((each.suggestion for each in draft.doubts if each.code == "head-period"), None)
    last_year = int(proposed[11:15]) if proposed and proposed[11:15].isdigit() else year
    return Period(
        first=date(year, 1, 1),
        last=date(max(year, last_year), 12, 31),
        because="文件没有写起止年份，暂定，须由办公室确认",
    )


def within_period(draft: Draft, today: date) -> Draft:
    """The draft without rules that never fall due in its period; each is asked about.

    Of a duty that comes again within the year only the times that fall due are kept: a plan
    issued in May asks for no report of the first quarter.
    """
    plan = _bare_plan(draft, today)
    kept = [duty for duty in draft.dated if _falls_due(duty, plan)]
    known = {_identity(duty) for duty in kept}
    lost = [duty for duty in draft.dated if duty not in kept and _identity(duty) not in known]
    keys = {duty.key for duty in (*kept, *lost)}
    duties = (
        duty._replace(
            due=None if duty in lost else duty.due,
            feeds=duty.feeds if duty.feeds in keys else None,
        )
        for duty in draft.dated
        if duty.key in keys
    )
    return draft._replace(dated=tuple(duties), doubts=(*draft.doubts, *map(_asked, lost)))


def _identity(duty: DatedDuty) -> DatedDuty:
    """What the duties have in common that one rhythm makes: all but key and day."""
    return duty._replace(key="", due=None, feeds=None)


def due_rule(due: Due | None) -> DueRule | None:
    """A due rule of the draft as the plan's own; None where a plan cannot have it."""
    if due is None:
        return None
    try:
        return _RULE.validate_python(due)
    except ValidationError:
        return None


def _falls_due(duty: DatedDuty, plan: Matrix) -> bool:
    rule = due_rule(duty.due)
    return rule is None or bool(due_dates(rule, plan) or proposed_dates(rule, plan))


def _asked(duty: DatedDuty) -> Doubt:
    words = f"“{duty.title[:60]}”的期限不在方案起止之内（{duty.text[:40]}），如何确定？"
    return Doubt("date-outside-period", words, None, duty.place, duty.key)


def _bare_plan(draft: Draft, today: date) -> Matrix:
    """A plan of the draft's dates and of nothing else, for the rules to be held against."""
    return Matrix(
        id="draft",
        title="-",
        issuer="-",
        jurisdiction="-",
        coordinator="-",
        status=Status.DRAFT,
        issued_on=draft.head.issued_on,
        period=plan_period(draft, today),
        duties=(),
    )
