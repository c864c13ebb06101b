"""The dated and periodic things that a document asks for, sentence by sentence."""

from collections.abc import Iterable, Sequence

from duban.importer.dated.clauses import Clause, read_clauses
from duban.importer.dated.kinds import KINDS, Asked, filed, finished, is_only_done, occasions
from duban.importer.dated.linking import linked
from duban.importer.dated.parties import is_general, is_local
from duban.importer.dated.passage import Found, Passage, Scope
from duban.importer.dated.when import Dated, dates_of
from duban.importer.dates.cells import TimeCell
from duban.importer.dates.named_days import listed_days
from duban.importer.quantities.reading import quantities
from models.draft import DatedDuty, Doubt
from models.matrix import ObligationKind

_WITHOUT_YEAR = ("year-assumed", "date-without-year")
_NAMELESS = frozenset({ObligationKind.PUBLICITY, ObligationKind.REPORT, ObligationKind.MEETING})


def dated(passages: Iterable[Passage], scope: Scope) -> Found:
    """The dated duties of the passages in their order, and what they leave open.

    ``who`` is the subject of the sentence, or else the units of the row. Papers without a subject
    outside a row are not taken: nobody is named to write them.
    """
    duties: list[DatedDuty] = []
    doubts: list[Doubt] = []
    for passage in passages:
        for duty, questions in _of_passage(passage, scope):
            duties.append(duty)
            doubts += questions
    return linked(duties, doubts)


def completion(passage: Passage, when: str, cell: TimeCell) -> Found:
    """The obligations of a row whose time stands in a cell of its own (完成时限 2024年6月底前).

    ``when`` are the cell's words, ``cell`` what they mean. Words for no end (长期) oblige to
    nothing more than the row itself.
    """
    duties: list[DatedDuty] = []
    doubts: list[Doubt] = []
    for one in dates_of(cell):
        duty = _duty(ObligationKind.DELIVERABLE, _done(passage.text), passage, one)
        duties.append(duty._replace(who=passage.units, text=when.strip()))
        doubts += _questions(one, passage, when.strip())
    return Found(tuple(duties), tuple(doubts))


Result = tuple[DatedDuty, list[Doubt]]


def _of_passage(passage: Passage, scope: Scope) -> list[Result]:
    results: list[Result] = []
    last_paper = -2
    for index, clause in enumerate(read_clauses(passage, scope)):
        named = occasions(clause.wording)
        if named:
            results += _on_days(named, clause, passage)
            continue
        to = filed(clause.wording)
        if to and last_paper == index - 1 and results:
            results[-1] = _handed_in(results[-1], to, clause)
            continue
        asked = next((found for kind in KINDS if (found := kind(clause.wording))), None)
        if asked is None or not _is_wanted(asked, clause, passage, scope):
            continue
        is_paper = asked.kind is ObligationKind.DELIVERABLE
        made = _duties(asked, clause, passage, scope)
        if is_paper and last_paper == index - 1 and results and len(made) == 1:
            joined = _joined(results[-1][0], made[0][0], clause, passage)
            if joined:
                results[-1] = joined, [*results[-1][1], *made[0][1]]
                last_paper = index
                continue
        results += made
        last_paper = index if is_paper and made else last_paper
    return results


def _is_wanted(asked: Asked, clause: Clause, passage: Passage, scope: Scope) -> bool:
    if asked.kind is not ObligationKind.DELIVERABLE:
        return bool(clause.party or passage.units or asked.kind in _NAMELESS)
    if not (clause.party or passage.units):
        return False
    is_work = asked == finished(clause.wording)
    return not (is_work and quantities(clause.written, scope.setting))


def _duties(asked: Asked, clause: Clause, passage: Passage, scope: Scope) -> list[Result]:
    dates = clause.dates(asked.kind, asked.verb)
    titles = _titles(_title(asked, clause, passage), len(dates))
    who, external = _owers(asked, clause, passage)
    besides = _besides(who, asked.to, scope)
    results: list[Result] = []
    for title, one in zip(titles, dates, strict=True):
        duty = _duty(asked.kind, title, passage, one)._replace(
            who=who, external=external, to=asked.to, besides=besides, text=clause.quote
        )
        questions = _questions(one, passage, clause.quote)
        if not who:
            questions.append(_who_asked(passage, clause.quote))
        results.append((duty, questions))
    return results


