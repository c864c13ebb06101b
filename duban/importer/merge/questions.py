"""The questions that a merge leaves to the office."""

from duban.importer.merge.changes import differing, field_in_words, value_in_words
from duban.importer.yaml_text import Value


def after_conflict(field: str, before: Value, now: Value) -> tuple[str, str]:
    """A field that the office and the document have both changed: question and proposal."""
    said = value_in_words(differing(before, now)[1])
    question = f"文件的“{field_in_words(field)}”现为“{said}”，与办公室改过的不同，用哪一种？"
    return f"重新导入：{question}", "暂留办公室的写法。"


def after_removal(title: str) -> tuple[str, str]:
    """An entry that the document no longer has: question and proposal."""
    return f"重新导入：文件里已没有“{title}”，是否删去？", "核实后由办公室删去。"
