from hypothesis import given
from hypothesis import strategies as st

from duban.importer.units.normal import normal, partners


@given(st.text(max_size=80))
def test_no_length_changes(text: str) -> None:
    assert len(normal(text)) == len(text)
    assert normal(normal(text)) == normal(text)


def test_half_width_signs_become_full_width_ones() -> None:
    assert normal("(市,县;区:[镇]１２") == "（市，县；区：〔镇〕12"


def test_brackets_of_every_kind_are_paired() -> None:
    assert partners("（a〔b〕）（") == {0: 5, 5: 0, 2: 4, 4: 2}


def test_angled_brackets_inside_a_name_are_round_ones() -> None:
    assert normal("各县<市、区>政府") == "各县（市、区）政府"
    assert normal("关于印发〈规划》的通知") == "关于印发〈规划》的通知"
    assert normal("浓度<35、湿度>40") == "浓度〈35、湿度〉40"
