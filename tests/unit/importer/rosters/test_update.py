from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.importer.rosters.fresh import fresh_roster
from duban.importer.rosters.reading import Holder, Listed
from duban.importer.rosters.update import Updated, updated
from duban.loader import nodes, schema
from models.document import Place
from models.roster import Post, Roster
from tests.unit.importer.rosters.lists import PLACE

SINCE = date(2026, 11, 23)
HEAD = """\
plan: example
coordinating_office: {unit: 市政府办公室, contact: office@x.example}
inspection_office: {unit: 市政府督查室, contact: duty@x.example}
contacts:
"""
PRESENT = (
    HEAD
    + """\
  # 财政局的人由预算科报
  - unit: 市财政局
    liaison: old@x.example  # 八月核实
    officer_in_charge: {address: vice@x.example, name: 甲某, nudge: [群机器人]}

  - {unit: 残联, liaison: same@x.example}
  - unit: 市委编办
    liaison:
      - {address: first@x.example, until: 2026-06-30}  # 前任
      - {address: second@x.example, since: 2026-07-01}
"""
)


def holder(
    unit: str, address: str, post: Post = Post.LIAISON, name: str = "乙某", phone: str = ""
) -> Holder:
    return Holder(unit, post, address, name, phone, Place(3))


def read(text: str) -> Roster:
    root, problems = nodes.parse(text, "roster.yaml")
    assert root is not None, problems
    loaded, problems = schema.read(Roster, root, "roster.yaml")
    assert loaded is not None, problems
    assert not problems
    return loaded.value


def run(*holders: Holder, present: str = PRESENT) -> Updated:
    return updated(present, "roster.yaml", Listed(holders, (), (), 1), SINCE, PLACE)


def test_a_successor_holds_the_post_from_the_day_on_and_the_old_one_until_the_day_before() -> None:
    done = run(holder("市财政局", "new@x.example"))
    roster = read(done.text)
    assert roster.holder("市财政局", Post.LIAISON, date(2026, 11, 22)).address == "old@x.example"  # type: ignore[union-attr]
    assert roster.holder("市财政局", Post.LIAISON, SINCE).address == "new@x.example"  # type: ignore[union-attr]
    assert [str(change.kind) for change in done.changes] == ["succeeded"]
    assert "# 八月核实" in done.text
    assert "  # 财政局的人由预算科报\n" in done.text


def test_the_same_person_again_changes_nothing_and_the_file_stays_byte_by_byte() -> None:
    done = run(holder("市财政局", "OLD@x.example", name=""))
    assert done == Updated(PRESENT, (), ())


def test_the_name_and_number_of_the_same_person_are_brought_up_to_date() -> None:
    done = run(holder("市财政局", "vice@x.example", Post.OFFICER_IN_CHARGE, phone="0000-1"))
    contact = read(done.text).contacts[0].officer_in_charge[0]
    assert (contact.name, contact.phone, contact.nudge) == ("乙某", "0000-1", ("群机器人",))


def test_a_post_that_was_empty_is_filled() -> None:
    done = run(
        holder("市财政局", "head@x.example", Post.HEAD),
        holder("市残联", "head@y.example", Post.HEAD),
    )
    roster = read(done.text)
    assert [entry.head[0].address for entry in roster.contacts[:2]] == [
        "head@x.example",
        "head@y.example",
    ]
    assert [str(change.kind) for change in done.changes] == ["added", "added"]


def test_an_entry_in_one_line_keeps_its_line() -> None:
    done = run(holder("市残联", "next@x.example"))
    assert (
        "  - {unit: 残联, liaison: [{address: same@x.example, until: 2026-11-22}, "
        "{address: next@x.example, name: 乙某, since: 2026-11-23}]}\n"
    ) in done.text
    read(done.text)


def test_a_unit_that_is_not_there_yet_is_added_at_the_end() -> None:
    done = run(holder("东湖镇", "a@x.example"), holder("东湖镇", "b@x.example", Post.HEAD))
    assert read(done.text).contacts[-1].head[0].address == "b@x.example"
    assert done.text.startswith(PRESENT.rstrip("\n"))


