"""From YAML text to plain values and the place of each: nothing is interpreted, all is text.

``010``, ``no``, ``2.10`` and ``12:30`` stay as they are written; ``~``, ``null`` and an empty
value are None. What makes YAML dangerous or surprising is refused: anchors, aliases, merge keys,
tags, several documents, keys given twice, deep nesting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

import yaml

from duban.loader.findings import problem, quoted
from duban.loader.text import is_invisible
from duban.loader.yaml_messages import explained
from models.problem import Problem, SourceMark

DEPTH_LIMIT = 20
"""Levels; a plan needs seven."""

_NULLS = {"", "~", "null"}
_RUNNING_TEXT = {"note", "text", "clauses", "question", "proposal", "answer", "because", "basis"}
_FULL_WIDTH = "，：、；［］｛｝＃"
_CUT = re.compile(r"[ \t]+(#\S[^\n]*)")
"""No blank after the mark: an intended comment is written ``# so``."""

Plain = str | None | list["Plain"] | dict[str, "Plain"]
"""A value as pydantic takes it."""


@dataclass(slots=True)
class Node:
    """A value with its place; lines and columns count from 1."""

    line: int
    column: int
    value: str | None = None
    items: list["Node"] | None = None
    entries: dict[str, "Node"] | None = None
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    refused: frozenset[str | int] = frozenset()
    """Keys or indices that the file has, but the schema would not take."""

    @property
    def place(self) -> tuple[int, int]:
        """Line and column."""
        return self.line, self.column

    @property
    def plain(self) -> Plain:
        """The value without places."""
        if self.items is not None:
            return [item.plain for item in self.items]
        if self.entries is not None:
            return {key: entry.plain for key, entry in self.entries.items()}
        return self.value

    def child(self, part: object) -> "Node | None":
        """The entry of that key or the item of that index; None if there is none."""
        if self.entries is not None and isinstance(part, str):
            return self.entries.get(part)
        if self.items is not None and isinstance(part, int) and 0 <= part < len(self.items):
            return self.items[part]
        return None


class _Stop(Exception):  # noqa: N818
    """Reading on makes no sense."""


def parse(text: str, name: str) -> tuple[Node | None, list[Problem]]:
    """The root of the one document in the text, or None, and all problems of the YAML itself."""
    return _Reader(name).read(text)


