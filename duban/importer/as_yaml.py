"""A drafted plan in the project's own YAML, in the order and style of the plans written by hand."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from models.draft import Draft, How, ReadUnit, Row
from models.matrix import Duty, Implicit, Matrix, ObligationSpec, Question, Source, Target

_MARKS = "（）()、“”《》〈〉·〔〕【】—…，。；：！？％%+/.≥≤－-"
_PLAIN = re.compile(rf"[\w（“《〔【(①-⑳](?:[\w{re.escape(_MARKS)} ,；]*[\w{re.escape(_MARKS)}])?")
_PLAIN_IN_LIST = re.compile(r"[\u4e00-\u9fff“（《](?:[\w（）、“”《》·〔〕【】 ]*[\w）”》〕】])?")
_WORD_OF_YAML = re.compile(r"(?i)true|false|yes|no|on|off|null|y|n|[-+.0-9][-+.0-9_eExXoOa-fA-F:]*")
_READ = {
    How.PREFIX_INHERITED: "承前省略",
    How.SHARED_NOUN: "并列共用",
    How.DUAL_NAME: "两块牌子",
    How.THROUGH_HEAD: "写的是负责人",
    How.CORRECTED: "疑误",
    How.ALIAS: "别名",
    How.IMPLICIT: "总括句",
}


def as_yaml(matrix: Matrix, draft: Draft, source: str) -> str:
    """The text of ``plan.yaml``; comments say how units were read, and number the questions."""
    rows = {row.number: row for row in draft.rows}
    blocks = [
        *_head(matrix, source),
        "",
        "duties:",
        *_parted(_duty(duty, rows.get(duty.number)) for duty in matrix.duties),
    ]
    if matrix.implicit:
        blocks += ["", "implicit:", *_parted(map(_implicit, matrix.implicit))]
    if matrix.obligations:
        blocks += ["", "obligations:", *_parted(map(_obligation, matrix.obligations))]
    if matrix.questions:
        blocks += ["", "# 文件没有说定、须由办公室决定的事；answer 空着即尚未决定。", "questions:"]
        for number, question in enumerate(matrix.questions, 1):
            blocks += _question(number, question)
    return "\n".join(blocks) + "\n"


def scalar(text: str, in_flow: bool = False) -> str:
    """A text as YAML writes it on one line: plain where that is safe, else in quotation marks."""
    plain = _PLAIN_IN_LIST if in_flow else _PLAIN
    is_safe = plain.fullmatch(text) and not _WORD_OF_YAML.fullmatch(text)
    return text if is_safe else json.dumps(text, ensure_ascii=False)


def listed(texts: Iterable[str]) -> str:
    """Texts as a list on one line."""
    return f"[{', '.join(scalar(text, in_flow=True) for text in texts)}]"


def _head(matrix: Matrix, source: str) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../schema/plan.schema.json"
    yield f"# 由 {source} 导入的草稿；逐项核对后再用。原文见 document.txt。"
    yield f"id: {matrix.id}"
    yield f"title: {scalar(matrix.title)}"
    if matrix.document_number:
        yield f"document_number: {scalar(matrix.document_number)}"
    yield f"issuer: {scalar(matrix.issuer)}"
    if matrix.issued_on:
        yield f"issued_on: {matrix.issued_on}"
    yield from ("period:", f"  first: {matrix.period.first}", f"  last: {matrix.period.last}")
    if matrix.period.because:
        yield f"  because: {scalar(matrix.period.because)}"
    yield f"status: {matrix.status}"
    yield f"jurisdiction: {scalar(matrix.jurisdiction)}"
    yield "# 统筹协调机构是建议，见 questions 的 coordinator"
    yield f"coordinator: {scalar(matrix.coordinator)}"
    yield f"policy: {matrix.policy}"
    if matrix.addressees:
        yield f"addressees: {listed(matrix.addressees)}"


def _parted(items: Iterable[list[str]]) -> Iterator[str]:
    """The lines of list entries, a blank line between two."""
    for number, lines in enumerate(items):
        if number:
            yield ""
        for at, line in enumerate(lines):
            yield ("  - " if at == 0 else "    ") + line


def _duty(duty: Duty, row: Row | None) -> list[str]:
    lines = [
        f'number: "{duty.number}"',
        f"title: {scalar(duty.title)}",
        f"section: {scalar(duty.section)}",
    ]
    if duty.clauses:
        lines += ["clauses:", *(f"  - {scalar(clause)}" for clause in duty.clauses)]
    units = row.line.units if row and row.line else ()
    lines += [f"# {remark}" for remark in _readings(units)]
    if duty.lead:
        lines.append(f"lead: {listed(duty.lead)}")
    elif duty.units:
        lines.append(f"# 文件未写牵头单位；建议（待确认）：{duty.units[0]}")
    if duty.joint_lead:
        lines.append("joint_lead: true")
    if duty.units:
        lines.append(f"units: {listed(duty.units)}")
    if duty.open_ended:
        lines.append("open_ended: true")
    if duty.funding:
        lines.append(f"funding: {listed(duty.funding)}")
    if duty.targets:
        lines.append("targets:")
        for target in duty.targets:
            lines += _target(target)
    if duty.links:
        lines.append(f"links: [{', '.join(json.dumps(number) for number in duty.links)}]")
    return [*lines, *_source(duty.source), *_note(duty.note)]


def _note(note: str | None) -> list[str]:
    return [f"note: {scalar(note)}"] if note else []


def _readings(units: Sequence[ReadUnit]) -> Iterator[str]:
    """How each unit was read that the document does not write in full."""
    for unit in units:
        if unit.how in _READ and (unit.written != unit.name or unit.is_doubtful):
            because = f"，{unit.because}" if unit.because else ""
            doubt = "，请核对" if unit.is_doubtful else ""
            written = " ".join(unit.written.split())
            yield f"{unit.name}：原文“{written}”（{_READ[unit.how]}{because}{doubt}）"


def _target(target: Target) -> list[str]:
    if isinstance(target.value, tuple):
        value = f"[{_number(target.value[0])}, {_number(target.value[1])}]"
    else:
        value = _number(target.value)
    lines = [
        f"  - text: {scalar(target.text)}",
        f"    metric: {scalar(target.metric)}",
        f"    value: {value}",
        f"    unit: {json.dumps(target.unit) if target.unit == '%' else scalar(target.unit)}",
        f'    cmp: "{target.cmp}"' if target.cmp != "between" else "    cmp: between",
    ]
    if target.by:
        lines.append(f"    by: {target.by}")
    if target.per:
        lines.append(f"    per: {scalar(target.per)}")
    return lines


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _source(source: Source) -> list[str]:
    return [
        "source:",
        f"  place: {scalar(source.place)}",
        f"  line: {source.line}",
        f"  text: {scalar(source.text)}",
    ]


def _implicit(entry: Implicit) -> list[str]:
    return [
        f"units: {listed(entry.units)}",
        f"duties: [{', '.join(json.dumps(number) for number in entry.duties)}]",
        f"because: {scalar(entry.because)}",
        *_source(entry.source),
    ]


def _obligation(spec: ObligationSpec) -> list[str]:
    lines = [
        f"key: {spec.key}",
        f"kind: {spec.kind}",
        f"title: {scalar(spec.title)}",
        f"who: {listed(spec.who)}",
    ]
    if spec.besides:
        lines.append(f"besides: {listed(spec.besides)}")
    if spec.to:
        lines.append(f"to: {scalar(spec.to)}")
    if spec.due:
        lines.append(f"due: {_flow(spec.due.model_dump(mode='json', exclude_none=True))}")
    if spec.duties:
        lines.append(f"duties: [{', '.join(json.dumps(number) for number in spec.duties)}]")
    if spec.external:
        lines.append("external: true")
    if spec.feeds:
        lines.append(f"feeds: {spec.feeds}")
    return [*lines, *_source(spec.source), *_note(spec.note)]


def _flow(values: Mapping[str, object]) -> str:
    parts = (f"{key}: {value}" for key, value in values.items())
    return f"{{{', '.join(parts)}}}"


def _question(number: int, question: Question) -> Iterator[str]:
    about = json.dumps(question.about) if question.about[:1].isdigit() else question.about
    yield f"  - about: {about}  # 问题{number}"
    yield f"    question: {scalar(question.question)}"
    if question.proposal:
        yield f"    proposal: {scalar(question.proposal)}"
    yield "    answer:"
