"""What is said on the inner dates of a report, to leads and office, once for each unit.

Level-triggered like the ladders: the answer depends on the ledger alone, so a missed run is caught
up and a second one says nothing new.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from models.collation import Chain, ChainStep, InnerStep, Reporter, Told, Written
from models.entry import EntryKind
from models.notice import Notice, Reason, Recipient, Silence
from models.obligation import Stage
from models.policy import NoticeKind
from models.reach import Reach
from models.roster import Post

_ANSWERS = frozenset({EntryKind.REPORTED, EntryKind.COMPLETED})


def usable(written: Iterable[Written]) -> list[Written]:
    """The answers that stand, in order: what was sent back counts only when it came again."""
    found: dict[str, list[Written]] = {}
    for entry in sorted(written, key=lambda entry: entry.id):
        answers = found.setdefault(entry.obligation, [])
        if entry.kind is EntryKind.RETURNED:
            answers.clear()
        elif entry.kind in _ANSWERS:
            answers.append(entry)
    return sorted((entry for of_one in found.values() for entry in of_one), key=lambda one: one.id)


def is_report(entry: Written) -> bool:
    """Whether an entry on a report hands it in: done, nothing to report, or written row by row.

    Mere words on how it is coming along do not.
    """
    return entry.kind is EntryKind.COMPLETED or entry.is_nil or bool(entry.passages)


def say(
    reach: Reach,
    way: Chain,
    reporters: Iterable[Reporter],
    written: Iterable[Written],
    told: Iterable[Told],
    as_of: date,
    counted_back: Callable[[date], Mapping[InnerStep, date]],
) -> tuple[list[Notice], list[Silence]]:
    """What is to be said on a day of the inner dates that have come, each once for each unit.

    Where the office put a unit's date off, its inner dates are ``counted_back`` from the new one.

    The lead hears which co-units have written nothing on the rows they share, the office who has
    not reported. What was missed is caught up; what an answer, a later step or the date itself
    made needless is recorded as silent.
    """
    answers = usable(written)
    done: dict[tuple[str, str], list[Told]] = {}
    for one in told:
        done.setdefault((one.obligation, one.step), []).append(one)
    notices: list[Notice] = []
    silences: list[Silence] = []
    owed = list(reporters)
    put_off = _put_off(way, owed)
    for reporter in owed:
        dates = _dates(way, reporter, put_off, counted_back)
        for step, readers in _constraints(reach, way, reporter, answers, as_of).items():
            by = dates.get(step)
            said = done.get((reporter.obligation, step), ())
            if by is None or by > as_of or _is_done(said, reporter, by):
                continue
            because = _needless(way, dates, reporter, step, readers, as_of)
            if because:
                silence = Silence(reporter.obligation, reporter.revision, step, by, because)
                silences.append(silence)
            else:
                notices.append(_notice(reporter, step, readers or (), as_of))
    return notices, silences


def _put_off(way: Chain, reporters: Iterable[Reporter]) -> Mapping[str, date]:
    """The units whose own date is later than the stated one, with the date in force."""
    return {
        reporter.unit: reporter.due_on
        for reporter in reporters
        if reporter.due_on and reporter.due_on > way.due_on
    }


def _dates(
    way: Chain,
    reporter: Reporter,
    put_off: Mapping[str, date],
    counted_back: Callable[[date], Mapping[InnerStep, date]],
) -> Mapping[InnerStep, date]:
    """The inner dates of one unit: they follow its own date, and its part that of its leads.

    What it owes to several leads is asked for when the first of them needs it.
    """
    stated = {step.step: step.by for step in way.steps}
    mine = put_off.get(reporter.unit)
    dates = {**stated, **({step: counted_back(mine)[step] for step in stated} if mine else {})}
    leads = [one.to for one in way.steps if _is_through(one, reporter.unit)]
    if leads and all(lead in put_off for lead in leads):
        part, first = InnerStep.CO_UNITS, min(put_off[lead] for lead in leads)
        dates[part] = max(dates[part], min(counted_back(first)[part], mine or way.due_on))
    return dates


def _is_through(step: ChainStep, unit: str) -> bool:
    return step.step is InnerStep.CO_UNITS and unit in step.who


def _is_done(told: Iterable[Told], reporter: Reporter, by: date) -> bool:
    """Whether a step was dealt with for its present date: a word said before it is of an older."""
    return any(one.revision == reporter.revision or one.on >= by for one in told)


def _constraints(
    reach: Reach, way: Chain, reporter: Reporter, answers: list[Written], as_of: date
) -> Mapping[InnerStep, tuple[Recipient, ...] | None]:
    """The steps that a unit is asked about, each with whom to tell; None where it has written."""
    mine = [entry for entry in answers if entry.unit == reporter.unit]
    has_written = any(entry.obligation == reporter.obligation for entry in mine)
    through = [one for one in way.steps if _is_through(one, reporter.unit)]
    is_direct = not through or any(
        one.step is InnerStep.LEADS and reporter.unit in one.who for one in way.steps
    )
    found: dict[InnerStep, tuple[Recipient, ...] | None] = {}
    if through:
        rows = {entry.duty for entry in mine}
        rows |= {passage.number for entry in mine for passage in entry.passages}
        leads = [one.to for one in through if not has_written and rows.isdisjoint(one.rows)]
        found[InnerStep.CO_UNITS] = _liaisons(reach, leads, as_of) if leads else None
    office = None if has_written else (_office(reach, as_of),)
    if is_direct:
        found[InnerStep.LEADS] = office
    found[InnerStep.OFFICE] = office
    return found


def _office(reach: Reach, on: date) -> Recipient:
    return Recipient(Post.COORDINATING_OFFICE, reach.office(on).address)


def _liaisons(reach: Reach, leads: list[str], on: date) -> tuple[Recipient, ...]:
    """The liaisons of the leads, each address once; the office for a lead that has none."""
    found: dict[str, Recipient] = {}
    for lead in leads:
        contact = reach.contact(lead, Post.LIAISON, on)
        own = Recipient(Post.LIAISON, contact.address, lead) if contact else None
        reader = own or _office(reach, on)
        found.setdefault(reader.address, reader)
    return tuple(found.values())


def _needless(
    way: Chain,
    dates: Mapping[InnerStep, date],
    reporter: Reporter,
    step: InnerStep,
    readers: tuple[Recipient, ...] | None,
    as_of: date,
) -> str:
    """Why nothing is to be said about a unit; empty where it is."""
    if readers is None:
        return "reported"
    if reporter.stage in (Stage.DECLINED, Stage.SUSPENDED):
        return reporter.stage.value
    return _passed(way, dates, reporter, step, as_of)


def _passed(
    way: Chain,
    dates: Mapping[InnerStep, date],
    reporter: Reporter,
    step: InnerStep,
    as_of: date,
) -> str:
    """Why a step whose date has come is not said any more; empty where it is."""
    by, last = dates.get(step), dates.get(InnerStep.OFFICE)
    if by and by < reporter.armed_on:
        return "before the application"
    if step is InnerStep.LEADS and last and last <= as_of:
        return f"superseded by {InnerStep.OFFICE.value}"
    if step is InnerStep.CO_UNITS and as_of > max(way.due_on, reporter.due_on or way.due_on):
        return "past the date"
    return ""


def _notice(
    reporter: Reporter, step: InnerStep, readers: tuple[Recipient, ...], on: date
) -> Notice:
    return Notice(
        on=on,
        kind=NoticeKind.INNER_DATE,
        reason=Reason.INNER_DATE,
        obligation=reporter.obligation,
        revision=reporter.revision,
        unit=reporter.unit,
        step=step.value,
        due_on=reporter.due_on,
        recipients=readers,
    )
