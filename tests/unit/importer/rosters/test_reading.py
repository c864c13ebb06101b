import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.importer.rosters.reading import Holder, read_roster
from models.document import Document
from models.roster import Contact, Post
from tests.unit.importer.rosters.lists import PLACE, document, table

LIAISON, OFFICER, HEAD = Post.LIAISON, Post.OFFICER_IN_CHARGE, Post.HEAD


def short(holders: tuple[Holder, ...]) -> list[tuple[str, Post, str]]:
    return [(each.unit, each.post, each.address.split("@")[0]) for each in holders]


CASES = [
    (
        "columns in the usual order, the post by 岗位",
        document(
            "序号|单位|姓名|职务|岗位|电话|邮箱",
            "1|市财政局|张三|科长|联络员|0000-1|a@x.example",
            "2|市财政局|李四|副局长|分管领导|0000-2|b@x.example",
        ),
        [("市财政局", LIAISON, "a"), ("市财政局", OFFICER, "b")],
    ),
    (
        "any order and naming, blanks inside headings",
        document(
            "电子邮箱|联系方式（手机）|姓 名|工作单位|职 务",
            "a@x.example|1|王五|市残联|办公室主任科员",
            "b@x.example|2|赵六|市残联|理事长",
        ),
        [("市残联", LIAISON, "a"), ("市残联", HEAD, "b")],
    ),
    (
        "merged unit cells: the persons below belong to the unit above",
        document(
            "单位|姓名|职务|邮箱",
            "市财政局|张三|副局长|a@x.example",
            "|李四|预算科科员|b@x.example",
            "市委编办|王五|主任|c@x.example",
        ),
        [("市财政局", OFFICER, "a"), ("市财政局", LIAISON, "b"), ("市委编办", HEAD, "c")],
    ),
    (
        "a title row across the table, notes below it",
        document(
            "甲水市重点工作联络员名单|甲水市重点工作联络员名单|甲水市重点工作联络员名单",
            "单位|联络员|邮箱",
            "市财政局|张三|a@x.example",
            "备注：请于月底前报送||",
            merged=((0, 1), (0, 2)),
        ),
        [("市财政局", LIAISON, "a")],
    ),
    (
        "a heading of two rows: the posts above, the fields below",
        document(
            "单位|分管领导|分管领导|联络员|联络员|联络员",
            "单位|姓名|邮箱|姓名|手机|邮箱",
            "市财政局|甲某|a@x.example|乙某|1|b@x.example",
            merged=((0, 2), (0, 4), (0, 5), (1, 0)),
        ),
        [("市财政局", OFFICER, "a"), ("市财政局", LIAISON, "b")],
    ),
    (
        "the same where the cells above are blank instead of merged",
        document(
            "序号|单 位|分管领导|||联络员||",
            "||姓 名|职 务|邮箱|姓名|手机|邮箱",
            "1|财政局|甲某|副局长|a@x.example|乙某|1|b@x.example",
        ),
        [("市财政局", OFFICER, "a"), ("市财政局", LIAISON, "b")],
    ),
    (
        "in a list of liaisons a deputy director is the liaison",
        document("单位|姓名|职务|邮箱", "市残联|张三|副理事长|a@x.example", title="联络员登记表"),
        [("市残联", LIAISON, "a")],
    ),
    (
        "units by alias, by the place's own name, without prefix, with the job behind them",
        document(
            "单位及职务|联络员|邮箱",
            "市人社局|张三|a@x.example",
            "甲水市财政局|李四|b@x.example",
            "残联|王五|c@x.example",
            "编办|赵六|d@x.example",
            "东湖镇党政办科员|钱七|e@x.example",
        ),
        [
            ("市人力资源社会保障局", LIAISON, "a"),
            ("市财政局", LIAISON, "b"),
            ("市残联", LIAISON, "c"),
            ("市委编办", LIAISON, "d"),
            ("东湖镇", LIAISON, "e"),
        ],
    ),
    (
        "several persons in one row of cells",
        document(
            "单位|联络员|邮箱",
            "市财政局|张三\\n李四|a@x.example\\nb@x.example",
        ),
        [("市财政局", LIAISON, "a")],
    ),
    (
        "two persons in one cell, parted by a comma; the second is asked about",
        document(
            "单位|联络员|电话|邮箱", "市财政局|张三、李四|0000-1、0000-2|a@x.example、b@x.example"
        ),
        [("市财政局", LIAISON, "a")],
    ),
    (
        "the address beside the number",
        document("部门|联系人|联系方式", "市财政局|张三|0000-0000001 a@x.example"),
        [("市财政局", LIAISON, "a")],
    ),
    (
        "name and number in one cell",
        document("责任单位|联系人及电话|电子邮箱", "市财政局|张三 0000-0000001|a@x.example"),
        [("市财政局", LIAISON, "a")],
    ),
    (
        "one who has left, and his successor",
        document(
            "单位|联络员|邮箱|备注",
            "市财政局|张三|a@x.example|已调离",
            "市财政局|李四|b@x.example|",
        ),
        [("市财政局", LIAISON, "b")],
    ),
    (
        "a full-width address, a name with a blank in it",
        document("单位|联络员|邮箱", "市财政局|张 三|ａ＠ｘ．example"),
        [("市财政局", LIAISON, "a")],
    ),
]


