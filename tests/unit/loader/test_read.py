"""The workdays alone of an office's files."""

from datetime import date
from pathlib import Path

from duban.loader.read import read_workdays

YEAR = """year: 2024
notice: 某年放假通知
rest_days: [2024-10-01]
make_up_days: [2024-09-29]
"""
LOCAL = """because: 本地节日
rest_days: [2024-10-08]
"""


def test_the_years_and_the_local_days_that_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "workdays"
    folder.mkdir()
    (folder / "2024.yaml").write_text(YEAR, encoding="utf-8")
    (folder / "local.yaml").write_text(LOCAL, encoding="utf-8")
    (folder / "2025.yaml").write_text("year: [", encoding="utf-8")
    calendar = read_workdays(tmp_path)
    days = [date(2024, 9, 29), date(2024, 10, 1), date(2024, 10, 8), date(2024, 10, 9)]
    assert [calendar.is_workday(day) for day in days] == [True, False, False, True]
    assert calendar.is_provisional(date(2025, 1, 6))


def test_without_files_there_are_weekends_only(tmp_path: Path) -> None:
    calendar = read_workdays(tmp_path)
    assert calendar.is_workday(date(2024, 10, 1))
    assert not calendar.is_workday(date(2024, 9, 29))
