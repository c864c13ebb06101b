import pytest

from duban.importer.dated.parties import is_general, is_local, party, subject
from duban.importer.dated.passage import Passage, Scope
from models.document import Place

KNOWN = ("市残联", "市妇联", "市委组织部", "市财政局", "各镇街", "各县（市、区）人民政府")
SCOPE = Scope(jurisdiction="示例市", units=KNOWN)


@pytest.mark.parametrize(("clause", "who"), [
    ("市残联要做好统筹协调", "市残联"),
    ("请各有关单位于2024年6月底前报送", "各有关单位"),
    ("同时,市财政局每年安排资金", "市财政局"),
    ("市委组织部、市财政局负责", "市委组织部、市财政局"),
    ("各镇(街道)要及时了解", "各镇(街道)"),
    ("养老机构应当公开收费", "养老机构"),
    ("定期组织召开联席会议", None),
    ("加强组织领导,市残联要", None),
    ("推动企业开展培训", None),
    ("服务平台要完善", None),
    ("", None),
])  # fmt: skip
def test_the_subject_that_a_clause_begins_with(clause: str, who: str | None) -> None:
    span = subject(clause)
    assert (clause[span[0] : span[1]] if span else None) == who


@pytest.mark.parametrize(("who", "names", "external"), [
    ("市残联、妇联", ("市残联", "市妇联"), False),
    ("各有关部门和镇街", ("各有关部门", "各镇街"), False),
    ("组织、财政部门", ("市委组织部", "市财政局"), False),
    ("各县（市、区）政府", ("各县（市、区）人民政府",), False),
    ("财政部门", ("市财政局",), False),
    ("市水利局、林业局", ("市水利局", "市林业局"), False),
    ("省财政厅", ("省财政厅",), True),
    ("用人单位", ("用人单位",), True),
])  # fmt: skip
def test_whom_a_subject_names(who: str, names: tuple[str, ...], external: bool) -> None:
    assert party(who, Passage("", Place(1)), SCOPE) == (names, external)


def test_groups_for_all_and_groups_of_places() -> None:
    assert is_general("各有关部门")
    assert not is_general("各镇街")
    assert is_local("各镇街")
    assert not is_local("各责任单位")
