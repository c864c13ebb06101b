"""The plan as it is written: on which line a clerk decides what."""

from collections.abc import Iterable
from typing import NamedTuple

import yaml

from duban.importer.questions import Asked
from duban.importer.yaml_text import Yaml, plain


class Decision(NamedTuple):
    """Where a question is answered: the line, from 1, and the answer, empty while it is open."""

    line: int
    answer: str


class Written:
    """The YAML of a plan under its path, looked up by row number, key, field and question."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self._yaml = Yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), path)
        self._lines = {key: self._line(self._yaml.root, key) for key in self._fields()}
        for records, name in (("obligations", "key"), ("duties", "number")):
            for item in self._yaml.items(records):
                self._lines[self._said(item, name)] = self._yaml.line(item)

    def line(self, about: str) -> int | None:
        """The line of a row, an obligation or a field; None where the plan does not have it."""
        return self._lines.get(about)

    def decision(self, about: str, question: str) -> Decision | None:
        """Where this question is answered; None where the plan does not ask it."""
        for item in self._yaml.items("questions"):
            if (self._said(item, "about"), self._said(item, "question")) == (about, question):
                line = self._line(item, "answer") or self._yaml.line(item)
                return Decision(line, self._said(item, "answer"))
        return None

    def more(self, asked: Iterable[Asked]) -> list[Asked]:
        """The questions of the plan that are not among these, such as those of a merge."""
        known = {(each.about, each.question) for each in asked}
        found = (
            Asked(
                self._said(item, "about"),
                "plan",
                self._said(item, "question"),
                self._said(item, "proposal") or None,
                None,
            )
            for item in self._yaml.items("questions")
        )
        return [each for each in found if (each.about, each.question) not in known]

    def _fields(self) -> list[str]:
        return self._yaml.keys(self._yaml.root)

    def _said(self, node: yaml.Node, key: str) -> str:
        return str(plain(self._yaml.child(node, key)) or "")

    def _line(self, node: yaml.Node, key: str) -> int:
        found = self._yaml.entry(node, key)
        return self._yaml.text.count("\n", 0, found.begin) + 1 if found else 0