def _owers(asked: Asked, clause: Clause, passage: Passage) -> tuple[tuple[str, ...], bool]:
    if clause.party:
        return clause.party
    units = tuple(name for name in passage.units if name != asked.to)
    if asked.verb is not None:
        units = tuple(name for name in units if not is_local(name)) or units
    return units, False


def _besides(who: Sequence[str], to: str | None, scope: Scope) -> tuple[str, ...]:
    """The receiver, where a group such as 各有关部门 would make it report to itself."""
    is_open = any(is_general(name) for name in who)
    return (to,) if to and is_open and to in scope.units else ()


def _title(asked: Asked, clause: Clause, passage: Passage) -> str:
    """What is asked for; where the clause only says by when, what stands before it."""
    is_work = asked.kind is ObligationKind.DELIVERABLE and asked.verb is None
    if not is_work or not is_only_done(clause.wording):
        return asked.title
    before = passage.text.partition("。")[0] if clause.begin else ""
    return clause.in_sentence or (_done(before) if before else asked.title)


def _done(what: str) -> str:
    return f"完成{what.removeprefix('完成')[:80]}"


def _titles(title: str, count: int) -> list[str]:
    """One title for each date: 中期、终期工作总结 on two dates are two reports."""
    for parts in (("中期", "终期"), ("半年", "年度"), ("阶段性", "最终"), ("上半年", "全年")):
        for mark in ("、", "和", "及"):
            both = mark.join(parts)
            if count == len(parts) and both in title:
                return [title.replace(both, part) for part in parts]
    return [title] * count


def _duty(kind: ObligationKind, title: str, passage: Passage, when: Dated) -> DatedDuty:
    return DatedDuty(
        key="",
        kind=kind,
        title=" ".join(title.split())[:200] or kind,
        who=(),
        to=None,
        due=when.due,
        external=False,
        text="",
        place=passage.place,
        duties=(passage.number,) if passage.number else (),
    )


def _on_days(named: str, clause: Clause, passage: Passage) -> list[Result]:
    """One publicity duty for each day of a list such as 就业援助月、全国助残日."""
    results: list[Result] = []
    who, external = clause.party or (passage.units, False)
    for day in listed_days(named):
        one = Dated(day.due, "" if day.due else "day-unknown", f"“{day.words}”没有写哪一日")
        duty = _duty(ObligationKind.PUBLICITY, f"{day.words}宣传", passage, one)
        duty = duty._replace(key=day.key, who=who, external=external, text=clause.quote)
        questions = _questions(one, passage, clause.quote)
        results.append(
            (duty, questions if who else [*questions, _who_asked(passage, clause.quote)])
        )
    return results


def _handed_in(result: Result, to: str, clause: Clause) -> Result:
    duty, questions = result
    dates = clause.dates(ObligationKind.DELIVERABLE)
    due = duty.due or dates[0].due
    return duty._replace(to=to, due=due, text=clause.quote_from(duty.text)), questions


def _joined(
    before: DatedDuty, duty: DatedDuty, clause: Clause, passage: Passage
) -> DatedDuty | None:
    """Two papers of one breath are one obligation: 建立…制度，制定…计划."""
    same = (before.who, before.external, before.kind) == (duty.who, duty.external, duty.kind)
    dates = [due for due in (before.due, duty.due) if due]
    if not same or len(dates) > 1 or not clause.is_same_sentence(before.text):
        return None
    title = f"{before.title}，{duty.title}"[:200]
    text = clause.quote_from(before.text)
    return before._replace(title=title, due=dates[0] if dates else None, text=text)


def _questions(when: Dated, passage: Passage, quote: str) -> list[Doubt]:
    if not when.code:
        return []
    message = when.doubt if quote in when.doubt else f"{when.doubt}：{quote[:60]}"
    if when.code in _WITHOUT_YEAR:
        message = f"“{quote[:60]}”{when.doubt}。"
    return [Doubt(when.code, message, when.proposal or None, passage.place, passage.number)]


def _who_asked(passage: Passage, quote: str) -> Doubt:
    message = f"没有写由谁负责：{quote[:60]}"
    return Doubt("who-unknown", message, None, passage.place, passage.number)
