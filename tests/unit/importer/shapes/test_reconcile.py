from duban.importer.shapes.reconcile import likeness, linked
from models.document import Place
from models.draft import Row


def row(number: str, title: str, *clauses: str) -> Row:
    return Row(number, title, "正文", clauses, None, (), (), Place(1), "")


def test_a_short_text_in_a_longer_one() -> None:
    assert likeness("发展托育", "大力发展托育服务") == 1.0
    assert likeness("发展托育", "整治河道") == 0.0
    assert likeness("", "整治河道") == 0.0


def test_rows_that_say_the_same_are_linked_both_ways() -> None:
    rows = (
        row("1.1", "扩大托育供给", "支持幼儿园开设托班。"),
        row("1.2", "整治河道", "清理垃圾。"),
        row("A1", "支持幼儿园开设托班"),
        row("A2", "编制名录"),
    )
    found, doubts = linked(rows, frozenset({"A1", "A2"}))
    assert {each.number: each.links for each in found} == {
        "1.1": ("A1",), "1.2": (), "A1": ("1.1",), "A2": (),
    }  # fmt: skip
    assert [(each.code, each.about) for each in doubts] == [
        ("no-counterpart", "1.2"), ("no-counterpart", "A2"),
    ]  # fmt: skip


def test_without_an_annex_nothing_is_linked() -> None:
    rows = (row("1", "整治河道"),)
    assert linked(rows, frozenset()) == (rows, ())
