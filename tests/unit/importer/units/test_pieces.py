import pytest

from duban.importer.units.pieces import cut_span
from duban.importer.units.scan import Span
from models.draft import Part


@pytest.mark.parametrize(("text", "names", "verb"), [
    ("市教育局", ["市教育局"], None),
    ("由市教育局牵头", ["市教育局"], Part.LEAD),
    ("市残联及各县区按职责分工负责", ["市残联", "各县区"], Part.RESPONSIBLE),
    ("市教育局配合", ["市教育局"], Part.SUPPORTING),
    ("市就业支持中心", ["市就业支持中心"], None),
    ("市委组织部", ["市委组织部"], None),
    ("市人力资源和社会保障局和市残联", ["市人力资源和社会保障局", "市残联"], None),
    ("市教育局会同市财政局", ["市教育局", "市财政局"], None),
    ("市教育局市财政局", ["市教育局", "市财政局"], None),
    ("牵头", [], Part.LEAD),
])  # fmt: skip
def test_a_span_taken_apart(text: str, names: list[str], verb: Part | None) -> None:
    cut = cut_span(text, Span(0, len(text), ""))
    assert [piece.text for piece in cut.pieces] == names
    assert cut.verb is verb


def test_et_cetera_opens_the_list_and_belongs_to_no_name() -> None:
    (piece,) = cut_span("市教育局等有关部门", Span(0, 9, "")).pieces
    assert (piece.text, piece.is_open, piece.whole_end) == ("市教育局", True, 9)
