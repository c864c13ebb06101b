import pytest

from duban.importer.units.phrases import ASIDE, FIRST_IS_LEAD, NOISE, VERB, part_of
from models.draft import Part


@pytest.mark.parametrize("words", [
    "2024年底前", "6月底前完成", "持续推进", "年内持续推进", "下同", "按职责分工负责",
    "长期", "—", "3",    "统筹推进", "等部门", "时限要求", "牵头单位",
])  # fmt: skip
def test_what_is_stated_noise(words: str) -> None:
    assert NOISE.search(words)


@pytest.mark.parametrize(
    "words", ["张三负责", "市教育局", "等三人", "排水处", "列车段", "信息中心推进"]
)
def test_what_only_looks_like_noise(words: str) -> None:
    assert not NOISE.search(words)


@pytest.mark.parametrize(("words", "part"), [
    ("牵头", Part.LEAD), ("总牵头", Part.LEAD), ("主办", Part.LEAD), ("配合", Part.SUPPORTING),
    ("会办", Part.SUPPORTING), ("按职责分工负责", Part.RESPONSIBLE), ("组织实施", Part.RESPONSIBLE),
])  # fmt: skip
def test_the_part_that_a_verb_gives(words: str, part: Part) -> None:
    found = VERB.match(words)
    assert found
    assert part_of(found) is part


@pytest.mark.parametrize("words", ["会办公室", "负责人", "承办人", "为主任"])
def test_what_only_begins_like_a_verb(words: str) -> None:
    assert not VERB.match(words)


def test_sentences_about_the_document_are_told_from_names() -> None:
    assert ASIDE.match("以下各项任务均由各镇街负责")
    assert FIRST_IS_LEAD.search("排名第一的单位为牵头单位")
    assert not ASIDE.match("市教育局")
