import pytest

from duban.importer.units.line import entries_of


@pytest.mark.parametrize(("text", "names"), [
    ("各区、县（市）人民政府", ["各区、县（市）人民政府"]),
    ("各镇街、区教育局", ["各镇街", "区教育局"]),
    ("杭州市、宁波市人民政府", ["杭州市人民政府", "宁波市人民政府"]),
    ("各镇人民政府、街道办事处", ["各镇人民政府", "各街道办事处"]),
    ("教育、民政、财政等部门", ["教育、民政、财政等部门"]),
    ("财政、税务局", ["财政局", "税务局"]),
    ("教育、民政", ["教育", "民政"]),
])  # fmt: skip
def test_neighbours_that_belong_together(text: str, names: list[str]) -> None:
    assert [entry.name.text for entry in entries_of(text)] == names
