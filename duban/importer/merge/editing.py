"""The edits of a merge: values copied from one YAML text into another, in place."""

import re
from collections.abc import Mapping

import yaml

from duban.importer.as_yaml import scalar
from duban.importer.merge.lock import RECORDS, digest
from duban.importer.yaml_text import (
    MergeRefused,
    Splice,
    Value,
    Yaml,
    indented,
    is_flow,
    plain,
    spliced,
)

_STEP = 2
_READING = re.compile(r"\n *# (?:[^\n]+：原文“[^\n]*”（[^\n]*）|文件未写牵头单位[^\n]*)(?=\n)")
_KEY = re.compile(r"^( *(?:key|feeds): )([\w-]+)$", re.MULTILINE)
_NUMBERED = re.compile(r"  # 问题\d+")


class NotEditable(Exception):  # noqa: N818
    """A value that cannot be replaced without a loss; the message says why, in Chinese."""


class Edit:
    """Edits of one text, ``mine``, with values of another, ``its``; made all at once at the end."""

    def __init__(self, mine: Yaml, its: Yaml) -> None:
        self._mine, self._its = mine, its
        self._splices: list[Splice] = []
        self._new_lists: dict[str, list[str]] = {}

    def text(self) -> str:
        """The text with every edit made."""
        lists = [self._new_list(key, items) for key, items in self._new_lists.items()]
        return spliced(self._mine.text, [*self._splices, *lists])

    def set(self, mine: yaml.Node, its: yaml.Node, key: str, value: Value) -> None:
        """Give a key its value from the other text, or take it out where that has none.

        Raises:
            NotEditable: a comment would be lost, or the entry stands on one line with others.
        """
        if is_flow(mine):
            raise NotEditable("这一项写在一行里，不能逐个改")
        here, there = self._mine.entry(mine, key), self._its.entry(its, key)
        if here is None:
            self._insert(mine, its, key)
        elif there is None:
            self._remove(mine, key)
        elif digest(plain(there.value)) != digest(value):
            self.set_text(mine, key, str(value))
        else:
            between = self._mine.text[here.key_end : here.value.start_mark.index]
            if "#" in between or self._mine.has_comment(here.value):
                raise NotEditable("里面有注释，改了会丢")
            written = self._its.text[there.key_end : there.end]
            text = indented(written, here.column - there.column)
            self._splices.append(Splice(here.key_end, here.end, text))

    def set_text(self, mine: yaml.Node, key: str, value: str) -> None:
        """Give a key that is there a text as its value."""
        if here := self._mine.entry(mine, key):
            self._splices.append(Splice(here.key_end, here.end, f": {scalar(value)}"))

    def rename(self, mine: yaml.Node, renamed: Mapping[str, str]) -> None:
        """Give the numbers in a list their new form, each where it stands."""
        for item in mine.value if isinstance(mine, yaml.SequenceNode) else ():
            if (new := renamed.get(str(item.value))) is not None:
                begin, end = int(item.start_mark.index), self._mine.end(item)
                self._splices.append(Splice(begin, end, scalar(new, in_flow=True)))

    def add_item(
        self, records: str, its: yaml.Node, after: yaml.Node | None, keys: Mapping[str, str]
    ) -> None:
        """Add an entry of the other text's list behind one of this one's, else at the top.

        ``keys`` are the keys of obligations that are others here.
        """
        raw = _NUMBERED.sub("", self._its.raw(its))
        raw = _KEY.sub(lambda found: found[1] + keys.get(found[2], found[2]), raw)
        self._add(records, raw, int(its.start_mark.column), after)

    def renew_readings(self, mine: yaml.Node, its: yaml.Node) -> None:
        """Replace the comments that say how a row's units were read by those of the new import."""
        begin, end = int(mine.start_mark.index), self._mine.end(mine)
        for old in _READING.finditer(self._mine.text, begin, end):
            self._splices.append(Splice(old.start(), old.end(), ""))
        if here := self._mine.entry(mine, "lead") or self._mine.entry(mine, "units"):
            at = self._mine.text.rfind("\n", 0, here.begin)
            new = (found[0].strip() for found in _READING.finditer(self._its.raw(its)))
            text = "".join(f"\n{' ' * here.column}{line}" for line in new)
            self._splices.append(Splice(at, at, text))

    def add_question(self, about: str, question: str, proposal: str) -> None:
        """Add a question at the end of the list."""
        fields = {"about": about, "question": question, "proposal": proposal}
        lines = [*(f"{key}: {scalar(value)}" for key, value in fields.items()), "answer:"]
        raw = indented("\n".join(lines), _STEP)
        items = self._mine.items("questions")
        self._add("questions", raw, _STEP, items[-1] if items else None)

    def _add(self, records: str, raw: str, column: int, after: yaml.Node | None) -> None:
        node = self._mine.child(self._mine.root, records)
        items = self._mine.items(records)
        if not items:
            self._new_lists.setdefault(records, []).append(indented(raw, 2 * _STEP - column))
            return
        if node is not None and is_flow(node):
            place = f"{self._mine.name}:{self._mine.line(node)}"
            message = f'{place}: "{records}" is written on one line, nothing can be added to it'
            raise MergeRefused(message, "write one entry per line, each beginning with a dash")
        first = items[0]
        own = int(first.start_mark.column)
        dash = self._dash(first)
        text = f"{' ' * dash}-{' ' * (own - dash - 1)}{indented(raw, own - column)}"
        gap = "\n\n" if self._is_spaced(items) else "\n"
        if after is None:
            at = self._line_begin(first)
            self._splices.append(Splice(at, at, text + gap))
        else:
            at = self._mine.line_end(self._mine.end(after))
            self._splices.append(Splice(at, at, gap + text))

    def _dash(self, item: yaml.Node) -> int:
        begin = self._line_begin(item)
        return self._mine.text.index("-", begin) - begin

    def _line_begin(self, node: yaml.Node) -> int:
        return self._mine.text.rfind("\n", 0, int(node.start_mark.index)) + 1

    def _is_spaced(self, items: list[yaml.Node]) -> bool:
        if len(items) < 2:  # noqa: PLR2004
            return False
        between = self._mine.text[self._mine.end(items[0]) : items[1].start_mark.index]
        return "\n\n" in between.replace(" ", "")

    def _new_list(self, key: str, items: list[str]) -> Splice:
        """A list that is not there yet, or is empty."""
        dash = " " * _STEP
        lines = "".join(f"\n{dash}- {item}" for item in items)
        if here := self._mine.entry(self._mine.root, key):
            return Splice(here.key_end, here.end, f":{lines}")
        end = len(self._mine.text.rstrip())
        return Splice(end, end, f"\n\n{key}:{lines}")

    def _insert(self, mine: yaml.Node, its: yaml.Node, key: str) -> None:
        there = self._its.entry(its, key)
        keys = self._its.keys(its)
        known = self._mine.keys(mine)
        if mine is self._mine.root:
            known = [known_key for known_key in known if known_key not in RECORDS]
        before = next((k for k in reversed(keys[: keys.index(key)]) if k in known), known[0])
        here = self._mine.entry(mine, before)
        if here is None or there is None:
            return
        raw = self._its.text[there.begin : there.end]
        column = int(mine.start_mark.column)
        at = self._mine.line_end(here.end)
        text = f"\n{' ' * column}{indented(raw, column - there.column)}"
        self._splices.append(Splice(at, at, text))

    def _remove(self, mine: yaml.Node, key: str) -> None:
        here = self._mine.entry(mine, key)
        if here is None:
            return
        begin = self._mine.text.rfind("\n", 0, here.begin)
        end = self._mine.line_end(here.end)
        rest = self._mine.text[here.end : end] + self._mine.text[begin + 1 : here.begin]
        between = self._mine.text[here.key_end : here.value.start_mark.index]
        if rest.strip() or "#" in between or self._mine.has_comment(here.value):
            raise NotEditable("同一行还有别的内容，未删")
        self._splices.append(Splice(max(begin, 0), end, ""))
