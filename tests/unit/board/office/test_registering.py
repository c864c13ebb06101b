"""A unit's answer entered for it: by telephone, by hand, with what it handed in."""

import json
from datetime import date

from duban.service.evidence.locker import list_evidence
from duban.service.workplace import Workplace
from models.entry import EntryKind
from tests.builders import edited, matrix, office, plan
from tests.unit.board.office.browsers import (
    ASSIGNMENT,
    DUTY,
    SUMMARY,
    Browser,
    kinds,
    last,
)

PAGE = f"/office/items/{SUMMARY}"
E = EntryKind


def test_an_answer_by_telephone_is_entered_for_the_unit(people: Workplace, clerk: Browser) -> None:
    clerk.act(PAGE, "register", register_kind="reported", register_who="办公室 某某")
    assert "请写明内容" in clerk.text
    clerk.send(
        PAGE,
        "register",
        register_kind="reported",
        register_who="办公室 某某",
        register_text="完成一半",
        register_nil="1",
    )
    made = last(people, SUMMARY)
    assert made.by == "甲局办公室 某某（来电，承办甲代为登记）"
    assert (made.kind, made.text, made.via) == ("reported", "完成一半", "office-page")
    assert made.detail == '{"nil": true}'
    assert "零报告" in clerk.text


def test_what_is_said_of_each_row_is_kept_by_its_row(people: Workplace, clerk: Browser) -> None:
    fields = {"register_kind": "reported", "register_passage-1": "招了两名"}
    clerk.act(PAGE, "register", **fields, register_nil="1")
    assert "勾选了“零报告”，又逐项填写了内容" in clerk.text
    assert "招了两名</textarea>" in clerk.text
    assert kinds(people, SUMMARY) == ["assigned"]
    clerk.act(PAGE, "register", **fields)
    made = last(people, SUMMARY)
    assert json.loads(made.detail) == {"passages": [{"number": "1", "text": "招了两名"}]}
    assert "第1项：招了两名" in clerk.text


def test_nothing_to_report_needs_no_words(people: Workplace, clerk: Browser) -> None:
    clerk.act(PAGE, "register", register_kind="reported", register_nil="1")
    assert last(people, SUMMARY).detail == '{"nil": true}'


def test_an_acknowledgement_is_entered_on_the_assignment(people: Workplace, clerk: Browser) -> None:
    assert ASSIGNMENT.encode() in clerk.client.get(f"/office/items/{ASSIGNMENT}").content
    clerk.act(f"/office/items/{ASSIGNMENT}", "register", register_kind="acknowledged")
    assert kinds(people, ASSIGNMENT)[-1] == "acknowledged"


def test_what_is_handed_in_by_hand_is_kept_beside_the_answer(
    people: Workplace, clerk: Browser
) -> None:
    clerk.get(PAGE)
    fields = clerk.hidden("register") | {
        "register-kind": "completed",
        "register-event": "2024-01-02",
    }
    files = [("register-files", ("..\\..\\总结.pdf", b"%PDF-1.4\n%%EOF", "text/html"))]
    answer = clerk.client.post(PAGE, data=fields, files=files)
    assert answer.status_code == 303, answer.text
    (piece,) = list_evidence(people, SUMMARY)
    assert (piece.file_name, piece.event_on) == ("总结.pdf", date(2024, 1, 2))
    assert piece.media_type == "application/pdf"
    assert "总结.pdf" in clerk.get(PAGE)


def test_an_unfit_file_is_named_and_nothing_is_entered(people: Workplace, clerk: Browser) -> None:
    clerk.get(PAGE)
    fields = clerk.hidden("register") | {"register-kind": "completed", "register-text": "已办"}
    files = [("register-files", ("看.html", b"<html><script>1</script></html>", "image/png"))]
    answer = clerk.client.post(PAGE, data=fields, files=files)
    assert answer.status_code == 422
    assert "看.html" in answer.text
    assert "已办" in answer.text
    assert kinds(people, SUMMARY) == ["assigned"]
    assert [path for path in people.evidence.rglob("*") if path.is_file()] == []


def test_minimal_evidence_plans_offer_no_files(
    completed: Workplace, app: object, clerk: Browser
) -> None:
    bare = edited(completed, office(plan(matrix(minimal_evidence=True))))
    object.__setattr__(app.state.site, "look", lambda: bare)  # type: ignore[attr-defined]
    text = clerk.get(f"/office/items/{DUTY}")
    assert 'type="file"' not in text
    assert "本方案不要求佐证材料" in text
    fields = clerk.hidden("register") | {"register-kind": "completed"}
    files = [("register-files", ("总结.pdf", b"%PDF-1.4\n%%EOF", "application/pdf"))]
    assert clerk.client.post(f"/office/items/{DUTY}", data=fields, files=files).status_code == 422
    assert list_evidence(completed, DUTY) == []
