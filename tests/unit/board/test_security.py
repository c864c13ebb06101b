"""What holds for every page: headers, the size and pace of a request, where a form comes from."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Scope

from duban.board.security import HEADERS, SMALL, Counted, Guard
from duban.service.workplace import Workplace
from tests.builders import sentences, state
from tests.unit.board.conftest import HOST, Unit

SUMMARY = "plan-2024/summary/甲局"


PATHS = ["link", "/u/x", "/static/board.css", "/none", "/static/../app.py", "/office"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers(unit: Unit, path: str) -> None:
    answer = unit.client.get(unit.link() if path == "link" else path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "server" not in answer.headers


def test_no_page_has_a_script_a_style_or_a_foreign_address(unit: Unit) -> None:
    for path in (unit.link(), unit.item(SUMMARY), "/u/x"):
        text = unit.client.get(path).text
        for unwanted in ("<script", "<style", "style=", " onclick", "javascript:", "http"):
            assert unwanted not in text
        assert 'lang="zh-CN"' in text
        assert '<a class="skip" href="#content">' in text


ORIGINS: list[tuple[str, dict[str, str], int]] = [
    ("a browser that says nothing", {}, 303),
    ("our own page", {"origin": HOST, "sec-fetch-site": "same-origin"}, 303),
    ("our own page, told to send no referrer", {"origin": "null"}, 303),
    ("another site", {"origin": "https://evil.example"}, 403),
    ("another site that hides", {"origin": "null", "sec-fetch-site": "cross-site"}, 403),
    ("a sister of our host", {"sec-fetch-site": "same-site"}, 403),
    ("an origin that is none", {"origin": "x"}, 403),
]


@pytest.mark.parametrize(("headers", "status"), sentences(ORIGINS))
def test_a_form_comes_from_our_own_page(
    unit: Unit, workplace: Workplace, headers: dict[str, str], status: int
) -> None:
    form = unit.form(unit.item(SUMMARY), "reported") | {"text": "进展"}
    before = state(workplace)
    answer = unit.client.post(unit.item(SUMMARY), data=form, headers=headers)
    assert answer.status_code == status
    assert (state(workplace) == before) == (status == 403)


def _scope(length: str | None) -> Scope:
    headers = [(b"transfer-encoding", b"chunked")]
    if length:
        headers = [(b"content-length", length.encode())]
    return {"type": "http", "headers": headers}


def _read(pieces: Iterator[bytes], length: str | None, limit: int) -> tuple[int, int]:
    """The status and the bytes read until it was cut off; 200 where all of it came."""

    async def receive() -> Message:
        return {"type": "http.request", "body": next(pieces), "more_body": True}

    async def run() -> tuple[int, int]:
        counted, seen = Counted(_scope(length), receive, limit), 0
        try:
            while True:
                seen += len((await counted())["body"])
        except HTTPException as error:
            return error.status_code, seen
        except RuntimeError:  # the pieces are at their end
            return 200, seen

    return asyncio.run(run())


WIRES: list[tuple[str, str | None, int]] = [
    ("two gigabytes, honestly", str(2 * 1024**3), 0),
    ("two gigabytes that say ten bytes", "10", 5000),
    ("two gigabytes that say nothing", None, 5000),
    ("a little too much, honestly", "7000", 0),
    ("a length that is no number", "1e9", 0),
]


@pytest.mark.parametrize(("length", "most"), sentences(WIRES))
def test_a_huge_body_is_cut_off(length: str | None, most: int) -> None:
    status, seen = _read((b"x" * 1000 for _ in range(2 * 1024**2)), length, 5000)
    assert status == 413
    assert seen <= most


def test_a_body_that_stalls_is_cut_off() -> None:
    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(HTTPException) as caught:
        asyncio.run(Counted(_scope(None), receive, 5000, silence=0.01)())
    assert caught.value.status_code == 408


def test_a_form_without_files_is_small(unit: Unit) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    body = b"text=" + b"x" * SMALL
    answer = unit.client.post(unit.item(SUMMARY), content=body, headers=kind)
    assert answer.status_code == 413
    assert "不能超过2 MB" in answer.text


def test_an_upload_is_as_large_as_the_settings_say(unit: Unit) -> None:
    big = ("files", ("a.pdf", b"%PDF-" + b"x" * 2 * 1024 * 1024, "application/pdf"))
    answer = unit.post(SUMMARY, "reported", [big], text="字")
    assert answer.status_code == 413
    assert "没有保存任何内容" in answer.text


def test_the_log_has_no_link(unit: Unit, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="duban.board"):
        unit.client.get(unit.item(SUMMARY))
        unit.client.get("/static/board.css")
        unit.client.get("/secret/x")
    said = [record.getMessage() for record in caplog.records if record.name == "duban.board"]
    assert [line.rsplit(" ", 2)[0] for line in said] == [
        "GET /u… 200",
        "GET /static… 200",
        "GET /… 404",
    ]


def test_other_traffic_passes_the_guard_untouched() -> None:
    passed: list[str] = []

    async def app(scope: Scope, _receive: object, _send: object) -> None:
        passed.append(scope["type"])

    async def nothing(*_: object) -> Message:
        return {}

    asyncio.run(Guard(app, 10)({"type": "lifespan"}, nothing, nothing))
    assert passed == ["lifespan"]
