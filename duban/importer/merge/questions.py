"""The questions that a merge leaves to the office."""

import re
from collections.abc import Mapping

from duban.importer.merge.changes import (
    Change,
    differing,
    field_in_words,
    is_names,
    since_last_import,
    value_in_words,
)


def after_conflict(change: Change) -> tuple[str, str]:
    """A field that the office and the document have both changed: question and proposal."""
    field, now = field_in_words(change.field), change.now
    if since := since_last_import(change):
        question = f"文件的“{field}”{since}，办公室也改过，用哪一种？"
    else:
        shown = now if is_names(now) else differing(change.before, now)[1]
        said = value_in_words(shown)
        question = f"文件的“{field}”现为“{said}”，与办公室改过的不同，用哪一种？"
    return f"重新导入：{question}", "暂留办公室的写法。"


def after_removal(title: str, number: str = "") -> tuple[str, str]:
    """An entry that the document no longer has: question and proposal.

    ``number`` is the one it has been given because its own is now another row's.
    """
    named = f"（现编号{number}）" if number else ""
    return f"重新导入：文件里已没有“{title}”{named}，是否删去？", "核实后由办公室删去。"


_NUMBER = re.compile(r"(?<![0-9A-Za-z.])[A-Z]?\d+(?:\.\d+)*(?=[、（“同等写未和与内]|没有|的)")


def renumbered(question: str, renamed: Mapping[str, str]) -> str:
    """The words of a question with the rows that they name under their new numbers."""
    return _NUMBER.sub(lambda found: renamed.get(found[0], found[0]), question)
