"""The dates of all five plans, worked out a second time by other means.

What is owed is typed from the documents and from the settled readings of them; the days follow
from plain arithmetic on the published workdays of the chinesecalendar package. Nothing of the
planner is used but the preview under test; the registry is read as plain YAML, for the members of
groups alone.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import chinese_calendar
import pytest
import yaml

from duban.loader.office import load_office
from duban.planner.ladder import Ladders
from duban.planner.preview import Foreseen, preview

MATRICES = Path(__file__).parents[2] / "matrices"
OFFICE = load_office(MATRICES)
ONE_DAY = timedelta(days=1)


def _members(place: str, group: str) -> list[str]:
    registry: Any = yaml.safe_load((MATRICES / "units.yaml").read_text(encoding="utf-8"))
    (found,) = (entry for entry in registry["jurisdictions"] if entry["name"] == place)
    (listed,) = (entry["members"] for entry in found["groups"] if entry["name"] == group)
    return list(listed)


def _names(text: str) -> list[str]:
    return text.split()


YUBEI_TOWNS = _members("渝北区", "各镇街")
ZHONGSHAN_TOWNS = _members("中山市", "各镇街")
HAIDONG_COUNTIES = _members("海东市", "各县区人民政府")
HAIDONG_COMMITTEES = _members("海东市", "各县区政府残疾人工作委员会")
NINGJIN_TOWNS = _members("宁晋县", "各乡镇（街道、区）政府")
SICHUAN_CITIES = _members("四川省", "各市（州）")

# Units that the rows of each document name, in the order in which they first appear.
YUBEI = _names("""
    区委组织部 区委编办 区人力社保局 区残联 区国资委 区税务局 区烟草局 市邮政管理五分局
    区经济信息委 区商务委 区工商联 区民政局 区妇联 区农业农村委 区发展改革委 区财政局 区文化旅游委
    区金融办 区教委 区卫生健康委 区医保局 区市场监管局 区委宣传部 区政府办 区退役军人事务局
    区大数据发展局
""")
ZHONGSHAN = _names("""
    市委组织部 市委编办 市人力资源社会保障局 市残联 市国资委 市烟草专卖局 市邮政管理局
    市工业和信息化局 市民政局 市工商联 市教育体育局 市乡村振兴局 市发展改革局 市财政局
    市文化广电旅游局 市商务局 市农业农村局 市卫生健康局 市妇联 市政务服务数据管理局 市税务局
    市医疗保障局 市市场监管局 市退役军人事务局
""")
HAIDONG = _names("""
    市委组织部 市人力资源社会保障局 市委编办 市财政局 市税务局 市残联 市工业信息化局（国资委）
    市工商联 市妇联 市乡村振兴局 市教育局 市民政局 市发展改革委 市文化广电旅游局 市农业农村局
    市邮政管理局 市卫生健康委 市医保局 中国农业银行
""")
NINGJIN = _names("""
    县委组织部 县人力资源社会保障局 县委编办 县残联 县财政局 县邮政管理局 县烟草专卖局
    县科技和信息化局 县工商联 县农业农村局 县教育局 县民政局 县发展和改革局 县文化广电和旅游局
    县乡村振兴局 县卫健局 县税务局 县退役军人事务局 县委宣传部
""")
SICHUAN = _names("""
    省委组织部 省委编办 人力资源社会保障厅 省残联 省国资委 四川省税务局 省企业联合会 省邮政管理局
    省邮政分公司 省烟草专卖局 经济和信息化厅 省市场监管局 省工商联 文化和旅游厅 民政厅 财政厅
    农业农村厅 商务厅 省乡村振兴局 省地方金融监管局 省发展改革委 教育厅 省卫生健康委 省中医药局
    省政府残疾人工作委员会 退役军人厅 省医疗保障局 省大数据中心 省委宣传部
