"""Files handed out: to be saved, under their own names, never shown."""

from urllib.parse import quote

import pytest

from duban.service.evidence.locker import attach_in
from duban.service.workplace import Workplace
from duban.store.database import writing
from duban.store.documents import path_of, put
from models.entry import Via
from tests.builders import occasion
from tests.unit.board.office.browsers import SUMMARY, Browser, Received

NAME = "总结 “终稿”;\r\nX: y.pdf"


@pytest.fixture
def piece(people: Workplace) -> int:
    stored = put(people.evidence, [b"%PDF-1.4 \xff"], 1000)
    when = occasion("2024-01-03", "甲局联络员")
    with writing(people.engine) as connection:
        return attach_in(
            connection, people, SUMMARY, stored, NAME, "application/pdf", when, via=Via.PAGE
        )


def test_evidence_is_an_attachment_with_its_name(clerk: Browser, piece: int) -> None:
    answer = clerk.client.get(f"/office/evidence/{piece}")
    assert answer.content == b"%PDF-1.4 \xff"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=")
    assert quote("总结") in disposition
    assert "x: y" not in {name.lower() for name in answer.headers}


def test_evidence_whose_file_is_gone_is_told(people: Workplace, clerk: Browser, piece: int) -> None:
    for path in people.evidence.rglob("*"):
        if path.is_file():
            path.unlink()
    assert "duban doctor" in clerk.get(f"/office/evidence/{piece}")
    assert clerk.status == 404


def test_a_raw_mail_is_a_file_and_its_source_plain_text(post: Received, clerk: Browser) -> None:
    raw = b"Subject: x\r\n\r\n<script>alert(1)</script>\0\xff"
    number = post.mail(raw=raw)
    answer = clerk.client.get(f"/office/mails/{number}/raw")
    assert answer.content == raw
    assert answer.headers["content-type"] == "message/rfc822"
    assert answer.headers["content-disposition"].startswith("attachment")
    source = clerk.client.get(f"/office/mails/{number}/source")
    assert source.headers["content-type"] == "text/plain; charset=utf-8"
    assert source.headers["x-content-type-options"] == "nosniff"
    assert "<script>alert(1)</script>" in source.text


def test_a_mail_that_is_missing_from_the_store_is_told(
    people: Workplace, post: Received, clerk: Browser
) -> None:
    number = post.mail(raw=b"x")
    for path in people.evidence.rglob("*"):
        if path.is_file():
            path.unlink()
    assert clerk.get(f"/office/mails/{number}")
    assert clerk.status == 200
    for way in ("raw", "source"):
        clerk.get(f"/office/mails/{number}/{way}")
        assert clerk.status == 404


@pytest.mark.parametrize("number", ["99", "999999999999999999999999", "-1", "1.5"])
def test_no_such_piece(clerk: Browser, number: str) -> None:
    clerk.get(f"/office/evidence/{number}")
    assert clerk.status in (404, 422)


def test_no_path_leads_out_of_the_store(people: Workplace) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        path_of(people.evidence, "../../etc/passwd")
