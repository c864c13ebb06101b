import pytest

from duban.importer.units.context import Context
from duban.importer.units.doubts import MESSAGES, doubt
from duban.importer.units.names import read_name
from duban.importer.units.questions import Carried, of_restored, of_written
from models.document import Place


@pytest.mark.parametrize(("text", "code"), [
    ("市教育局", None), ("各镇街", None), ("各有关部门", "open-ended"),
    ("供电公司", "prefix-of-enterprise"),
    ("中国农业银行", None), ("省市教育局", "two-levels"), ("园区管委会", "bare-group"),
    ("教育部门", "topic-group"),
    ("市工信局（国资委）", "dual-name"), ("持续推进", "not-understood"),
])  # fmt: skip
def test_what_is_asked_about_a_name_as_it_is_written(text: str, code: str | None) -> None:
    assert of_written(read_name(text), Context(level="市")) == code


@pytest.mark.parametrize(("text", "separator", "carried", "code"), [
    ("教育局", "、", Carried("市", "市"), None),
    ("教育局", "，", Carried("市", "市"), "prefix-after-break"),
    ("教育局", "、", Carried(), "prefix-from-level"),
    ("教育局", "、", Carried("市", "市", is_crossed=True), "prefix-after-other"),
    ("编办", "、", Carried("市", "市"), "prefix-of-party"),
    ("编办", "、", Carried("市", "市", is_party=True), None),
    ("网信办", "、", Carried("市", "市", is_party=True), "prefix-of-organ"),
])  # fmt: skip
def test_what_is_asked_about_a_prefix_taken_over(
    text: str, separator: str, carried: Carried, code: str | None
) -> None:
    assert of_restored(read_name(text), separator, carried, Context(level="市"), False) == code


def test_every_question_names_what_it_is_about() -> None:
    for code in MESSAGES:
        assert "编办" in doubt(code, "编办", None, Place(1)).message
