"""A unit that was merged, as the commands show it: the old name, and who answers by now."""

from tests.unit.cli.commands import Office

OLD = "zhongshan-2023/final-summary/市乡村振兴局"
BEFORE, AFTER = ("--as-of", "2024-06-28"), ("--as-of", "2024-09-20")


def test_the_ledger_and_explain_name_both(applied: Office) -> None:
    ledger = applied.run("ledger", "--unit", "市乡村振兴局", *AFTER).output
    assert "市农业农村局）" in ledger
    assert applied.run("explain", OLD, *AFTER).output.startswith("市乡村振兴局（现市农业农村局）　")
    assert applied.run("explain", OLD, *BEFORE).output.startswith("市乡村振兴局　")


def test_under_the_successor_s_name_stands_what_it_took_over(applied: Office) -> None:
    asked = ("ledger", "--unit", "市农业农村局", "--kind", "report")
    assert {row["unit"] for row in applied.read(*asked, *AFTER)} == {"市农业农村局", "市乡村振兴局"}
    assert {row["unit"] for row in applied.read(*asked, *BEFORE)} == {"市农业农村局"}


def test_the_preview_writes_to_the_successor_from_its_day_on(applied: Office) -> None:
    notices = applied.read(
        "preview", "zhongshan-2023", "--from", "2023-12-01", "--to", "2024-10-31"
    )
    sent = {
        (notice["on"] >= "2024-06-30", notice["recipients"][0]["address"].partition("@")[2])
        for notice in notices
        if notice["unit"] == "市乡村振兴局"
    }
    assert sent == {
        (False, "rural-revitalization.zhongshan.example"),
        (True, "agriculture.zhongshan.example"),
    }
