from duban.importer.units.context import Context, Halls
from duban.importer.units.inheritance import halls_of, in_full
from duban.importer.units.line import entries_of


def full(text: str, context: Context) -> list[str]:
    return [one.name for one in in_full(entries_of(text), context)]


def test_a_stem_takes_the_prefix_before_it() -> None:
    assert full("市委组织部、编办、教育局", Context(level="市")) == [
        "市委组织部",
        "市委编办",
        "市教育局",
    ]


def test_a_body_of_a_higher_level_hands_on_nothing() -> None:
    assert full("市邮政管理五分局、残联", Context(level="区")) == ["市邮政管理五分局", "区残联"]


def test_at_the_centre_only_the_partys_departments_inherit() -> None:
    names = ["中央组织部", "中央宣传部", "国家发展改革委", "能源局"]
    assert full("中央组织部、宣传部、国家发展改革委、能源局", Context(level="国")) == names


def test_what_a_line_shows_of_the_halls() -> None:
    assert halls_of(entries_of("教育厅、省残联")) is Halls.BARE
    assert halls_of(entries_of("省教育厅、财政厅")) is Halls.PREFIXED
    assert halls_of(entries_of("省发展改革委、教育厅、市场监管局")) is Halls.PREFIXED
    assert halls_of(entries_of("教育厅、财政厅")) is Halls.UNKNOWN
