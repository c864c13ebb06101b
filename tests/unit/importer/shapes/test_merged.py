"""Tasks merged over several rows: the same rows and numbers, whatever the format."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from duban.importer.formats.docx import read_docx
from duban.importer.formats.html import read_html
from duban.importer.formats.sheet import read_sheets
from duban.importer.formats.text import read_text
from duban.importer.shapes.reading import shape
from models.document import Document
from tests.unit.importer.formats import builders

TITLE = ("示例市重点工作任务分解表",)
Grid = Sequence[Sequence[str]]
TABLES: dict[str, tuple[Grid, tuple[int, ...], str]] = {
    "number and task merged": (
        (
            ("序号", "主要任务", "具体措施", "责任单位", "完成时限"),
            ("1", "优化审批流程", "压减审批时限，精简材料。", "市行政审批局", "2026年6月底前"),
            ("1", "优化审批流程", "推行告知承诺制，公布清单。", "市司法局", "2026年8月底前"),
            ("1", "优化审批流程", "开展并联审批，统一受理。", "市住建局", "2026年9月底前"),
            ("2", "提升监管效能", "推进双随机一公开检查。", "市市场监管局", "2026年12月底前"),
        ),
        (0, 1),
        "1.1 1.2 1.3 2.1",
    ),
    "a number of its own for each measure": (
        (
            ("序号", "重点任务", "序号", "工作举措", "责任单位"),
            ("一", "优化审批流程", "1", "压减审批时限，精简材料。", "市行政审批局"),
            ("一", "优化审批流程", "2", "推行告知承诺制，公布清单。", "市司法局"),
            ("二", "提升监管效能", "3", "推进双随机一公开检查。", "市市场监管局"),
        ),
        (0, 1),
        "1.1 1.2 2.1",
    ),
    "the task before the number, which counts through": (
        (
            ("重点任务", "序号", "工作举措", "牵头单位"),
            ("优化审批流程", "1", "压减审批时限，精简材料。", "市行政审批局"),
            ("优化审批流程", "2", "推行告知承诺制，公布清单。", "市司法局"),
            ("提升监管效能", "3", "推进双随机一公开检查。", "市市场监管局"),
        ),
        (0,),
        "1 2 3",
    ),
    "a category before numbers that begin again": (
        (
            ("类别", "序号", "工作任务", "责任单位"),
            ("一、优化环境", "1", "压减审批时限。", "市行政审批局"),
            ("一、优化环境", "2", "推行告知承诺制。", "市司法局"),
            ("二、强化监管", "1", "推进双随机检查。", "市市场监管局"),
        ),
        (0,),
        "1.1 1.2 2.1",
    ),
}


def blanked(rows: Grid, merged: tuple[int, ...]) -> list[list[str]]:
    """The rows with a blank where a merged cell repeats the one above."""
    found = [list(rows[0])]
    for above, row in pairwise(rows):
        found.append(
            [
                "" if at in merged and all(above[c] == row[c] for c in merged if c <= at) else text
                for at, text in enumerate(row)
            ]
        )
    return found


def text_of(lines: Sequence[str]) -> Document:
    return read_text("\n".join([*TITLE, *lines]).encode())


FORMATS: dict[str, Callable[[Grid, tuple[int, ...]], Document]] = {
    "docx": lambda rows, merged: read_docx(builders.to_docx(rows, TITLE, merged)),
    "xlsx": lambda rows, merged: read_sheets(builders.to_xlsx(rows, TITLE, merged)),
    "html": lambda rows, merged: read_html(builders.to_html(rows, TITLE, merged)),
    "tabs": lambda rows, merged: text_of(["\t".join(row) for row in blanked(rows, merged)]),
    "pipes": lambda rows, merged: text_of([" | ".join(row) for row in blanked(rows, merged)]),
    "said again": lambda rows, merged: text_of(["|".join(row) for row in rows]),
    "one cell a line": lambda rows, merged: text_of(
        [text for row in blanked(rows, merged) for text in row if text]
    ),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", TABLES)
def test_merged_tasks_give_the_same_rows(name: str, form: str) -> None:
    rows, merged, numbers = TABLES[name]
    found = shape(FORMATS[form](rows, merged)).rows
    assert [row.number for row in found] == numbers.split()
    units_at = next(at for at, text in enumerate(rows[0]) if text.endswith("单位"))
    assert [row.lists[0].text for row in found] == [row[units_at] for row in rows[1:]]
    measures = [row.title + "".join(row.clauses) for row in found]
    assert all(
        row[units_at - 1].strip("。") in text for row, text in zip(rows[1:], measures, strict=True)
    )
