"""Obligations and open questions: owed by someone, about something, chased by a ladder."""

from collections.abc import Iterator

from duban.loader.findings import did_you_mean, leads_back, problem, quoted
from duban.loader.read import OfficeFiles, PlanFiles
from duban.loader.rules.dates import dates_of
from duban.loader.rules.units import is_known
from models.matrix import Matrix, ObligationSpec, Question
from models.problem import Problem

_LONGEST_QUESTION = 60


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """What is wrong with the obligations and questions of each plan."""
    for plan in office.plans:
        yield from _keys(plan)
        yield from _rows(plan)
        yield from _owers(plan)
        yield from _ladders(plan)
        yield from _feeding(plan)
        yield from _questions(plan)


def _keys(plan: PlanFiles) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, spec in enumerate(plan.matrix.value.obligations):
        mark = plan.matrix.mark("obligations", index, "key")
        if spec.key in seen:
            message = f"the key {quoted(spec.key)} was given on line {seen[spec.key]} already"
            yield problem("O105", mark, message, "the ledger needs a key of its own for each")
        seen.setdefault(spec.key, mark.line)


def _rows(plan: PlanFiles) -> Iterator[Problem]:
    known = plan.matrix.named("duties", "number")
    for index, spec in enumerate(plan.matrix.value.obligations):
        for number, row in enumerate(spec.duties):
            if row not in known:
                mark = plan.matrix.mark("obligations", index, "duties", number)
                message = f"{quoted(spec.key)} covers row {row}, which does not exist"
                yield problem("O106", mark, message, "correct the number")


def _owers(plan: PlanFiles) -> Iterator[Problem]:
    asked = {question.about for question in plan.matrix.value.questions}
    for index, spec in enumerate(plan.matrix.value.obligations):
        if plan.matrix.is_refused("obligations", index, "who") or not _has_nobody(plan, spec):
            continue
        mark = plan.matrix.mark("obligations", index)
        if spec.external or spec.key in asked:
            message = f"who owes {quoted(spec.key)} is open"
            yield problem("O103", mark, message, "nobody is told of it until who is filled in")
        else:
            message = f"nobody owes {quoted(spec.key)}"
            hint = "fill in who; if the document leaves it open, write a question about it"
            yield problem("O102", mark, message, hint)


def _has_nobody(plan: PlanFiles, spec: ObligationSpec) -> bool:
    """Whether no unit is left once groups are expanded and ``besides`` is taken out."""
    place = plan.place
    if not spec.who or spec.external or place is None:
        return not spec.who
    if not all(is_known(place, name) for name in spec.who):
        return False
    in_rows = place.members(
        name
        for duty in plan.matrix.value.duties
        for name in duty.units
        if place.group(name) is None
    )
    return not set(place.members(spec.who, in_rows)) - set(place.members(spec.besides, in_rows))


def _ladders(plan: PlanFiles) -> Iterator[Problem]:
    if plan.policy is None or plan.policy.value.due:
        return
    for index, spec in enumerate(plan.matrix.value.obligations):
        if dates_of(plan, spec) and not spec.external:
            message = f"{quoted(spec.key)} has a date, but nobody would be reminded of it"
            hint = f"the policy {quoted(plan.policy.value.id)} has no rungs under due"
            yield problem("O101", plan.matrix.mark("obligations", index, "due"), message, hint)


def _feeding(plan: PlanFiles) -> Iterator[Problem]:
    feeds = {spec.key: spec.feeds for spec in plan.matrix.value.obligations}
    known = plan.matrix.named("obligations", "key")
    for index, spec in enumerate(plan.matrix.value.obligations):
        if spec.feeds is None:
            continue
        mark = plan.matrix.mark("obligations", index, "feeds")
        if spec.feeds not in known:
            message = f"{quoted(spec.key)} feeds {quoted(spec.feeds)}, which does not exist"
            yield problem("O107", mark, message, did_you_mean(spec.feeds, known))
        elif leads_back(spec.key, feeds):
            message = f"what {quoted(spec.key)} feeds leads back to it"
            yield problem("O108", mark, message, "delete one feeds of the circle")


def _questions(plan: PlanFiles) -> Iterator[Problem]:
    matrix = plan.matrix.value
    known = {*Matrix.model_fields, "plan"}
    known |= plan.matrix.named("duties", "number") | plan.matrix.named("obligations", "key")
    for index, question in enumerate(matrix.questions):
        mark = plan.matrix.mark("questions", index, "about")
        if question.about not in known and not (
            plan.place and is_known(plan.place, question.about)
        ):
            message = f"a question about {quoted(question.about)}, which is not in this plan"
            hint = did_you_mean(question.about, known)
            yield problem("O109", mark, message, hint or "name a row, an obligation or a field")
        if question.answer is None:
            yield problem("O104", plan.matrix.mark("questions", index), *_open(question))


def _open(question: Question) -> tuple[str, str]:
    message = f"open question about {question.about}: {_short(question.question)}"
    return (
        message,
        f"proposed: {_short(question.proposal)}" if question.proposal else "fill in answer",
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUESTION else f"{line[:_LONGEST_QUESTION]}…"
