import pytest

from duban.importer.units.names import Kind, is_complete, read_name


@pytest.mark.parametrize(("text", "kind", "prefix", "stem"), [
    ("市委组织部", Kind.PREFIXED, "市", "组织部"),
    ("市市场监管局", Kind.PREFIXED, "市", "市场监管局"),
    ("市场监管局", Kind.LEVEL, "", "市场监管局"),
    ("市政园林局", Kind.LEVEL, "", "市政园林局"),
    ("市政务服务局", Kind.PREFIXED, "市", "政务服务局"),
    ("县城管局", Kind.PREFIXED, "县", "城管局"),
    ("编办", Kind.PARTY, "", "编办"),
    ("党委宣传部", Kind.PARTY, "", "宣传部"),
    ("教育厅", Kind.HALL, "", "教育厅"),
    ("教育部", Kind.OUTSIDE, "", "教育部"),
    ("国家税务总局滨江市税务局", Kind.OUTSIDE, "", "国家税务总局滨江市税务局"),
    ("中国农业银行", Kind.OUTSIDE, "", "中国农业银行"),
    ("四川省税务局", Kind.PREFIXED, "四川省", "税务局"),
    ("广州市教育局", Kind.PREFIXED, "广州市", "教育局"),
    ("镇江市教育局", Kind.PREFIXED, "镇江市", "教育局"),
    ("市中区教育局", Kind.PREFIXED, "市中区", "教育局"),
    ("杭州市余杭区教育局", Kind.PREFIXED, "杭州市余杭区", "教育局"),
    ("中共杭州市委组织部", Kind.PREFIXED, "杭州市", "组织部"),
    ("自治区党委组织部", Kind.PREFIXED, "自治区", "组织部"),
    ("团市委", Kind.PREFIXED, "市", "团委"),
    ("各镇街", Kind.GROUP, "", "各镇街"),
    ("市级有关部门", Kind.GROUP, "", "市级有关部门"),
    ("市直机关工委", Kind.PREFIXED, "市", "直机关工委"),
    ("教育", Kind.TOPIC, "", "教育"),
    ("教育部门", Kind.TOPIC_GROUP, "", "教育部门"),
    ("杭州市", Kind.PLACE, "", "杭州市"),
    ("高新区管委会", Kind.OWN, "", "高新区管委会"),
    ("持续推进", Kind.ODD, "", "持续推进"),
])  # fmt: skip
def test_a_name_taken_apart(text: str, kind: Kind, prefix: str, stem: str) -> None:
    name = read_name(text)
    assert (name.kind, name.prefix, name.stem) == (kind, prefix, stem)


def test_the_bracket_of_a_dual_name_is_its_tail() -> None:
    name = read_name("市工业信息化局（国资委）")
    assert (name.stem, name.tail, name.is_known) == ("工业信息化局", "（国资委）", True)


@pytest.mark.parametrize(("text", "expected"), [
    ("市教育局", True), ("各县区人民政府", True), ("市人力资源", False), ("社会", False),
    ("市委老干部", False), ("", False),
])  # fmt: skip
def test_what_can_be_a_whole_name(text: str, expected: bool) -> None:
    assert is_complete(text) is expected
