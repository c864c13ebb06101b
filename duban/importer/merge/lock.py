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


def lock_of(fresh: str) -> str:
    """The lock of a plan's YAML as an import has just made it."""
    fields = dict(_fields(Yaml(fresh, "import")))
    return _TITLE + "".join(f"{path} {known}\n" for path, known in fields.items())


def read_lock(text: str) -> dict[str, str]:
    """The digests in a lock by the path of their field; lines of another form are passed over."""
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {parts[0]: parts[1] for parts in lines if len(parts) > 1}


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


def _fields(written: Yaml) -> Iterator[tuple[str, str]]:
    for key in written.keys(written.root):
        if key not in RECORDS:
            yield key, digest(plain(written.child(written.root, key)))
            continue
        for item in written.items(key):
            name = name_of(written, key, item)
            yield path_of(key, name), "-"
            for field in written.keys(item):
                yield path_of(key, name, field), digest(plain(written.child(item, field)))
