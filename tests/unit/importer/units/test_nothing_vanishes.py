"""Whatever stands where a unit can stand is a unit, a group, stated noise, or asked about."""

from hypothesis import given, settings
from hypothesis import strategies as st

from duban.importer.units.context import Context
from duban.importer.units.line import compile_line
from duban.importer.units.phrases import ASIDE, NOISE, VERB
from models.document import Place
from models.draft import ResponsibilityLine

HERE = Place(1)
NAMES = """
市教育局 市委组织部 残联 各镇街 市工业和信息化局 各县（市、区）人民政府 团市委 供电公司 教育 杭州市
国家税务总局滨江市税务局 市财政局（资金保障） 市工信局（国资委） 有关部门 市委 市政府办公室
市政府督查室 各县区教育局
""".split()  # noqa: SIM905
PERSONS = """
市财政局局长 市财政局主要负责人 分管副市长 张三 局长李四 市政府秘书长 各乡镇党委书记 市教育局张三
县委书记 分管负责同志 ×××
""".split()  # noqa: SIM905
NOISE_WORDS = ("2024年底前", "持续推进", "下同", "按职责分工负责", "3", "牵头", "配合", "—")
CHARACTERS = (
    "市省县区局厅委办部长书记张三负责牵头配合会同各有关和及等财政教育公安副主任领导人以下任务"
)
WORDS = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(PERSONS),
    st.sampled_from(NOISE_WORDS),
    st.text(CHARACTERS, min_size=1, max_size=7),
)
VERBS = st.sampled_from(
    ["", "", "牵头", "负责", "配合", "按职责分工负责", "会同市民政局", "等部门"]
)


PARTICLES = "、，及和与等以由请"


def is_stated_noise(words: str) -> bool:
    """Whether the words are of the stated list: time limits, verbs, numbers, signs, 以下任务."""
    return len(words) <= 1 or bool(NOISE.search(words) or ASIDE.match(words) or VERB.match(words))


def is_accounted_for(line: ResponsibilityLine, begin: int, end: int) -> bool:
    words = line.text[begin:end].strip(PARTICLES)
    is_read = any(unit.begin < end and begin < unit.end for unit in line.units)
    again = (unit for unit in line.units if unit.name.endswith(words) or unit.name in words)
    is_read = is_read or any(unit.end <= begin for unit in again)
    is_asked = any(words in each.about or each.about in words for each in line.doubts)
    return is_read or is_asked or is_stated_noise(words)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(WORDS, VERBS), min_size=1, max_size=6),
    st.sampled_from("、，；"),
    st.sampled_from(["", "国", "省", "市", "县"]),
    st.booleans(),
)
def test_every_piece_of_a_list_is_read_or_asked_about(
    items: list[tuple[str, str]], separator: str, level: str, is_first_lead: bool
) -> None:
    text = separator.join(words + verb for words, verb in items)
    line = compile_line(text, HERE, Context(level=level, first_is_lead=is_first_lead))
    at = 0
    is_aside = False
    for words, verb in items:
        is_aside = is_aside or bool(ASIDE.match(words))
        assert is_aside or is_accounted_for(line, at, at + len(words)), (text, words)
        at += len(words + verb + separator)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PERSONS), st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
def test_no_unit_behind_a_person_becomes_the_lead_in_his_place(
    person: str, names: list[str]
) -> None:
    context = Context(level="市", first_is_lead=True)
    line = compile_line("、".join([person, *names]), HERE, context)
    leads = [unit for unit in line.units if unit.part == "lead"]
    assert all(unit.begin == 0 and unit.is_doubtful for unit in leads)
    assert any(each.about.startswith(person) for each in line.doubts)
