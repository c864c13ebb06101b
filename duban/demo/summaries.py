"""The collated summaries of the demonstration's plan, as papers in its folder."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from duban.reports.markdown import markdown
from duban.reports.summary import summary_paper
from duban.reports.word import word
from duban.service.collation import summary_of
from duban.service.sending.deliver import moment_of
from duban.service.workplace import Workplace

_PAPERS = (
    ("zhongshan-2023/midterm-summary", date(2023, 12, 29)),
    ("zhongshan-2023/final-summary", date(2024, 11, 8)),
)
"""Each report with the day on which the office puts it together."""


class Paper(NamedTuple):
    """A paper that was written, in two forms, and how many units it is from."""

    word: Path
    text: Path
    owed: int
    reported: int


def write_summaries(workplace: Workplace, folder: Path, last: date) -> list[Paper]:
    """Write those whose day has come by the last one of the demonstration."""
    return [_written(workplace, folder, *each) for each in _PAPERS if each[1] <= last]


def _written(workplace: Workplace, folder: Path, report: str, on: date) -> Paper:
    found = summary_of(workplace, report, on)
    blocks = summary_paper(found)
    name = report.rpartition("/")[2]
    paper = Paper(
        folder / f"{name}.docx", folder / f"{name}.md", len(found.owed), len(found.reported)
    )
    made_at = moment_of(workplace, on, "Asia/Shanghai").at
    paper.word.write_bytes(word(blocks, made_at))
    paper.text.write_text(markdown(blocks), encoding="utf-8")
    return paper
