"""The office's pages in a real browser: axe-core, 390 and 320 pixels, targets that can be hit."""

import json
from datetime import date
from pathlib import Path

from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from models.account import AccountRole
from models.entry import EntryKind
from tests.browser import ROOT, look_at
from tests.browser import browser as chromium
from tests.builders import occasion
from tests.unit.board.office.browsers import ASSIGNMENT, DUTY, SUMMARY, Browser, Received
from tests.unit.board.office.conftest import Open
from tests.unit.board.office.test_mails import CHECKS, READING

STYLE = (ROOT / "duban/board/static/office.css").read_text(encoding="utf-8")
LINK = '<link rel="stylesheet" href="/static/office.css">'


def _pages(workplace: Workplace, post: Received, people: dict[str, Browser]) -> dict[str, str]:
    """Every page of the office, with something on it, and with errors."""
    reviewer, administrator = people["reviewer"], people["administrator"]
    mail = post.mail(
        outbox_id=post.answering(SUMMARY), reading=json.dumps(READING), checks=json.dumps(CHECKS)
    )
    asked = Saying(EntryKind.EXTENSION_REQUESTED, "等数据", date(2024, 11, 1))
    enter(workplace, DUTY, Saying(EntryKind.DECLINED, "不是我局"), occasion("2024-01-03"))
    pages = {
        "sign-in": people["nobody"].get("/office/sign-in"),
        "wrong password": people["nobody"].sign_in("无此人"),
        "queue": reviewer.get("/office"),
        "group": reviewer.get("/office/waiting/mails"),
        "completed": reviewer.get(f"/office/items/{SUMMARY}"),
        "errors": reviewer.send(f"/office/items/{SUMMARY}", "returned", returned_until="x"),
        "declined": reviewer.get(f"/office/items/{DUTY}"),
        "assignment": reviewer.get(f"/office/items/{ASSIGNMENT}"),
        "mail": reviewer.get(f"/office/mails/{mail}"),
        "mail with errors": reviewer.send(f"/office/mails/{mail}", "settle"),
        "ledger": reviewer.get("/office/ledger"),
        "plans": reviewer.get("/office/plans"),
        "plan": reviewer.get("/office/plans/plan-2024"),
        "password": reviewer.get("/office/password"),
        "refused": reviewer.get("/office/accounts"),
        "kept": reviewer.post("/office/mails/1", act="settle", **{"settle-note": "写好的"}),
        "accounts": administrator.get("/office/accounts"),
        "links": administrator.get("/office/links"),
        "nothing": reviewer.get("/office/items/none"),
    }
    enter(workplace, SUMMARY, Saying(EntryKind.RETURNED, "请补"), occasion("2024-01-03"))
    enter(workplace, SUMMARY, asked, occasion("2024-01-03"))
    return pages | {"returned": reviewer.get(f"/office/items/{SUMMARY}")}


def test_everybody_can_use_every_page_on_a_telephone(
    completed: Workplace, post: Received, browser: Open, tmp_path: Path
) -> None:
    chromium()
    people = {
        "nobody": browser(None),
        "reviewer": browser(AccountRole.REVIEWER),
        "administrator": browser(AccountRole.ADMINISTRATOR),
    }
    pages = _pages(completed, post, people)
    styled = {name: page.replace(LINK, f"<style>{STYLE}</style>") for name, page in pages.items()}
    found = look_at(tmp_path, styled)
    assert found.keys() == pages.keys()
    assert {name: page.violations for name, page in found.items() if page.violations} == {}
    assert {name: page.overflow for name, page in found.items() if page.overflow > 0} == {}
    assert {name: page.small for name, page in found.items() if page.small} == {}