@pytest.mark.parametrize(
    ("page", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_list_is_read(page: Document, expected: list[tuple[str, Post, str]]) -> None:
    assert short(read_roster(page, PLACE).holders) == expected


QUERIES = [
    ("a unit that the registry lacks", "市林业局|张三|a@x.example", "unit", ""),
    (
        "an abbreviation is proposed, not taken",
        "市人资局|张三|a@x.example",
        "unit",
        "市人力资源社会保障局",
    ),
    ("a group is no unit", "各镇街|张三|a@x.example", "unit", ""),
    ("nobody without an address is written", "市财政局|张三|", "no-mail", "核实"),
    ("an address that is none", "市财政局|张三|zhang.example", "mail", "核实"),
    ("a person without a unit", "|张三|a@x.example", "no-unit", ""),
]


@pytest.mark.parametrize(
    ("row", "code", "suggestion"), [case[1:] for case in QUERIES], ids=[case[0] for case in QUERIES]
)
def test_what_is_doubtful_is_asked_and_not_written(row: str, code: str, suggestion: str) -> None:
    listed = read_roster(document("单位|联络员|邮箱", row), PLACE)
    assert listed.holders == ()
    assert [query.code for query in listed.queries] == [code]
    assert suggestion in listed.queries[0].suggestion
    assert "张三" not in listed.queries[0].message


def test_of_two_liaisons_the_first_is_taken_and_the_second_asked() -> None:
    rows = ("单位|联络员|邮箱", "市财政局|张三|a@x.example", "市财政局|李四|b@x.example")
    listed = read_roster(document(*rows), PLACE)
    assert short(listed.holders) == [("市财政局", LIAISON, "a")]
    assert [query.code for query in listed.queries] == ["several"]


def test_a_job_that_points_to_no_post_is_asked() -> None:
    rows = ("单位|姓名|职务|邮箱", "市财政局|张三|组长|a@x.example")
    listed = read_roster(document(*rows), PLACE)
    assert short(listed.holders) == [("市财政局", LIAISON, "a")]
    assert [query.code for query in listed.queries] == ["post"]


def test_the_head_of_an_office_is_doubtful_where_the_unit_is_an_office() -> None:
    rows = ("单位|姓名|职务|邮箱", "市政府办公室|张三|办公室主任|a@x.example")
    assert [query.code for query in read_roster(document(*rows), PLACE).queries] == ["post"]


def test_a_table_of_something_else_is_passed_over() -> None:
    assert read_roster(document("序号|主要任务|责任单位", "1|干事|市财政局"), PLACE).tables == 0


def test_without_a_registry_units_stay_as_written() -> None:
    listed = read_roster(document("单位|联络员|邮箱", "某 局|张三|a@x.example"), None)
    assert short(listed.holders) == [("某局", LIAISON, "a")]


WORDS = [
    "单位",
    "姓名",
    "联络员",
    "邮箱",
    "a@x.example",
    "市财政局",
    "人社局",
    "",
    "副局长",
    "\\n",
    "１",
]


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS) | st.text(max_size=5), min_size=3, max_size=3), min_size=1
    )
)
def test_no_list_breaks_it_and_every_holder_fits_a_roster(rows: list[list[str]]) -> None:
    page = document(*("|".join(cell.replace("|", "") for cell in row) for row in rows))
    for holder in read_roster(page, PLACE).holders:
        assert holder.unit in {unit.name for unit in PLACE.units}
        Contact(address=holder.address)