def test_an_office_reached_through_a_liaison_is_reached_through_the_successor() -> None:
    present = HEAD.replace("office@", "old@") + "  - {unit: 市政府办公室, liaison: old@x.example}\n"
    done = run(holder("市政府办公室", "new@x.example"), present=present)
    offices = read(done.text)
    assert [each.address for each in offices.coordinating_office.contact] == [
        "old@x.example",
        "new@x.example",
    ]
    assert str(offices.coordinating_office.contact[0].until) == "2026-11-22"
    assert [each.address for each in offices.inspection_office.contact] == ["duty@x.example"]
    assert [str(each.holder.post) for each in done.changes] == ["liaison", "coordinating_office"]
    assert run(holder("市政府办公室", "new@x.example"), present=done.text).changes == ()


def test_an_office_under_another_address_than_its_new_liaison_is_asked_about() -> None:
    done = run(holder("市政府办公室", "new@x.example"))
    assert [query.code for query in done.queries] == ["office"]
    assert "office@x.example" in done.text
    assert "@" not in done.queries[0].message


def test_one_who_has_left_without_a_successor_holds_the_post_until_the_day_before() -> None:
    left = Listed((), (holder("市财政局", "old@x.example"),), (), 1)
    done = updated(PRESENT, "roster.yaml", left, SINCE, PLACE)
    assert read(done.text).holder("市财政局", Post.LIAISON, SINCE) is None
    assert [str(each.kind) for each in done.changes] == ["ended"]
    again = updated(done.text, "roster.yaml", left, SINCE, PLACE)
    assert (again.text, again.changes) == (done.text, ())


def test_where_a_comment_would_be_lost_it_is_asked() -> None:
    done = run(holder("市委编办", "third@x.example"))
    assert done.text == PRESENT
    assert [query.code for query in done.queries] == ["present"]


def test_who_began_on_that_day_or_later_is_not_succeeded() -> None:
    present = HEAD + "  - {unit: 市财政局, liaison: {address: a@x.example, since: 2026-11-23}}\n"
    done = run(holder("市财政局", "b@x.example"), present=present)
    assert done.text == present
    assert "--since" in done.queries[0].suggestion


def test_json_has_no_person_and_no_address() -> None:
    done = run(holder("市财政局", "new@x.example", phone="0000-1"))
    said = str([change.as_json() for change in done.changes])
    assert not any(word in said for word in ("new@", "old@", "乙某", "0000"))
    assert "0000" not in done.changes[0].in_words()


def test_a_new_roster_proposes_the_coordinator_and_leaves_the_rest_to_be_filled_in() -> None:
    text = fresh_roster("example", "名单.xlsx", "市残联", [holder("市残联", "a@x.example")], SINCE)
    assert "coordinating_office:\n  unit: 市残联\n  contact: a@x.example\n" in text
    assert "# inspection_office:" in text
    filled = text.replace("# inspection_office:", "inspection_office:").replace("#   ", "  ")
    filled = filled.replace("（待补）", "市政府督查室").replace("（待补邮箱）", "duty@x.example")
    assert read(filled).contacts[0].liaison[0].since == SINCE


UNITS = st.sampled_from([unit.name for unit in PLACE.units])
HOLDERS = st.builds(
    holder,
    UNITS,
    st.sampled_from(["a@x.example", "b@x.example", "old@x.example", "second@x.example"]),
    st.sampled_from([Post.LIAISON, Post.OFFICER_IN_CHARGE, Post.HEAD]),
    st.sampled_from(["乙某", "", "# 丙, {某}", "yes", '引"号', "冒号: 有"]),
)


@settings(max_examples=60)
@given(st.lists(HOLDERS, max_size=8, unique_by=lambda each: (each.unit, each.post)))
def test_what_is_written_is_a_roster_and_doing_it_again_changes_nothing(
    holders: list[Holder],
) -> None:
    once = run(*holders)
    roster = read(once.text)
    asked = {query.message.split("：")[0] for query in once.queries}
    for each in holders:
        held = roster.holder("残联" if each.unit == "市残联" else each.unit, each.post, SINCE)
        if not any(name.startswith(f"{each.unit} ") for name in asked):
            assert held is not None
            assert held.address == each.address
    assert run(*holders, present=once.text).text == once.text


@pytest.mark.parametrize("line_end", ["\n", "\n\n# Ende\n"])
def test_comments_at_the_end_stay(line_end: str) -> None:
    present = PRESENT.rstrip("\n") + line_end
    done = run(holder("东湖镇", "a@x.example"), present=present)
    assert done.text.endswith(line_end)
    read(done.text)
