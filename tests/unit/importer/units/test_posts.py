import pytest

from duban.importer.units.posts import ends_name, holder


@pytest.mark.parametrize(("text", "unit", "post"), [
    ("市财政局局长", "市财政局", "局长"),
    ("市财政局主要负责人", "市财政局", "主要负责人"),
    ("市住房城乡建设局分管负责同志", "市住房城乡建设局", "分管负责同志"),
    ("市财政局局长张三", "市财政局", "局长张三"),
    ("市教育局张三同志", "市教育局", "张三同志"),
    ("市公安局交警支队支队长", "市公安局交警支队", "支队长"),
    ("各镇街主要领导", "各镇街", "主要领导"),
    ("市教育局主要负责人为第一责任人", "市教育局", "主要负责人为第一责任人"),
    ("分管副市长", "", "分管副市长"),
    ("分管市领导", "", "分管市领导"),
    ("县委书记", "", "县委书记"),
    ("市政府秘书长", "", "市政府秘书长"),
    ("×××", "", "×××"),
    ("市教育局", "", ""),
    ("市委组织部", "", ""),
    ("市新能源汽车产业链链长制办公室", "", ""),
    ("张三", "", ""),
    ("持续推进", "", ""),
])  # fmt: skip
def test_a_piece_is_parted_into_a_unit_and_who_stands_for_it(
    text: str, unit: str, post: str
) -> None:
    assert holder(text) == (unit, post)


@pytest.mark.parametrize("text", ["市教育局", "市教育局局长", "分管副市长"])
def test_a_verb_can_follow_a_body_and_its_head(text: str) -> None:
    assert ends_name(text)
    assert not ends_name("持续")