def test_two_tables_are_read_as_one_list() -> None:
    one = table("单位|联络员|邮箱", "市财政局|张三|a@x.example")
    other = table("单位|联络员|邮箱", "市残联|李四|b@x.example", line=9)
    listed = read_roster(Document("docx", (one, other), ()), PLACE)
    assert (listed.tables, len(listed.holders)) == (2, 2)


LINES = [
    ("commas, as in a CSV file", ",", "单位,姓名,职务,邮箱"),
    ("tabs", "\t", "单位\t姓名\t职务\t邮箱"),
    ("blanks", "    ", "单位    姓名    职务    邮箱"),
]


@pytest.mark.parametrize(
    ("between", "heading"), [case[1:] for case in LINES], ids=[case[0] for case in LINES]
)
def test_lines_without_a_table_are_read_by_what_parts_them(between: str, heading: str) -> None:
    row = between.join(["市财政局", "张三", "科长", "a@x.example"])
    lines = ("甲水市联络员名单", "", heading, row, "注：请及时更新。")
    listed = read_roster(Document("text", (), lines), PLACE)
    assert short(listed.holders) == [("市财政局", LIAISON, "a")]
    assert [holder.name for holder in listed.holders] == ["张三"]
    assert listed.queries == ()


COLUMNS = "单位          姓名    职务    邮箱          电话"
GAPS = [
    ("below the headings", "市财政局              科长    a@x.example   0000-0000001", "", []),
    ("the last cell is missing", "市财政局  张三丰  科长  a@x.example", "张三丰", []),
    ("below no heading", "市财政局   科长  a@x.example  0000-0000001", None, ["columns"]),
]


@pytest.mark.parametrize(
    ("row", "name", "codes"), [gap[1:] for gap in GAPS], ids=[gap[0] for gap in GAPS]
)
def test_a_cell_missing_between_blanks_never_shifts_its_neighbours(
    row: str, name: str | None, codes: list[str]
) -> None:
    listed = read_roster(Document("text", (), ("附件  联络员名单", COLUMNS, row)), PLACE)
    assert [holder.name for holder in listed.holders] == ([] if name is None else [name])
    assert [query.code for query in listed.queries] == codes


def test_names_and_numbers_that_share_a_cell_are_told_apart() -> None:
    page = document("责任单位|联系人及电话|电子邮箱", "市财政局|张三 0000-0000001|a@x.example")
    found = read_roster(page, PLACE).holders[0]
    assert (found.name, found.phone) == ("张三", "0000-0000001")


def test_several_addresses_of_one_person_are_asked_about() -> None:
    page = document("单位|联络员|邮箱", "市财政局|张三|a@x.example；b@x.example")
    listed = read_roster(page, PLACE)
    assert short(listed.holders) == [("市财政局", LIAISON, "a")]
    assert [query.code for query in listed.queries] == ["several-mails"]


def test_who_has_left_is_no_holder() -> None:
    page = document("单位|联络员|邮箱|备注", "市财政局|张三|a@x.example|已退休")
    listed = read_roster(page, PLACE)
    assert (listed.holders, short(listed.left)) == ((), [("市财政局", LIAISON, "a")])
