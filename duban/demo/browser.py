"""A browser without a screen: it opens a link, finds a form, fills it in and sends it."""

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import quote, urljoin

import httpx

from duban.demo.papers import picture
from models.answer import Passage
from models.entry import EntryKind

Field = tuple[str, str | None]
Upload = tuple[str, tuple[str, bytes, str]]


class Form(NamedTuple):
    """A form of a page: where it goes, how it is written, what its fields hold to begin with.

    ``ticks`` are its boxes to tick, ``buttons`` the values of its buttons.
    """

    action: str
    is_multipart: bool
    fields: dict[str, str]
    ticks: set[str]
    buttons: list[str]


class PageError(Exception):
    """A page does not have what it ought to have, or refused what was sent."""


class _Forms(HTMLParser):
    """Every form of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Form] = []
        self.labels: dict[str, str] = {}
        self._area: str | None = None
        self._label: str | None = None

    def handle_starttag(self, tag: str, attrs: list[Field]) -> None:
        """A form begins, or a field of the last one."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_multipart = given.get("enctype") == "multipart/form-data"
            self.found.append(Form(given.get("action", ""), is_multipart, {}, set(), []))
        elif tag == "label":
            self._label = given.get("for")
        elif tag == "textarea" and self.found:
            self._area = given["name"]
            self.found[-1].fields[self._area] = ""
        elif tag == "button" and self.found:
            self.found[-1].buttons.append(given.get("value", ""))
        elif tag == "input" and self.found and given.get("type") == "checkbox":
            self.found[-1].ticks.add(given["name"])
        elif tag == "input" and self.found and given.get("type") != "file":
            self.found[-1].fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """A text area or a label ends."""
        if tag == "textarea":
            self._area = None
        elif tag == "label":
            self._label = None

    def handle_data(self, data: str) -> None:
        """What a text area holds, or what a label says."""
        if self._area is not None:
            self.found[-1].fields[self._area] += data.removeprefix("\n")
        elif self._label is not None:
            self.labels[self._label] = self.labels.get(self._label, "") + data


class Browser:
    """One browser for everybody; it keeps nothing between two answers but its connections."""

    def __init__(self) -> None:
        self._client = httpx.Client(follow_redirects=True, trust_env=False, timeout=30)
        self.posts = 0

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def acknowledge(self, link: str, assignment: str) -> None:
        """签收 on the list behind a link."""
        page = self._client.get(link)
        wanted = next((form for form in _forms(page).found if _is_of(form, assignment)), None)
        if wanted is None:
            raise PageError(f"there is no form to acknowledge {assignment}")
        self._send(page, wanted, {}, None)

    def answer(
        self,
        link: str,
        obligation: str,
        act: EntryKind,
        words: Mapping[str, str],
        passages: Iterable[Passage] = (),
        upload: str = "",
    ) -> None:
        """Open an item, fill its form in, perhaps with a picture of that name, and send it."""
        page = self._client.get(f"{link}/items/{quote(obligation)}")
        forms = _forms(page)
        form = next((form for form in forms.found if act.value in form.buttons), None)
        if form is None:
            raise PageError(f"{obligation} has no button {act.value}")
        filled = {**words, **_written(forms, form, passages), "act": act.value}
        file = (upload, picture(len(filled) + len(obligation)), "image/png") if upload else None
        self._send(page, form, filled, ("files", file) if file else None)

    def _send(
        self, page: httpx.Response, form: Form, words: Mapping[str, str], upload: Upload | None
    ) -> None:
        unknown = set(words) - set(form.fields) - form.ticks - {"act"}
        if unknown:
            raise PageError(f"the form has no field {', '.join(sorted(unknown))}")
        address, content = urljoin(str(page.url), form.action), {**form.fields, **words}
        if form.is_multipart:
            parts = [(name, (None, value)) for name, value in content.items()]
            files = [*parts, upload] if upload else parts
            answer = self._client.post(address, files=files)  # type: ignore[arg-type]
        else:
            answer = self._client.post(address, data=content)
        self.posts += 1
        if answer.status_code != httpx.codes.OK or "已登记" not in answer.text:
            raise PageError(f"{address} refused: {answer.status_code}")


def _forms(page: httpx.Response) -> _Forms:
    if page.status_code != httpx.codes.OK:
        raise PageError(f"{page.url} answered {page.status_code}")
    found = _Forms()
    found.feed(page.text)
    return found


def _is_of(form: Form, assignment: str) -> bool:
    return form.fields.get("assignment") == assignment


def _written(forms: _Forms, form: Form, passages: Iterable[Passage]) -> dict[str, str]:
    """The fields for rows and figures, told by their labels as a person does."""
    found: dict[str, str] = {}
    for passage in passages:
        for field, label in forms.labels.items():
            if field in form.fields and label.startswith(f"第{passage.number}项（"):
                found[field] = passage.text
            for figure in passage.figures:
                if label == f"{figure.metric}（第{passage.number}项）":
                    found[field] = figure.value
    return found