""")


class Expected(NamedTuple):
    """A plan as a careful reader would put it: when it starts, who is assigned, what is dated."""

    starts: str
    assigned: list[str]
    dated: list[tuple[str, list[str], list[str]]]


YUBEI_PUBLICITY = ["区委宣传部", "区人力社保局", "区残联", *YUBEI_TOWNS]
NINGJIN_PUBLICITY = ["县委宣传部", "县残联", "县人力资源社会保障局", "县工商联"]
SICHUAN_PUBLICITY = ["省委宣传部", "人力资源社会保障厅", "省工商联", "省残联", "省企业联合会"]
SUMMARISING = [unit for unit in ZHONGSHAN if unit != "市残联"] + ZHONGSHAN_TOWNS
REPORTING = [unit for unit in SICHUAN if unit != "省政府残疾人工作委员会"]
COMMITTEE = ["省政府残疾人工作委员会"]
OFFICE_OF_HAIDONG = ["市政府残疾人工作委员会办公室"]
COUNTY_COMMITTEE = ["县政府残疾人工作委员会"]

PLANS = {
    "yubei-2023": Expected(
        "2023-06-08",
        YUBEI + YUBEI_TOWNS,
        [
            # 按年度, decided as 12-31
            ("annual-evaluation", YUBEI_TOWNS, ["2023-12-31", "2024-12-31", "2025-12-31"]),
            # the third Sunday of May; that of 2023 was before the issue
            ("disabled-persons-day", YUBEI_PUBLICITY, ["2024-05-19", "2025-05-18"]),
            (
                "international-disabled-day",
                YUBEI_PUBLICITY,
                ["2023-12-03", "2024-12-03", "2025-12-03"],
            ),
        ],
    ),
    "zhongshan-2023": Expected(
        "2023-03-07",
        ZHONGSHAN + ZHONGSHAN_TOWNS,
        [
            ("midterm-summary!", SUMMARISING, ["2023-12-15"]),
            ("final-summary!", SUMMARISING, ["2024-10-20"]),
        ],
    ),
    "haidong-2023": Expected(
        "2023-08-11",
        HAIDONG + HAIDONG_COUNTIES + HAIDONG_COMMITTEES + OFFICE_OF_HAIDONG,
        [
            ("county-report", HAIDONG_COMMITTEES, ["2023-12-31", "2024-12-31"]),
            ("evaluation-2023!", OFFICE_OF_HAIDONG, ["2023-12-31"]),
            ("final-evaluation!", OFFICE_OF_HAIDONG, ["2024-10-31"]),
        ],
    ),
    "ningjin-2022": Expected(
        "2022-01-01",
        [*NINGJIN, *NINGJIN_TOWNS, "县政府残疾人工作委员会", "县政府"],
        [
            ("annual-evaluation", COUNTY_COMMITTEE, ["2022-11-10", "2023-11-10", "2024-11-10"]),
            ("annual-report", COUNTY_COMMITTEE, ["2022-11-10", "2023-11-10", "2024-11-10"]),
            ("disabled-persons-day", NINGJIN_PUBLICITY, ["2022-05-15", "2023-05-21", "2024-05-19"]),
            (
                "international-disabled-day",
                NINGJIN_PUBLICITY,
                ["2022-12-03", "2023-12-03", "2024-12-03"],
            ),
            # “十四五”期间完成
            (
                "standardisation!",
                ["县人力资源社会保障局", "县残联", "县财政局"],
                ["2025-12-31"],
            ),
        ],
    ),
    "sichuan-2022": Expected(
        "2022-08-12",
        SICHUAN + SICHUAN_CITIES,
        [
            ("unit-report", REPORTING, ["2022-12-31", "2023-12-31", "2024-12-31"]),
            ("upward-report", COMMITTEE, ["2022-12-31", "2023-12-31", "2024-12-31"]),
            ("policy-evaluation!", COMMITTEE, ["2024-12-31"]),
            ("disabled-persons-day", SICHUAN_PUBLICITY, ["2023-05-21", "2024-05-19"]),
            (
                "international-disabled-day",
                SICHUAN_PUBLICITY,
                ["2022-12-03", "2023-12-03", "2024-12-03"],
            ),
        ],
    ),
}
"""Dated obligations: key (with ! where it occurs once and its id bears no year), owers, days."""


def _works(day: date) -> bool:
    """The published workdays to 2026; the years after have weekends only."""
    return day.weekday() < 5 if day.year > 2026 else bool(chinese_calendar.is_workday(day))


def _back(day: date) -> date:
    while not _works(day):
        day -= ONE_DAY
    return day


def _count(day: date, workdays: int) -> date:
    """So many workdays later or, negative, earlier."""
    step = ONE_DAY if workdays > 0 else -ONE_DAY
    for _ in range(abs(workdays)):
        day += step
        while not _works(day):
            day += step
    return day


OWN = ["liaison", "officer_in_charge"]
ORANGE = [*OWN, "coordinating_office"]
RED = [*OWN, "head", "coordinating_office", "inspection_office"]

Rung = tuple[str, str, date, list[str]]
"""Name, kind, day and the posts that are told."""


def _around(due_on: date) -> Iterator[Rung]:
    last_workday = _back(due_on)
    reminders = [
        ("reminder-30d", _back(last_workday - timedelta(days=30)), ["liaison"]),
        ("reminder-10w", _count(last_workday, -10), ["liaison"]),
        ("reminder-3w", _count(last_workday, -3), OWN),
        ("reminder-1w", _count(last_workday, -1), OWN),
        ("reminder-0", last_workday, OWN),
    ]
    for name, day, posts in reminders:
        yield name, "reminder", day, posts
    blue = _count(due_on, 1)
    orange = _count(blue, 3)
    red = _count(orange, 5)
    yield "slip-blue", "slip-blue", blue, OWN
    yield "slip-orange", "slip-orange", orange, ORANGE
    yield "slip-red", "slip-red", red, RED
    for count in range(1, 9):
        yield f"chase-{count}", "chase", _count(red, 5 * count), RED


def _after(applied_on: date) -> Iterator[Rung]:
    first = applied_on if _works(applied_on) else _count(applied_on, 1)
    yield "assignment", "assignment", first, ["liaison"]
    yield "acknowledge-chase-1", "acknowledge-chase", _count(applied_on, 3), ["liaison"]
    yield "acknowledge-chase-2", "acknowledge-chase", _count(applied_on, 5), OWN


Line = tuple[str, str, str, str, date, date | None, tuple[str, ...]]
"""Obligation, unit, step, kind, day, due date, posts."""


def _line(key: str, unit: str, rung: Rung, due_on: date | None) -> Line:
    name, kind, day, posts = rung
    return f"{key}/{unit}", unit, name, kind, day, due_on, tuple(posts)


def _expected(plan: str) -> list[Line]:
    starts, assigned, dated = PLANS[plan]
    lines = [
        _line(f"{plan}/assignment", unit, rung, None)
        for unit in assigned
        for rung in _after(date.fromisoformat(starts))
    ]
    for key, owers, days in dated:
        for due_on in map(date.fromisoformat, days):
            name = key[:-1] if key.endswith("!") else f"{key}/{due_on.year}"
            lines += [
                _line(f"{plan}/{name}", unit, rung, due_on)
                for unit in owers
                for rung in _around(due_on)
            ]
    return lines


def _foreseen(plan: str, first: str = "2022-01-01", last: str = "2027-12-31") -> list[Foreseen]:
    content = OFFICE.plans[plan]
    ladders = Ladders(content.policy, OFFICE.calendar, content.matrix.period.last)
    return preview(content, ladders, date.fromisoformat(first), date.fromisoformat(last))


def _as_line(seen: Foreseen) -> Line:
    note = seen.notice
    posts = tuple(str(to.role) for to in note.recipients)
    kind = str(note.kind)
    return note.obligation, note.unit, note.step, kind, note.on, note.due_on, posts


def test_there_are_five_plans() -> None:
    assert set(OFFICE.plans) == set(PLANS)


@pytest.mark.parametrize("plan", PLANS)
def test_every_notice_of_a_plan_is_foreseen_on_its_day_and_no_other(plan: str) -> None:
    # A sum that does not depend on the order, so that a difference is told line by line.
    foreseen = Counter(map(_as_line, _foreseen(plan)))
    assert foreseen - Counter(_expected(plan)) == Counter()
    assert Counter(_expected(plan)) - foreseen == Counter()


@pytest.mark.parametrize("plan", PLANS)
def test_every_notice_is_on_a_workday(plan: str) -> None:
    assert all(_works(seen.notice.on) for seen in _foreseen(plan))


@pytest.mark.parametrize("plan", PLANS)
def test_a_window_shows_what_the_whole_shows_on_its_days(plan: str) -> None:
    first, last = date(2023, 11, 15), date(2024, 10, 18)
    whole = [seen for seen in _foreseen(plan) if first <= seen.notice.on <= last]
    assert _foreseen(plan, str(first), str(last)) == whole


def test_the_worked_example_2024_10_20() -> None:
    """Typed out: T is Friday 10-18; 09-29 and 10-12 are worked, 10-01 to 10-07 are not."""
    mine = "zhongshan-2023/final-summary/市教育体育局"
    found = [
        (str(seen.notice.on), str(seen.notice.kind))
        for seen in _foreseen("zhongshan-2023")
        if seen.notice.obligation == mine
    ]
    assert found == [
        ("2024-09-18", "reminder"),
        ("2024-09-30", "reminder"),
        ("2024-10-15", "reminder"),
        ("2024-10-17", "reminder"),
        ("2024-10-18", "reminder"),
        ("2024-10-21", "slip-blue"),
        ("2024-10-24", "slip-orange"),
        ("2024-10-31", "slip-red"),
        ("2024-11-07", "chase"),
        ("2024-11-14", "chase"),
        ("2024-11-21", "chase"),
        ("2024-11-28", "chase"),
        ("2024-12-05", "chase"),
        ("2024-12-12", "chase"),
        ("2024-12-19", "chase"),
        ("2024-12-26", "chase"),
    ]


COUNTS = [("zhongshan-2023", "midterm-summary", 46), ("zhongshan-2023", "final-summary", 46)]


@pytest.mark.parametrize(("plan", "key", "count"), COUNTS)
def test_each_summary_of_zhongshan_is_owed_by_46_units_and_not_by_who_receives_it(
    plan: str, key: str, count: int
) -> None:
    notices = [seen.notice for seen in _foreseen(plan)]
    owers = {note.unit for note in notices if note.obligation.startswith(f"{plan}/{key}/")}
    assert len(owers) == count
    assert "市残联" not in owers
    assert len(owers & set(ZHONGSHAN_TOWNS)) == 23
