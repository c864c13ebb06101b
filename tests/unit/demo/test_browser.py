"""The browser finds the right form, fills in what is labelled, and says when it is refused."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from duban.demo.browser import Browser, PageError
from models.answer import Figure, Passage
from models.entry import EntryKind

PAGE = """
<form method="post" action="/u/t/acknowledge"><input type="hidden" name="number" value="n1">
<input type="hidden" name="assignment" value="p/assignment/甲局"><button>全部签收</button></form>
<form method="post" action="/u/t/items/x" enctype="multipart/form-data">
<input type="hidden" name="number" value="n&amp;2"><label for="text">办理情况</label>
<textarea id="text" name="text">
</textarea><input type="checkbox" name="nil" value="1">
<label for="passage-5">第5项（责任）做事</label><textarea id="passage-5" name="passage-5">
旧的</textarea><label for="f">人数（第5项）</label><input id="f" name="f" type="text" value="">
<input type="file" name="files"><button name="act" value="completed">报送办结</button></form>
"""


class Site:
    """A loopback server that shows one page and keeps what is posted."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, str]] = []
        self.answer = "<h2>已登记</h2>"


@contextmanager
def serving(site: Site) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(PAGE)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            site.posted.append((self.path, body.decode("utf-8", "replace")))
            self._reply(site.answer)

        def _reply(self, text: str) -> None:
            content = text.encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/u/t"
        server.shutdown()
        thread.join()


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def link(site: Site) -> Iterator[str]:
    with serving(site) as found:
        yield found


@pytest.fixture
def browser() -> Iterator[Browser]:
    found = Browser()
    yield found
    found.close()


def test_it_acknowledges_by_the_form_of_that_assignment(
    browser: Browser, site: Site, link: str
) -> None:
    browser.acknowledge(link, "p/assignment/甲局")
    ((path, body),) = site.posted
    assert path == "/u/t/acknowledge"
    assert "number=n1" in body
    with pytest.raises(PageError, match="no form to acknowledge"):
        browser.acknowledge(link, "p/assignment/乙局")


def test_it_fills_in_rows_and_figures_by_their_labels_and_hands_in_a_picture(
    browser: Browser, site: Site, link: str
) -> None:
    said = [Passage("5", "新的", (Figure("人数", "12"),))]
    words = {"text": "全部完成", "nil": "1"}
    browser.answer(link, "x", EntryKind.COMPLETED, words, said, "现场.png")
    ((_, body),) = site.posted
    for part in ("n&2", "全部完成", "新的", "12", "completed", "现场.png"):
        assert part in body
    assert "旧的" not in body


def test_what_cannot_be_done_is_an_error(browser: Browser, site: Site, link: str) -> None:
    with pytest.raises(PageError, match="no button declined"):
        browser.answer(link, "x", EntryKind.DECLINED, {})
    with pytest.raises(PageError, match="no field until"):
        browser.answer(link, "x", EntryKind.COMPLETED, {"until": "2024-01-01"})
    site.answer = "没有提交成功"
    with pytest.raises(PageError, match="refused"):
        browser.answer(link, "x", EntryKind.COMPLETED, {})
