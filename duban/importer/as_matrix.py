"""A draft as the plan file's own model: rows, obligations, sources and questions."""

from collections.abc import Sequence
from datetime import date

from pydantic import TypeAdapter, ValidationError

from duban.importer.questions import Asked, questions
from duban.importer.quote import quote
from duban.planner.due_dates import due_dates, proposed_dates
from models.draft import DatedDuty, Draft, Part, Quantity, Row
from models.due import DueRule
from models.matrix import (
    Duty,
    Implicit,
    Matrix,
    ObligationKind,
    ObligationSpec,
    Period,
    Question,
    Source,
    Status,
    Target,
)

UNKNOWN = "待定"
_LONGEST_TITLE = 300
_RULE: TypeAdapter[DueRule] = TypeAdapter(DueRule)


def as_matrix(draft: Draft, lines: Sequence[str], plan: str, today: date) -> Matrix:
    """The draft as a matrix of the given id; ``lines`` are those of the plan's ``document.txt``.

    What the document does not say and a plan must have is 待定 or, for the period, the year of
    issue (else of ``today``); a question stands beside each.
    """
    head = draft.head
    is_draft = head.is_draft or head.issued_on is None
    matrix = Matrix(
        id=plan,
        title=head.title[:_LONGEST_TITLE] or UNKNOWN,
        document_number=head.document_number,
        issuer=head.issuer or f"{head.jurisdiction or ''}（未署名）",
        issued_on=head.issued_on,
        period=_period(draft, today),
        status=Status.DRAFT if is_draft else Status.ISSUED,
        jurisdiction=head.jurisdiction or UNKNOWN,
        coordinator=head.coordinator or UNKNOWN,
        addressees=head.addressees,
        duties=tuple(_duty(row, lines) for row in draft.rows),
        implicit=_implicit(draft, lines),
        questions=tuple(_question(asked) for asked in questions(draft)),
    )
    found = [_obligation(duty, matrix, lines) for duty in draft.dated]
    extra = tuple(asked for _, asked in found if asked)
    return matrix.model_copy(
        update={
            "obligations": tuple(spec for spec, _ in found),
            "questions": (*matrix.questions, *extra),
        }
    )


def _period(draft: Draft, today: date) -> Period:
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


def _duty(row: Row, lines: Sequence[str]) -> Duty:
    units = row.line.units if row.line else ()
    lead = tuple(unit.name for unit in units if unit.part is Part.LEAD)
    names = tuple(unit.name for unit in units)
    is_open = row.line.is_open_ended if row.line else False
    return Duty(
        number=row.number,
        title=_one_line(row.title) or row.number,
        section=_one_line(row.section) or row.number,
        clauses=row.clauses,
        lead=lead,
        joint_lead=len(lead) > 1,
        units=names,
        open_ended=is_open or not names,
        funding=row.funding,
        targets=tuple(_target(each) for each in row.quantities),
        links=row.links,
        source=_row_source(row, lines),
    )


def _row_source(row: Row, lines: Sequence[str]) -> Source:
    """The words that name the row's units; those of the title where no list does."""
    if row.line is None:
        return _source(row.named, lines, row.title, row.place.line)
    whole = quote(lines, row.line.text, row.place.line)
    first = quote(lines, row.line.text.split(" | ")[0], row.place.line)
    is_found = "".join(whole.text.split()) == "".join(row.line.text.split())
    found = whole if is_found else first
    return Source(place=row.named, line=found.line, text=found.text)


def _source(place: str, lines: Sequence[str], text: str, near: int) -> Source:
    found = quote(lines, text, near)
    return Source(place=place, line=found.line, text=found.text)


def _target(quantity: Quantity) -> Target:
    return Target(
        text=_one_line(quantity.text),
        metric=_one_line(quantity.metric) or _one_line(quantity.text),
        value=quantity.value,
        unit=quantity.unit or "项",
        cmp=quantity.cmp,
        by=quantity.by,
        per=quantity.per,
    )


def _implicit(draft: Draft, lines: Sequence[str]) -> tuple[Implicit, ...]:
    return tuple(
        Implicit(
            units=units,
            duties=numbers,
            because="文件的总括句，所及任务须由办公室确认",
            source=_source(f"第{place.line}行", lines, text, place.line),
        )
        for units, numbers, place, text in draft.implicit
    )


def _obligation(
    duty: DatedDuty, matrix: Matrix, lines: Sequence[str]
) -> tuple[ObligationSpec, Question | None]:
    """An obligation; a rule that would never fall due in the plan is left out, and asked about."""
    rule = _rule(duty.due)
    asked = None
    if rule and not due_dates(rule, matrix) and not proposed_dates(rule, matrix):
        words = f"“{duty.title[:60]}”的期限不在方案起止之内（{duty.text[:40]}），如何确定？"
        rule, asked = None, Question(about=duty.key, question=words)
    rows = {row.number for row in matrix.duties}
    where = "、".join(duty.duties)
    spec = ObligationSpec(
        key=duty.key,
        kind=ObligationKind(duty.kind),
        title=_one_line(duty.title)[:_LONGEST_TITLE],
        who=duty.who,
        besides=duty.besides,
        to=duty.to,
        due=rule,
        duties=tuple(number for number in duty.duties if number in rows),
        external=duty.external,
        feeds=duty.feeds,
        source=_source(
            f"任务{where}" if where else f"第{duty.place.line}行", lines, duty.text, duty.place.line
        ),
    )
    return spec, asked


def _rule(due: dict[str, object] | None) -> DueRule | None:
    if due is None:
        return None
    try:
        return _RULE.validate_python(due)
    except ValidationError:
        return None


def _question(asked: Asked) -> Question:
    return Question(about=asked.about, question=asked.question, proposal=asked.proposal or None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
