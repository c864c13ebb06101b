"""YAML as text in which values are found, compared and replaced, and nothing else is touched."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import yaml

from duban.errors import Refused

Value = str | list["Value"] | dict[str, "Value"] | None
"""A value as it is written: every scalar is text, ``~`` and nothing are None."""

_NULLS = {"", "~", "null"}
_MAGIC = (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken)


class MergeRefused(Refused):
    """The YAML cannot be edited in place; the message says where and what to do."""


class Splice(NamedTuple):
    """Characters ``begin`` to ``end`` of a text become ``text``."""

    begin: int
    end: int
    text: str


class Entry(NamedTuple):
    """An entry of a mapping: where its key begins and ends, where its value ends, its column."""

    begin: int
    key_end: int
    end: int
    column: int
    value: yaml.Node


class Yaml:
    """A YAML text whose root is a mapping, with the place of every value."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.root = _root(text, name)

    def child(self, node: yaml.Node, key: str) -> yaml.Node | None:
        """The value of a key, or None."""
        return next((value for found, value in _pairs(node) if found.value == key), None)

    def keys(self, node: yaml.Node) -> list[str]:
        """The keys of a mapping in their order."""
        return [key.value for key, _ in _pairs(node)]

    def items(self, key: str) -> list[yaml.Node]:
        """The items of a list at the root; none where there is no such list."""
        node = self.child(self.root, key)
        return list(node.value) if isinstance(node, yaml.SequenceNode) else []

    def line(self, node: yaml.Node) -> int:
        """The line, from 1, on which a value begins."""
        return int(node.start_mark.line) + 1

    def end(self, node: yaml.Node) -> int:
        """Where a value ends; comments and blank lines after it are not part of it."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar_end(node)
        if is_flow(node) or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def raw(self, node: yaml.Node) -> str:
        """A value as it is written."""
        return self.text[node.start_mark.index : self.end(node)]

    def entry(self, node: yaml.Node, key: str) -> Entry | None:
        """An entry of a mapping, or None."""
        for found, value in _pairs(node):
            if found.value == key:
                begin, mark = int(found.start_mark.index), int(found.end_mark.index)
                return Entry(begin, mark, self.end(value), int(found.start_mark.column), value)
        return None

    def has_comment(self, node: yaml.Node) -> bool:
        """Whether a comment stands inside a value, or beside the last line of a block."""
        if isinstance(node, yaml.ScalarNode):
            return False
        leaves = list(_leaves(node))
        edges = [
            int(node.start_mark.index),
            *(edge for leaf in leaves for edge in (int(leaf.start_mark.index), self.end(leaf))),
            self.end(node) if is_flow(node) else self.line_end(self.end(node)),
        ]
        gaps = zip(edges[::2], edges[1::2], strict=True)
        return any("#" in self.text[begin:end] for begin, end in gaps)

    def line_end(self, offset: int) -> int:
        """The end of the line on which an offset lies, its comment included."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found

    def _scalar_end(self, node: yaml.ScalarNode) -> int:
        begin, end = int(node.start_mark.index), int(node.end_mark.index)
        return begin + len(self.text[begin:end].rstrip())


def is_flow(node: yaml.Node) -> bool:
    """Whether a list or mapping stands in brackets, on one line."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def plain(node: yaml.Node | None) -> Value:
    """The value of a node; of a missing one None."""
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if not isinstance(node, yaml.ScalarNode) or (not node.style and node.value in _NULLS):
        return None
    return str(node.value)


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with every splice made; those at one place in the order in which they are given."""
    parts, here = [], 0
    for splice in sorted(splices, key=lambda each: (each.begin, each.end)):
        parts += [text[here : splice.begin], splice.text]
        here = splice.end
    return "".join([*parts, text[here:]])


def indented(raw: str, by: int) -> str:
    """A raw value moved to the right, or to the left, without its first line."""
    first, *rest = raw.split("\n")
    moved = (f"{' ' * by}{line}" if by > 0 else _outdented(line, -by) for line in rest)
    return "\n".join([first, *(line if line.strip() else "" for line in moved)])


def _outdented(line: str, by: int) -> str:
    return line[by:] if not line[:by].strip() else line.lstrip(" ")


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _leaves(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _leaves(item)
    else:
        for key, value in _pairs(node):
            yield key
            yield from _leaves(value)


def _root(text: str, name: str) -> yaml.MappingNode:
    try:
        tokens = yaml.scan(text, yaml.CSafeLoader)
        magic = next((each for each in tokens if isinstance(each, _MAGIC)), None)
        root = None if magic else yaml.compose(text, yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}:{mark.line + 1}" if mark else name
        hint = "`duban check` says what is wrong"
        raise MergeRefused(f"{place}: this is not YAML", hint) from None
    if magic:
        raise MergeRefused(
            f"{name}:{magic.start_mark.line + 1}: anchors, aliases and tags cannot be merged",
            "write the value out",
        )
    if not isinstance(root, yaml.MappingNode):
        raise MergeRefused(f"{name}: this is no mapping", "is it the file of a plan?")
    return root
