"""Whatever a text says, its shape is found, and every row has a number of its own."""

from hypothesis import given, settings
from hypothesis import strategies as st

from duban.importer.formats.text import read_text
from duban.importer.shapes.reading import shape

WORDS = st.sampled_from(
    ["一、", "（一）", "1.", "（1）", "①", "附件", "任务清单",
     "序号", "主要任务", "责任单位", "完成时限", "|", "\t", "\n", "\n\n", "  ", "（市教育局）",
     "责任单位：", "市财政局、", "加强监管。",
     "2024年底", "1", "2", "合计", "备注：", "（", "）", "2.1 ", "第一章", "。"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=60))
def test_no_text_is_an_error(words: list[str]) -> None:
    text = "".join(words)
    if not text.strip():
        return
    rows = shape(read_text(f"{text}。".encode())).rows
    numbers = [row.number for row in rows]
    assert len(numbers) == len(set(numbers))
    assert all(row.begin <= row.end for row in rows)