class _Reader:
    """Builds nodes from parser events, so that a bomb is refused before it is unfolded."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = iter(())
        self._marked: dict[int, str] = {}

    def read(self, text: str) -> tuple[Node | None, list[Problem]]:
        root = None
        self._marked = {number: line for number, line in enumerate(text.split("\n")) if "#" in line}
        try:
            self._events = yaml.parse(text, Loader=yaml.CSafeLoader)
            root = self._documents()
        except _Stop:
            root = None
        except yaml.MarkedYAMLError as error:
            self._add(*explained(error, text))
            root = None
        except yaml.YAMLError as error:
            self._add("Y109", (1, 1), f"this is not YAML: {error}")
            root = None
        return root, self._problems

    def _documents(self) -> Node | None:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    hint = 'one file, one document: delete the line "---" or use a file of its own'
                    self._stop("Y112", _at(event), "a second YAML document begins here", hint)
                root = self._node(next(self._events), 1, "")
        if root is None or (root.items is None and root.entries is None and root.value is None):
            self._stop("Y106", (1, 1), "the file is empty", "fill it or delete it")
        return root

    def _node(self, event: yaml.Event, depth: int, key: str) -> Node:
        line, column = at = _at(event)
        if depth > DEPTH_LIMIT:
            self._stop(
                "Y113", at, f"nested more than {DEPTH_LIMIT} levels deep", "no file needs that"
            )
        self._refuse_magic(event, at)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(line, column, items=self._items(event, depth, key))
        if isinstance(event, yaml.MappingStartEvent):
            node = Node(line, column, entries={})
            self._entries(node, depth)
            return node
        return Node(line, column, value=self._scalar(event, at, key))

    def _items(self, start: yaml.SequenceStartEvent, depth: int, key: str) -> list[Node]:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1, key))
            if start.flow_style and key not in _RUNNING_TEXT:
                self._warn_full_width(event)
        return items

    def _entries(self, node: Node, depth: int) -> None:
        entries = node.entries if node.entries is not None else {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event)
            value = self._node(next(self._events), depth + 1, key)
            if key == "<<":
                continue
            if key in entries:
                first = node.keys[key][0]
                message = f"the key {quoted(key)} was given on line {first} already"
                self._add("Y114", _at(event), message, "keep one of the two")
            else:
                entries[key] = value
                node.keys[key] = _at(event)

    def _key(self, event: yaml.Event) -> str:
        at = _at(event)
        self._refuse_magic(event, at)
        if not isinstance(event, yaml.ScalarEvent):
            self._stop("Y117", at, "a list or mapping cannot be a key", "write a plain word")
        key = str(event.value)
        if key == "<<" and not event.style:
            self._add("Y110", at, "merge keys (<<) are not read here", "write the entries out")
        if any(char in key for char in _FULL_WIDTH):
            hint = 'YAML wants ":" and ","'
            self._add("Y115", at, f"full-width punctuation in the key {quoted(key)}", hint)
        return key

    def _scalar(self, event: yaml.Event, at: tuple[int, int], key: str) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop("Y109", at, "this is not a value")
        value = str(event.value)
        if not event.style and value in _NULLS:
            return None
        if not value.isprintable():
            self._look_at_characters(value, at, key)
        if self._marked and not event.style:
            self._warn_cut(value, event)
        return value

    def _warn_cut(self, value: str, event: yaml.ScalarEvent) -> None:
        """YAML ends plain text at `` #``: 落实 #改造 would silently become 落实."""
        end = event.end_mark
        cut = _CUT.match(self._marked.get(end.line, ""), end.column) if end else None
        if cut and end:
            message = f"after {quoted(value)} YAML takes {quoted(cut[1].strip())} for a comment"
            hint = 'put the whole value in quotation marks; a comment begins "# ", with a blank'
            self._add("Y119", (end.line + 1, cut.start(1) + 1), message, hint)

    def _look_at_characters(self, value: str, at: tuple[int, int], key: str) -> None:
        if char := next(filter(is_invisible, value), ""):
            message = f"a character that cannot be seen, written as an escape: U+{ord(char):04X}"
            self._add("Y108", at, message, "delete it")
        elif "\n" in value.strip() and key not in _RUNNING_TEXT:
            message = f"a line break inside {quoted(key)}" if key else "a line break inside a name"
            self._add(
                "Y118", at, message, "write it on one line; only running text may have several"
            )

    def _refuse_magic(self, event: yaml.Event, at: tuple[int, int]) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self._stop("Y110", at, f"aliases (*{anchor}) are not read here", "write it out")
        if anchor:
            self._stop("Y110", at, f"anchors (&{anchor}) are not read here", "write it out")
        if tag:
            self._add(
                "Y111", at, f"tags ({tag}) are not read here", "delete it; all values are text"
            )

    def _warn_full_width(self, event: yaml.Event) -> None:
        if not isinstance(event, yaml.ScalarEvent) or event.style:
            return
        parts = [part for part in str(event.value).replace("：", "，").split("，") if part]
        if len(parts) > 1:
            message = f"{quoted(event.value)} is one entry, for the comma in it is full-width"
            hint = f"write [{', '.join(parts)}], or put it in quotation marks if it is one"
            self._add("Y115", _at(event), message, hint)

    def _add(self, code: str, at: tuple[int, int], message: str, hint: str = "") -> None:
        self._problems.append(problem(code, SourceMark(self._name, *at), message, hint))

    def _stop(self, code: str, at: tuple[int, int], message: str, hint: str = "") -> NoReturn:
        self._add(code, at, message, hint)
        raise _Stop


def _at(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
