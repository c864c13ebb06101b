"""The collated summary of a report as a paper that the office can send on (报告)."""

import re
from collections.abc import Container, Iterable, Iterator

from duban.reports.document import Block, Paragraph, Part, Table, line, lines
from models.collation import Contribution, Measured, Missing, Origin, RowProgress, Summary
from models.obligation import Stage
from notifications.wording import plain_day
from notifications.words import STAGES, WAYS

_STANDINGS = {
    Stage.RETURNED: "已退回，未重报",
    Stage.REPORTED: "只反馈了进展，未报总结",
    Stage.DECLINED: STAGES[Stage.DECLINED],
    Stage.SUSPENDED: STAGES[Stage.SUSPENDED],
}
_BARE = "已报办结，未附文字。"
_FEW = 2
"""Up to so many members of a group are named one by one, up to one more in every row."""


def summary_paper(found: Summary) -> list[Block]:
    """The paper from its title to its remarks, in reading order."""
    return [
        Paragraph(Part.TITLE, f"{line(found.coordinator)}关于{line(found.heading)}的报告"),
        Paragraph(Part.RECEIVER, f"{line(found.to)}："),
        Paragraph(Part.TEXT, _opening(found)),
        *_chapters(found),
        Paragraph(Part.SIGNATURE, line(found.coordinator)),
        Paragraph(Part.SIGNATURE, plain_day(found.as_of)),
        *_remarks(found),
    ]


def _chapters(found: Summary) -> Iterator[Block]:
    yield Paragraph(Part.CHAPTER, "一、总体情况")
    yield from _overview(found)
    yield Paragraph(Part.CHAPTER, "二、逐项进展")
    yield from _rows(found)
    yield Paragraph(Part.CHAPTER, "三、未报送情况")
    yield from _gaps(found)
    if found.general:
        yield Paragraph(Part.CHAPTER, "四、各单位其他情况")
        for one in found.general:
            yield from _contribution(one)


def _opening(found: Summary) -> str:
    marks = [
        line(found.document_number or ""),
        f"{plain_day(found.issued_on)}印发" if found.issued_on else "",
    ]
    known = "，".join(filter(None, marks))
    return f"现将《{line(found.plan_title)}》{f'（{known}）' if known else ''}落实情况报告如下。"


def _overview(found: Summary) -> Iterator[Block]:
    wrote = sum(not all(one.is_bare for one in row.contributions) for row in found.rows)
    nil = f"（其中零报告{len(found.nil)}家）" if found.nil else ""
    due = f"报送期限为{plain_day(found.due_on)}，" if found.due_on else ""
    yield Paragraph(
        Part.TEXT,
        f"{due}本次汇总{plain_day(found.first)}至{plain_day(found.as_of)}的进展。应报{len(found.owed)}家，"
        f"已报{len(found.reported)}家{nil}，未报{len(found.missing)}家。",
    )
    none = len(found.rows) - wrote
    rest = f"，尚无报送内容的{none}项" if none else ""
    yield Paragraph(Part.TEXT, f"任务共{len(found.rows)}项，有报送内容的{wrote}项{rest}。")
    if found.nil:
        yield Paragraph(Part.TEXT, f"零报告单位：{_with_origins(found.nil)}。")
    if found.bare:
        yield Paragraph(Part.TEXT, f"报办结、未附文字的单位：{_with_origins(found.bare)}。")
    if found.unfinished:
        names = _names(found, found.unfinished)
        yield Paragraph(
            Part.TEXT, f"已报送内容、尚未报办结的单位（{len(found.unfinished)}家）：{names}。"
        )


def _with_origins(said: Iterable[Contribution]) -> str:
    return "；".join(f"{line(one.origin.unit)}{_origin(one.origin)}" for one in said)


def _rows(found: Summary) -> Iterator[Block]:
    sections = list(dict.fromkeys(row.section for row in found.rows))
    has_sections = len(sections) > 1
    before = None
    for row in found.rows:
        if has_sections and row.section != before:
            before = row.section
            yield Paragraph(
                Part.SECTION, f"（{_numeral(sections.index(before) + 1)}）{line(before)}"
            )
        part = Part.SUBSECTION if has_sections else Part.SECTION
        yield Paragraph(part, _row_heading(row))
        yield from _row(row)


def _row_heading(row: RowProgress) -> str:
    return f"{row.number}{'．' if row.number.isdigit() else '　'}{line(row.title)}"


def _row(row: RowProgress) -> Iterator[Block]:
    lead = f"牵头单位：{'、'.join(map(line, row.lead))}。" if row.lead else ""
    if row.units:
        yield Paragraph(Part.TEXT, f"{lead}责任单位：{'、'.join(map(line, row.units))}。")
    for one in row.contributions:
        yield from _contribution(one)
    if not row.contributions:
        yield Paragraph(Part.TEXT, "本项尚无单位报送内容。")
    if row.measured:
        measured = tuple(map(_measured, row.measured))
        yield Table(("指标", "文件要求", "报送情况"), measured, (3, 4, 3))


