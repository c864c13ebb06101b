"""Files handed in on a unit's page: told by content, bounded, kept with the words or not at all."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import Request

from duban.board.uploads import posted
from duban.service.evidence.locker import list_evidence
from duban.service.workplace import Workplace
from duban.store import documents
from tests import builders
from tests.builders import items, sentences, state
from tests.unit.board.conftest import Unit
from tests.unit.board.papers import PDF, PNG, REFUSED, document

SUMMARY = "plan-2024/summary/甲局"


def _file(content: bytes, name: str = "总结.pdf", field: str = "files") -> tuple[str, Any]:
    return field, (name, content, "text/html")


def _kept(workplace: Workplace) -> list[str]:
    return [name for name, _ in documents.files(workplace.evidence)]


def test_files_come_with_the_words_and_go_out_as_attachments(
    unit: Unit, workplace: Workplace
) -> None:
    files = [_file(PDF), _file(PNG, "../../etc/现场\u202e照片.png")]
    done = unit.post(
        SUMMARY, "completed", files, text="总结如附件", event_on="2024-01-02", note="会议"
    )
    assert done.status_code == 303, done.text
    assert items(workplace)[SUMMARY].stage == "completed"
    rows = list_evidence(workplace, SUMMARY)
    assert [row.file_name for row in rows] == ["总结.pdf", "现场 照片.png"]
    assert {(row.event_on, row.note, row.via) for row in rows} == {
        (date(2024, 1, 2), "会议", "page")
    }
    sent = unit.client.get(f"{unit.link()}/evidence/{rows[1].id}", params={"of": SUMMARY})
    assert sent.content == PNG
    assert sent.headers["content-type"] == "image/png"
    assert sent.headers["x-content-type-options"] == "nosniff"
    disposition = sent.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert disposition.isascii()


def test_only_ones_own_evidence_goes_out(unit: Unit, workplace: Workplace) -> None:
    assert unit.post(SUMMARY, "completed", [_file(PDF)]).status_code == 303
    number = list_evidence(workplace, SUMMARY)[0].id
    stranger = unit.link("乙局")
    for of in (SUMMARY, "plan-2024/duty/1/乙局", "x"):
        answer = unit.client.get(f"{stranger}/evidence/{number}", params={"of": of})
        assert answer.status_code == 404


def test_a_file_that_was_lost_is_said_to_be(unit: Unit, workplace: Workplace) -> None:
    assert unit.post(SUMMARY, "completed", [_file(PDF)]).status_code == 303
    row = list_evidence(workplace, SUMMARY)[0]
    documents.path_of(workplace.evidence, row.content).unlink()
    answer = unit.client.get(f"{unit.link()}/evidence/{row.id}", params={"of": SUMMARY})
    assert answer.status_code == 404
    assert "联系督办专班" in answer.text


def test_a_scan_and_its_original_become_a_pair(unit: Unit, workplace: Workplace) -> None:
    files = [_file(PDF, field="scan"), _file(document(), "总结.docx", "original")]
    assert unit.post(SUMMARY, "reported", files).status_code == 303
    scan, original = list_evidence(workplace, SUMMARY)
    assert (scan.pair, original.pair) == (original.id, scan.id)


@pytest.mark.parametrize(("name", "content", "words"), sentences(REFUSED))
def test_an_unfit_file_is_named_and_nothing_is_kept(
    unit: Unit, workplace: Workplace, name: str, content: bytes, words: str
) -> None:
    before = state(workplace)
    files = [_file(PDF, "好的.pdf"), _file(content, name)]
    answer = unit.post(SUMMARY, "reported", files, text="打好的字")
    assert answer.status_code == 422
    assert words in answer.text
    assert name in answer.text
    assert "打好的字" in answer.text
    assert 'href="#files"' in answer.text
    assert state(workplace) == before
    assert _kept(workplace) == []


def test_more_after_the_answer(unit: Unit, workplace: Workplace) -> None:
    assert unit.post(SUMMARY, "completed", text="总结").status_code == 303
    nothing = unit.post(SUMMARY, "evidence")
    assert nothing.status_code == 422
    assert "请选择要上传的文件" in nothing.text
    done = unit.post(SUMMARY, "evidence", [_file(PDF)])
    assert done.status_code == 303
    assert "总结.pdf" in unit.client.get(done.headers["location"]).text
    assert len(list_evidence(workplace, SUMMARY)) == 1


def test_a_replayed_upload_keeps_nothing_twice(unit: Unit, workplace: Workplace) -> None:
    form = unit.form(unit.item(SUMMARY), "reported") | {"text": "进展"}
    for content in (PDF, PNG):
        answer = unit.client.post(unit.item(SUMMARY), data=form, files=[_file(content, "a.pdf")])
        assert answer.status_code == 303
    assert len(list_evidence(workplace, SUMMARY)) == 1
    assert len(_kept(workplace)) == 1


def test_a_plan_of_minimal_evidence_asks_for_none_and_takes_none(
    unit: Unit, workplace: Workplace
) -> None:
    content = builders.office(builders.plan(builders.matrix(minimal_evidence=True)))
    unit.client.app.state.site.__dict__["look"] = lambda: builders.edited(workplace, content)
    shown = unit.client.get(unit.item(SUMMARY)).text
    assert 'type="file"' not in shown
    assert "防止过度留痕" in shown
    answer = unit.post(SUMMARY, "reported", [_file(PDF)], text="打好的字")
    assert answer.status_code == 422
    assert "不收佐证材料" in answer.text
    assert _kept(workplace) == []
    assert unit.post(SUMMARY, "reported", text="打好的字").status_code == 303


def test_a_day_ahead_is_no_day_of_an_event(unit: Unit, workplace: Workplace) -> None:
    answer = unit.post(SUMMARY, "reported", [_file(PDF)], text="字", event_on="2024-01-04")
    assert answer.status_code == 422
    assert "日期不能晚于今天" in answer.text
    assert _kept(workplace) == []


BODIES: list[tuple[str, str, bytes]] = [
    ("no form at all", "application/json", b"{}"),
    ("no content type", "", b"x"),
    ("a form without a boundary", "multipart/form-data", b"x"),
    ("a form that is cut", "multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: fo"),
    ("a part without a name", "multipart/form-data; boundary=b", b"--b\r\nA: b\r\n\r\nx\r\n--b--"),
    (
        "another character set",
        "multipart/form-data; boundary=b; charset=utf-7",
        b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n--b--\r\n',
    ),
    (
        "ten thousand fields",
        "application/x-www-form-urlencoded",
        b"&".join(b"f%d=x" % number for number in range(10_000)),
    ),
    (
        "ten thousand parts",
        "multipart/form-data; boundary=b",
        b"".join(
            b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nx\r\n' % number
            for number in range(10_000)
        ),
    ),
    (
        "a hundred files",
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nx\r\n' * 100,
    ),
    (
        "a field that fills the memory",
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + b"x" * 1_000_000,
    ),
]


@pytest.mark.parametrize(("kind", "body"), sentences(BODIES))
def test_what_is_no_form_of_ours_is_refused(
    unit: Unit, workplace: Workplace, kind: str, body: bytes
) -> None:
    before = state(workplace)
    headers = {"content-type": kind} if kind else {}
    answer = unit.client.post(unit.item(SUMMARY), content=body, headers=headers)
    assert answer.status_code == 400
    assert "再提交一次" in answer.text
    assert state(workplace) == before
    assert _kept(workplace) == []


def test_a_form_without_its_number_is_asked_for_again(unit: Unit, workplace: Workplace) -> None:
    before = state(workplace)
    for number in ("", "x", "a" * 400, "a" * 21 + "签"):
        form = {"act": "reported", "text": "打好的字", "number": number}
        answer = unit.client.post(unit.item(SUMMARY), data=form)
        assert answer.status_code == 422
        assert "打好的字" in answer.text
    assert state(workplace) == before


def test_nothing_lies_in_the_folder_but_what_was_kept(
    unit: Unit, workplace: Workplace, tmp_path: Path
) -> None:
    names = ["/etc/cron.d/x.pdf", "..\\..\\x.pdf", "\0.pdf", "a" * 300 + ".pdf", "con.pdf"]
    for number, name in enumerate(names):
        content = PDF + str(number).encode()
        done = unit.post(SUMMARY, "reported", [_file(content, name)], text="字")
        assert done.status_code == 303, done.text
    assert len(_kept(workplace)) == len(names)
    stored = {path.name for path in (tmp_path / "evidence").rglob("*") if path.is_file()}
    assert all(set(name) <= set("0123456789abcdef") for name in stored)
    assert [path.name for path in tmp_path.rglob("*.pdf")] == []


def test_of_a_stranger_s_form_the_files_are_thrown_away_as_they_come() -> None:
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n',
        PDF * 1000,
        b'\r\n--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nwords\r\n--x--\r\n',
    )

    async def read(keeps_files: bool) -> tuple[dict[str, str], list[int]]:
        left = list(parts)

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

        kind = (b"content-type", b"multipart/form-data; boundary=x")
        request = Request({"type": "http", "method": "POST", "headers": [kind]}, receive)
        async with posted(request, keeps_files=keeps_files) as form:
            return form.words, [len(upload.file.read()) for upload in form.files]

    assert asyncio.run(read(keeps_files=True)) == ({"text": "words"}, [len(PDF) * 1000])
    assert asyncio.run(read(keeps_files=False)) == ({"text": "words"}, [0])
