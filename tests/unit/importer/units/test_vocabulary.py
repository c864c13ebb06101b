import pytest

from duban.importer.units import terms
from duban.importer.units.vocabulary import FIRM_LAST, is_stem, split_topic

USUAL = """
人社局 发改委 工信局 住建局 市监局 文旅局 卫健委 应急局 医保局 退役军人局 数据局 营商局 行政审批局
城管局 乡村振兴局 妇联 残联 编办 团委 人力资源和社会保障厅
"""


@pytest.mark.parametrize("stem", USUAL.split())
def test_common_names_are_known(stem: str) -> None:
    assert is_stem(stem)


def test_a_stem_is_a_topic_and_a_noun() -> None:
    assert split_topic("教育体育局") == ("教育体育", "局")
    assert split_topic("葡萄局") is None


def test_no_term_is_a_name_of_one_place() -> None:
    words = terms.TOPICS | terms.PARTY_STEMS | terms.LEVEL_STEMS | terms.TWOFOLD_STEMS
    assert not [
        word for word in words if any(p in word for p in ("四川", "海东", "宁晋", "中山", "渝北"))
    ]
    assert FIRM_LAST.search("教育局")
