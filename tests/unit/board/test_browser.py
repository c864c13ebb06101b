"""A unit's pages in a real browser: axe-core, 390 and 320 pixels, without JavaScript."""

from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI

from duban.board.server import server_for
from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from models.entry import EntryKind
from tests import builders
from tests.browser import browser, look_at
from tests.builders import occasion
from tests.chromium import tab
from tests.unit.board.conftest import Clock, Unit
from tests.unit.board.papers import PDF
from tests.unit.board.test_server import serving

SUMMARY = "plan-2024/summary/甲局"
DUTY = "plan-2024/duty/1/甲局"
ASSIGNMENT = "plan-2024/assignment/甲局"


def _with_targets() -> builders.Office:
    target = {
        "text": "至少培训600人",
        "metric": "培训人数",
        "value": "600",
        "unit": "人",
        "cmp": ">=",
        "by": "2024-12-31",
    }
    rows = (builders.duty(targets=(target,)), builders.duty("2"))
    return builders.office(builders.plan(builders.matrix(duties=rows)))


def _pages(unit: Unit, workplace: Workplace, clock: Clock) -> dict[str, str]:
    """Every kind of page that a unit can see, in every state that looks different."""
    site = unit.client.app.state.site.__dict__
    site["look"] = lambda: builders.edited(workplace, _with_targets())
    pages = {
        "the list at first": unit.client.get(unit.link()),
        "a report": unit.client.get(unit.item(SUMMARY)),
        "a row": unit.client.get(unit.item(DUTY)),
        "an assignment": unit.client.get(unit.item(ASSIGNMENT)),
        "errors": unit.post(
            SUMMARY,
            "reported",
            [("files", ("a.zip", b"PK\3\4", "x")), ("scan", ("b.exe", b"MZ", "x"))],
            nil="1",
            passage_1="x",
        ),
        "files refused": unit.post(SUMMARY, "reported", [("scan", ("b", b"MZ", "x"))], text="x"),
        "errors of a request": unit.post(SUMMARY, "extension-requested", until="x"),
        "errors of a refusal": unit.post(DUTY, "declined"),
        "a forged link": unit.client.get("/u/x"),
        "no such page": unit.client.get("/none"),
    }
    put_off = {"until": "2024-11-01", "extension_text": "等数据"}
    assert unit.post(SUMMARY, "extension-requested", **put_off).status_code == 303
    pages["a request that waits"] = unit.client.get(unit.item(SUMMARY))
    done = unit.post(SUMMARY, "completed", [("files", ("总结.pdf", PDF, "x"))], text="总结")
    pages["done"] = unit.client.get(done.headers["location"])
    back = Saying(EntryKind.RETURNED, "缺数据", until=date(2024, 1, 12))
    enter(workplace, SUMMARY, back, occasion("2024-01-04"))
    pages["a returned report"] = unit.client.get(unit.item(SUMMARY))
    clock.set("2024-02-01")
    pages["the list later"] = unit.client.get(unit.link())
    clock.set("2024-12-01")
    pages["an expired link"] = unit.client.get(unit.link())
    return {name: answer.text for name, answer in pages.items()}


def test_everybody_can_use_every_page_on_a_telephone(
    unit: Unit, workplace: Workplace, clock: Clock, tmp_path: Path
) -> None:
    browser()
    found = look_at(tmp_path, _pages(unit, workplace, clock))
    assert len(found) == 15
    assert {name: page.violations for name, page in found.items() if page.violations} == {}
    assert {name: page.overflow for name, page in found.items() if page.overflow > 0} == {}
    assert {name: page.small for name, page in found.items() if page.small} == {}


def test_a_unit_answers_with_the_keyboard_alone_and_without_javascript(
    app: FastAPI, unit: Unit, workplace: Workplace, tmp_path: Path
) -> None:
    """From a real port, at 390 pixels: sign for everything, open the report, hand it in."""
    browser()
    with serving(server_for(app, "127.0.0.1", 0)) as port, tab(tmp_path) as page:
        page.open(f"http://127.0.0.1:{port}{unit.link()}")
        assert page.tab_to("跳到正文")[0] == "link: 跳到正文", "the first stop"
        page.tab_to("button: 全部签收")
        page.press("Enter", loads=True)
        assert builders.items(workplace)[ASSIGNMENT].stage == "acknowledged"
        page.tab_to("link: 工作总结")
        page.press("Enter", loads=True)
        page.tab_to("textbox: 办理情况")
        page.type("键盘填写的总结")
        passed = page.tab_to("button: 报送办结")
        assert [stop for stop in passed if not stop.partition(": ")[2]] == [], "all have names"
        page.press("Enter", loads=True)
        assert "已登记" in page.text()
        assert "键盘填写的总结" in page.text()
    assert builders.items(workplace)[SUMMARY].stage == "completed"


def test_the_browser_would_tell(tmp_path: Path) -> None:
    """A page with everything wrong, so that a silent browser is noticed."""
    browser()
    wrong = (
        '<!doctype html><html><head><meta charset="utf-8"><title></title></head><body>'
        '<input><button style="height:20px">x</button><img src="x">'
        '<p style="color:#ccc;background:#fff">看不清的一行字</p>'
        '<div style="width:900px">x</div></body></html>'
    )
    found = look_at(tmp_path, {"wrong": wrong})["wrong"]
    rules = {rule for _, rule, _ in found.severe}
    assert {"label", "html-has-lang", "image-alt", "color-contrast"} <= rules
    assert found.overflow > 0
    assert len(found.small) >= 1


@pytest.mark.parametrize("name", ["axe.min.js", "LICENSE"])
def test_the_rules_are_here_with_their_licence(name: str) -> None:
    path = Path(__file__).parents[2] / "vendor/axe-core" / name
    assert 0 < path.stat().st_size < 700_000
