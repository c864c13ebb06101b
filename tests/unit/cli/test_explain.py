"""``duban explain``: the date and every step of it, defended in Chinese."""

from datetime import date
from pathlib import Path

import pytest

from duban.planner.obligations import obligations
from duban.service.explain import explain
from duban.service.opening import open_workplace
from duban.settings import Settings
from tests.unit.cli.commands import KEY, MATRICES, Office
from tests.unit.notifications.channels.servers import Inbox, serving


def test_the_date_is_defended(applied: Office) -> None:
    output = applied.run("explain", KEY, "--as-of", "2024-09-20").output
    for line in [
        "市教育体育局　推动落实《行动方案》终期工作总结",
        "  2024年9月20日（周五）：已交办，黄灯",
        "  规则：文件写明日期；“前”含当日。（stated-day）",
        "  期限：2024年10月20日（周日），周末，休息",
        "  T：2024年10月18日（周五），期限前最后一个工作日；提醒从这一天往前算",
        "  逾期：从 2024年10月21日（周一） 起，即期限后第一个工作日",
    ]:
        assert f"{line}\n" in output
    assert "  原文：并分别于2023年12月15日前、2024年10月20日前向市残联报送" in output
    assert "  出处：正文三" in output


def test_each_step_says_how_it_was_counted_and_what_becomes_of_it(applied: Office) -> None:
    output = applied.run("explain", KEY, "--as-of", "2024-10-16").output
    assert (
        "  2024年9月30日（周一）　督办提醒（reminder-10w）\n"
        "      怎么算：T 2024-10-18 前推 10个工作日，是 2024-09-30\n"
        "      不发：已由 reminder-3w 代替\n"
    ) in output
    assert "      下次运行时发，送联络员、分管领导\n" in output
    assert (
        "  2024年10月24日（周四）　橙色督查单（slip-orange）\n"
        "      怎么算：slip-blue 2024-10-21 后推 3个工作日，是 2024-10-24\n"
        "      到时发，送联络员、分管领导、督办专班\n"
    ) in output
    assert "  接下来：2024年10月16日（周三） reminder-3w\n" in output


def test_a_day_that_moves_off_a_rest_day_says_so(office: Office) -> None:
    key = "haidong-2023/final-evaluation/市政府残疾人工作委员会办公室"
    output = office.run("explain", key).output
    assert "T 2024-10-31 前推 30天，是 2024-10-01；" in output
    assert "2024-10-01 是休息日，提前到前一个工作日" in output


def test_what_was_said_to_whom_and_when(applied: Office) -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        applied.more = {
            "DUBAN_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "DUBAN_MAIL_FROM": "supervision@office.example",
        }
        applied.run("run", "daily", "--as-of", "2024-10-15", "--no-prefect")
    applied.run("run", "daily", "--as-of", "2024-10-17", "--no-prefect")
    applied.run("complete", KEY, "--as-of", "2024-10-17", "--by", "王五", "--text", "已报送")
    output = applied.run("explain", KEY, "--as-of", "2024-10-17").output
    assert "联络员 liaison@education.zhongshan.example　2024-10-15 已发（邮件 " in output
    assert "联络员 liaison@education.zhongshan.example　2024-10-17 起排队待发（邮件 " in output
    assert "      不发：已办结，不再提醒\n" in output
    assert "  接下来：没有了。\n" in output
    assert "  2024-10-17 办结（王五）：已报送\n" in output


def test_the_json_holds_the_same(applied: Office) -> None:
    told = applied.read("explain", KEY, "--as-of", "2024-09-20")
    assert list(told) == [
        "obligation", "plan", "kind", "title", "unit", "as_of", "applied", "armed_on", "revision",
        "stage", "light", "text", "place", "rule", "rule_text", "decided", "proposed_on", "due_on",
        "stated_on", "inner_due_on", "last_workday", "awaits", "steps", "next", "earlier",
        "entries",
    ]  # fmt: skip
    assert (told["due_on"], told["last_workday"]) == ("2024-10-20", "2024-10-18")
    assert [step["on"] for step in told["steps"]][:3] == ["2024-09-18", "2024-09-30", "2024-10-15"]
    assert told["next"]["step"] == "reminder-30d"
    assert list(told["next"]) == [
        "step", "kind", "on", "at", "counted_from", "counted_to", "to", "fate", "because", "told",
    ]  # fmt: skip
    assert told["next"] | {"to": None} == {
        "step": "reminder-30d",
        "kind": "reminder",
        "on": "2024-09-18",
        "at": "T - 30 days",
        "counted_from": "2024-10-18",
        "counted_to": "2024-09-18",
        "to": None,
        "fate": "now",
        "because": "",
        "told": [],
    }


