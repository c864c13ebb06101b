"""What the last import wrote: a digest of each field, by which a clerk's changes are recognised."""

import hashlib
import json
from collections.abc import Iterator, Mapping

import yaml

from duban.importer.yaml_text import Value, Yaml, plain

RECORDS = {
    "duties": ("number", ("title", "clauses")),
    "implicit": ("source", ("source",)),
    "obligations": ("key", ("title",)),
    "questions": ("question", ("question",)),
}
"""The lists of a plan: the key that names an entry, and the keys that say what it is."""

_TITLE = "# Written by `duban import`; what the document said. Keep it beside plan.yaml.\n"
_DIGITS = 16
_NAMED = ("lead", "units", "who", "besides")
_COMMA = "、"


def lock_of(fresh: str, keys: Mapping[str, str] | None = None) -> str:
    """The lock of a plan's YAML as an import has just made it.

    ``keys`` are the keys of obligations that the plan has under other ones.
    """
    fields = dict(_fields(Yaml(fresh, "import"), keys or {}))
    return _TITLE + "".join(f"{path} {known}\n" for path, known in fields.items())


def read_lock(text: str) -> dict[str, str]:
    """The digests in a lock by the path of their field; lines of another form are passed over."""
    return {parts[0]: parts[1] for parts in _lines(text) if len(parts) > 1}


def names_in(text: str) -> dict[str, list[Value]]:
    """The names in the lists of the last import by path; a lock of before these were kept: none."""
    lists = {parts[0]: parts[2] for parts in _lines(text) if len(parts) > 2}  # noqa: PLR2004
    return {path: list(names.split(_COMMA)) for path, names in lists.items()}


def _lines(text: str) -> Iterator[list[str]]:
    return (line.split(" ", 2) for line in text.splitlines() if not line.startswith("#"))


def name_of(written: Yaml, records: str, item: yaml.Node) -> str:
    """What an entry is called: its number, key or words; of a source the words it quotes."""
    value = plain(written.child(item, RECORDS[records][0]))
    return str(value.get("text") if isinstance(value, dict) else value)


def digest(value: Value) -> str:
    """The digest of a value; nothing, an empty text and an empty list are the same."""
    plain_text = json.dumps(value or None, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain_text.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def path_of(records: str, name: str, field: str = "") -> str:
    """The path of an entry, or of a field of it; long names stand there as their digest."""
    short = name if name.isascii() and name and " " not in name else digest(name)
    return f"{records}/{short}/{field}" if field else f"{records}/{short}"


def is_touched(base: Mapping[str, str], path: str, value: Value) -> bool:
    """Whether a value is no longer what the last import wrote."""
    return base.get(path, digest(None)) != digest(value)


def _fields(written: Yaml, keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in written.keys(written.root):
        if key not in RECORDS:
            yield key, digest(plain(written.child(written.root, key)))
            continue
        for item in written.items(key):
            name = name_of(written, key, item)
            name = keys.get(name, name) if key == "obligations" else name
            yield path_of(key, name), "-"
            for field in written.keys(item):
                value = plain(written.child(item, field))
                if field == "feeds":
                    value = keys.get(str(value), value)
                yield path_of(key, name, field), f"{digest(value)}{_names(field, value)}"


def _names(field: str, value: Value) -> str:
    """A list of units as it stands in the lock, to say later which of them are new."""
    if field not in _NAMED or not isinstance(value, list):
        return ""
    return " " + _COMMA.join(" ".join(str(name).split()) for name in value)