def _contribution(one: Contribution) -> Iterator[Block]:
    """What a unit wrote, paragraph by paragraph; the last one names its source."""
    said = list(lines(one.text))
    if one.is_nil:
        said.insert(0, "本期无进展（零报告）。")
    if one.is_bare:
        said.append(_BARE)
    if one.figures:
        figures = (f"{line(figure.metric)}：{line(figure.value)}" for figure in one.figures)
        said.append(f"（{'；'.join(figures)}）")
    *before, last = said or ["（只报数字，见下表）"]
    for text in before:
        yield Paragraph(Part.TEXT, text)
    yield Paragraph(Part.TEXT, f"{last}{_origin(one.origin)}")


def _origin(origin: Origin) -> str:
    return f"〔{line(origin.unit)}，{origin.on} {WAYS[origin.via]}，第{origin.entry}号〕"


def _measured(one: Measured) -> tuple[str, ...]:
    unit = line(one.target.unit)
    listed = "；".join(f"{line(origin.unit)} {_value(value, unit)}" for origin, value in one.values)
    if one.total is not None:
        listed = f"合计{one.total}{unit}（{listed}）" if len(one.values) > 1 else listed
    return line(one.target.metric), line(one.target.text), listed or "未报"


def _value(value: str, unit: str) -> str:
    """A value as it was reported, a bare number with the unit of its target."""
    shown = line(value)
    return f"{shown}{unit}" if re.fullmatch(r"[\d.,，]*\d", shown) else shown


def _gaps(found: Summary) -> Iterator[Block]:
    if not found.missing:
        yield Paragraph(Part.TEXT, "应报单位均已报送。")
    else:
        yield Paragraph(Part.SECTION, f"（一）未报送单位（{len(found.missing)}家）")
        yield Paragraph(Part.TEXT, f"{_missing(found)}。")
    rows = tuple(_gap_rows(found))
    if rows:
        heading = "逐项缺项" if not found.missing else "（二）逐项缺项"
        yield Paragraph(Part.SECTION, heading)
        headings = ("序号", "应写", "未写", "其中已报送但没有写本项的单位")
        yield Table(headings, rows, (3, 3, 3, 17))


def _missing(found: Summary) -> str:
    """The units that have not reported, those with a standing of their own named with it."""
    plain = [one.unit for one in found.missing if not _standing(one)]
    others = [f"{line(one.unit)}（{_standing(one)}）" for one in found.missing if _standing(one)]
    named = [_names(found, plain)] if plain else []
    return "、".join([*named, *others])


def _standing(one: Missing) -> str:
    """What is to be known of a unit that is missing; empty for most."""
    now = f"现{line(one.now)}" if one.now != one.unit else ""
    later = f"期限延至{plain_day(one.extended_to)}" if one.extended_to else ""
    return "，".join(filter(None, [now, _STANDINGS.get(one.stage, ""), later]))


def _gap_rows(found: Summary) -> Iterator[tuple[str, ...]]:
    """The rows that units have left out; where the same many have, the first row names them."""
    excused = {one.unit for one in found.missing} | {one.origin.unit for one in found.nil}
    first: dict[str, str] = {}
    for row in found.rows:
        if not row.silent:
            continue
        left_out = [unit for unit in row.silent if unit not in excused]
        names = _names(found, left_out, excused) or "—"
        if names.count("、") >= _FEW:
            named = first.setdefault(names, row.number)
            said = f"：{names}" if named == row.number else f"，同序号{named}"
            names = f"{len(left_out)}家{said}"
        yield row.number, f"{len(row.expected)}家", f"{len(row.silent)}家", names


def _names(found: Summary, units: Iterable[str], excused: Container[str] = ()) -> str:
    """Units by name; a group of which every member is among them by its own, with their number.

    Members that are excused do not count.
    """
    left = dict.fromkeys(units)
    named: list[str] = []
    for group, owing in found.groups:
        members = [unit for unit in owing if unit not in excused]
        if len(members) > _FEW and all(unit in left for unit in members):
            rest = "" if len(members) == len(owing) else "已报送的"
            named.append(f"{line(group)}（{rest}{len(members)}家）")
            left = {unit: None for unit in left if unit not in members}
    return "、".join([*map(line, left), *named])


def _remarks(found: Summary) -> Iterator[Block]:
    yield Paragraph(Part.REMARK, "附注（送出前请核对并删去）：")
    told = [
        "本稿照录各单位所报原文，〔〕内为来源：单位，登记日期和方式，台账记录号。",
        "同一单位对同一任务多次报送的，取办结时所报；未办结的，取最后一次。退回后未重报的不列入。",
        "指标的报送数为简单数字的才相加；比例和按单位、按人计的指标只逐家列出，不相加。",
    ]
    if not found.is_receiver_stated:
        told.append(f"文件没有写明总稿报给谁，主送暂列印发机关{line(found.to)}，请核定。")
    for number, text in enumerate(told, start=1):
        yield Paragraph(Part.REMARK, f"{number}．{text}")


def _numeral(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return f"{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[ones]}".strip()