def test_what_is_not_applied_is_explained_from_the_matrix(office: Office) -> None:
    output = office.run("explain", KEY).output
    assert "  尚未录入台账（duban apply）；以下假定 2023年3月7日（周二） 交办\n" in output
    assert office.read("explain", KEY)["applied"] is False


def test_a_draft_says_so(office: Office) -> None:
    keys = [item["obligation"] for item in office.read("plan", "ningjin-2022")[0]["changes"]]
    dated = next(key for key in keys if "/assignment/" not in key and "/duty/" not in key)
    assert "征求意见稿，不会发出通知" in office.run("explain", dated).output


def test_a_date_that_the_office_has_yet_to_decide_comes_with_the_proposal(office: Office) -> None:
    key = "haidong-2023/county-evaluation/2023/乐都区人民政府"
    output = office.run("explain", key).output
    assert "期限：待办公室决定；建议 2023年12月31日（周日）。决定之前不提醒。" in output
    assert office.read("explain", key)["proposed_on"] == "2023-12-31"


def test_a_date_that_the_office_has_decided_names_the_grounds(office: Office) -> None:
    key = "yubei-2023/annual-evaluation/2023/两路街道"
    assert "  决定：12-31，示例决定：" in office.run("explain", key).output


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("zhongshan-2023/assignment/小榄镇", "签收没有期限；从交办之日起催签收。"),
        ("zhongshan-2023/duty/1/小榄镇", "文件没有写，是常年事项"),
        ("zhongshan-2023/typical-cases/小榄镇", "文件没有写明哪一日，只登记，不提醒。"),
    ],
)
def test_what_has_no_date_says_why(office: Office, key: str, sentence: str) -> None:
    assert sentence in office.run("explain", key).output


def test_every_kind_of_item_of_every_plan_can_be_explained(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'ledger.db'}"
    workplace = open_workplace(Settings(database_url=database, matrices=MATRICES))
    kinds: dict[tuple[str, str], str] = {}
    for plan in workplace.office.plans.values():
        for item in obligations(plan):
            kinds.setdefault((plan.id, item.id.split("/")[1]), item.id)
    assert len(kinds) > 40
    for key in kinds.values():
        assert explain(workplace, key, date(2024, 9, 2)).obligation.id == key
    workplace.engine.dispose()


def test_a_matrix_that_moved_on_is_pointed_out(applied: Office) -> None:
    applied.postpone()
    assert "矩阵已改、台账未改：期限（duban plan 查看）" in applied.run("explain", KEY).output


def test_earlier_due_dates_are_kept_in_view(applied: Office) -> None:
    applied.run("run", "daily", "--as-of", "2024-09-18", "--no-prefect")
    applied.postpone()
    applied.run("apply", "--as-of", "2024-09-20", "zhongshan-2023")
    told = applied.read("explain", KEY, "--as-of", "2024-09-20")
    assert (told["revision"], told["due_on"]) == (2, "2024-10-31")
    assert [item["step"] for item in told["earlier"]] == ["reminder-30d"]
    output = applied.run("explain", KEY, "--as-of", "2024-09-20").output
    assert "第 1 版期限的 reminder-30d" in output
    assert "期限：2024-10-20 → 2024-10-31" in output


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("zhongshan-2023/final-summary", "add a unit: 市委组织部, "),
        ("haidong-2023/hiring-plan", "outside the plan's reach: never chased"),
        (
            "zhongshan-2023/final-sumary/市教育体育局",
            "did you mean zhongshan-2023/final-summary/市教育体育局",
        ),
        ("somewhere/final-summary/市教育体育局", "an id is PLAN/KEY[/YEAR]/UNIT"),
        ("x", "an id is PLAN/KEY[/YEAR]/UNIT"),
        ("", "an id is PLAN/KEY[/YEAR]/UNIT"),
    ],
)
def test_an_unknown_id_is_wrong_usage(office: Office, key: str, hint: str) -> None:
    done = office.run("explain", key)
    assert done.code == 2
    assert hint in done.errors
