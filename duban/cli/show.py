"""``duban show``: a plan as it was understood, to hold against the document."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from duban.cli.output import print_json, write
from duban.cli.plans import STATUS
from duban.errors import UnknownPlan
from duban.loader.findings import did_you_mean
from duban.loader.office import load_office
from duban.planner.obligations import occurrences
from duban.service.words import KINDS
from duban.settings import Settings
from models.matrix import Duty, LeadBasis, ObligationSpec, Target
from models.office import Plan

_BASIS = {LeadBasis.CONFIRMED: "已确认", LeadBasis.DECLARED: "文件写明"}


def show(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="As `duban plans` lists it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a plan as it was understood: its rows, obligations and groups."""
    office = load_office(Settings.read().matrices)
    found = office.plans.get(plan)
    if found is None:
        hint = did_you_mean(plan, office.plans) or f"the plans are {', '.join(office.plans)}"
        raise UnknownPlan(f'there is no plan "{plan}"', hint)
    if as_json:
        print_json(understood(found))
    else:
        for line in _lines(found):
            write(line)


def understood(plan: Plan) -> dict[str, Any]:
    """The plan as one value: heading, rows, obligations one per year, groups with members."""
    matrix = plan.matrix
    return {
        "plan": {
            "id": matrix.id,
            "title": matrix.title,
            "document_number": matrix.document_number,
            "issuer": matrix.issuer,
            "issued_on": matrix.issued_on,
            "period": [matrix.period.first, matrix.period.last],
            "status": matrix.status,
            "jurisdiction": matrix.jurisdiction,
            "coordinator": matrix.coordinator,
        },
        "duties": [_duty(plan, duty) for duty in matrix.duties],
        "obligations": [item for spec in matrix.obligations for item in _obligations(plan, spec)],
        "groups": _groups(plan),
    }


def _duty(plan: Plan, duty: Duty) -> dict[str, Any]:
    return {
        "number": duty.number,
        "title": duty.title,
        "measure": duty.measure,
        "section": duty.section,
        "lead": duty.lead,
        "lead_proposed": duty.lead_proposed,
        "lead_basis": duty.lead_basis,
        "units": duty.units,
        "implicit_units": plan.matrix.implicit_units(duty.number),
        "funding": duty.funding,
        "targets": [_target(target) for target in duty.targets],
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "text": target.text,
        "metric": target.metric,
        "value": target.value,
        "unit": target.unit,
        "cmp": target.cmp,
        "by": target.by,
        "per": target.per,
    }


def _obligations(plan: Plan, spec: ObligationSpec) -> Iterator[dict[str, Any]]:
    for key, due_on in occurrences(plan, spec):
        yield {
            "id": f"{plan.id}/{key}",
            "kind": spec.kind,
            "external": spec.external,
            "title": spec.title,
            "who": who(plan, spec),
            "to": spec.to,
            "due_on": due_on,
            "rule": spec.due.rule if spec.due else None,
            "text": spec.source.text,
        }


def who(plan: Plan, spec: ObligationSpec) -> list[str]:
    """The owers as the document groups them.

    An open group is replaced by its units, a closed one stays; only where ``besides`` takes a
    member out of a closed group is that one written out.
    """
    excluded = set(plan.members(spec.besides)) | set(spec.besides)
    named: dict[str, None] = {}
    for name in spec.who:
        group = plan.place.group(name)
        members = plan.members((name,))
        if group is None:
            shown = [name] if not {name, *members} & excluded else []
        elif group.every_unit_in_rows or excluded & set(members):
            shown = [unit for unit in members if unit not in excluded]
        else:
            shown = [name]
        named.update(dict.fromkeys(shown))
    return list(named)


def _groups(plan: Plan) -> dict[str, list[str]]:
    """The groups that this plan names, with their members."""
    matrix = plan.matrix
    named = [
        *(name for duty in matrix.duties for name in (*duty.units, *duty.lead)),
        *(name for entry in matrix.implicit for name in entry.units),
        *(name for spec in matrix.obligations for name in spec.who),
    ]
    return {name: plan.members((name,)) for name in dict.fromkeys(named) if plan.place.group(name)}


def _lines(plan: Plan) -> Iterator[str]:
    yield from _heading(plan)
    yield ""
    yield f"一、事项（{len(plan.matrix.duties)} 行）"
    for duty in plan.matrix.duties:
        yield from _duty_lines(plan, duty)
    items = [item for spec in plan.matrix.obligations for item in _obligations(plan, spec)]
    yield ""
    yield f"二、报送、评估等义务（{len(items)} 项）"
    for item in items:
        yield from _obligation_lines(item)
    yield ""
    yield "三、单位组"
    for name, members in _groups(plan).items():
        yield f"  {name}（{len(members)}）：{'、'.join(members)}"
    yield ""
    yield "四、待定问题"
    for question in plan.matrix.questions:
        answer = (
            f"答：{question.answer}" if question.answer else f"建议：{question.proposal or '无'}"
        )
        yield f"  [{question.about}] {question.question}　{answer}"


def _heading(plan: Plan) -> Iterator[str]:
    matrix = plan.matrix
    yield matrix.title
    number = matrix.document_number or "无文号"
    yield f"  {number}　{matrix.issuer}　{matrix.issued_on or '未印发'}　{STATUS[matrix.status]}"
    yield f"  实施期：{matrix.period.first} 至 {matrix.period.last}　统筹协调：{matrix.coordinator}"


def _duty_lines(plan: Plan, duty: Duty) -> Iterator[str]:
    yield f"  {duty.number}　{duty.title}"
    if duty.lead:
        yield f"      牵头：{'、'.join(duty.lead)}（{_BASIS[duty.lead_basis]}）"
    elif duty.lead_proposed:
        yield f"      牵头：文件未写明；排在首位的是 {'、'.join(duty.lead_proposed)}，待确认"
    yield f"      责任单位：{'、'.join(duty.units) or '无'}{' 等' if duty.open_ended else ''}"
    if implicit := plan.matrix.implicit_units(duty.number):
        yield f"      另加：{'、'.join(implicit)}"
    if duty.funding:
        yield f"      资金：{'、'.join(duty.funding)}"
    for target in duty.targets:
        by = f"（{target.by} 前）" if target.by else ""
        yield f"      指标：{target.text}{by}"


def _obligation_lines(item: dict[str, Any]) -> Iterator[str]:
    due = item["due_on"] or ("日期待定" if item["rule"] else "文件未写日期")
    outside = "　（方案管不到，只登记）" if item["external"] else ""
    yield f"  {due}　{KINDS[item['kind']]}　{item['title']}{outside}"
    to = f"　报送：{item['to']}" if item["to"] else ""
    yield f"      {item['id']}　责任：{'、'.join(item['who']) or '未写明'}{to}"
