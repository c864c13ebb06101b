import pytest

from duban.importer.units.normal import normal
from duban.importer.units.scan import scan
from models.draft import Part


@pytest.mark.parametrize(("text", "spans"), [
    ("甲局、乙局，丙局", ["甲局", "乙局", "丙局"]),
    ("（甲局、乙局）", ["甲局", "乙局"]),
    ("甲局（乙办、丙办）、丁局", ["甲局（乙办、丙办）", "丁局"]),
    ("（甲局牵头）（乙局配合）", ["甲局牵头", "乙局配合"]),
    ("市教育局\n市财政局", ["市教育局", "市财政局"]),
    ("市人力资源\n社会保障局", ["市人力资源\n社会保障局"]),
    ("各乡镇（街道、区）政府", ["各乡镇（街道、区）政府"]),
])  # fmt: skip
def test_where_a_line_is_cut(text: str, spans: list[str]) -> None:
    assert [text[span.begin : span.end] for span in scan(normal(text)).spans] == spans


def test_labels_give_their_part_to_what_follows() -> None:
    found = scan(normal("牵头单位:市教育局;配合单位:市财政局;完成时限:年底")).spans
    assert [(span.label, span.is_aside) for span in found] == [
        (Part.LEAD, False), (Part.SUPPORTING, False), (None, True),
    ]  # fmt: skip


def test_brackets_without_their_other_half_are_told() -> None:
    assert scan("（市教育局").lonely == (0,)
    assert scan("市教育局）").lonely == (4,)
