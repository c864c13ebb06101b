from duban.planner.changes import Change, ChangeKind
from duban.service.renumbering import renumbered
from models.obligation import ItemKind, Obligation, Role


def change(kind: ChangeKind, number: str, title: str, before: str = "") -> Change:
    row = Obligation(
        id=f"plan/{number}/市民政局",
        plan="plan",
        unit="市民政局",
        kind=ItemKind.DUTY,
        role=Role.LEAD,
        title=title,
        to=None,
        due_on=None,
        rule=None,
        duties=(number,),
        text=title,
    )
    return Change(kind, row, {"title": (before, title)} if before else {}, False)


def test_a_title_that_stands_under_another_number_is_found() -> None:
    found = [
        change(ChangeKind.CHANGE, "3.8", "扩销促产", before="做大做强"),
        change(ChangeKind.CHANGE, "3.9", "做大做强", before="会展业"),
        change(ChangeKind.WITHDRAW, "4.1", "金融支持"),
        change(ChangeKind.ADD, "4.2", "金融支持"),
    ]
    assert renumbered(found) == {"3.8": "3.9", "4.1": "4.2"}


def test_another_title_at_the_same_number_is_no_move() -> None:
    assert renumbered([change(ChangeKind.CHANGE, "3.8", "甲", before="乙")]) == {}
    assert renumbered([change(ChangeKind.ADD, "3.8", "甲")]) == {}
