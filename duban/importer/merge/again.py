"""Merges an import into a plan's YAML: three ways, field by field, nothing deleted."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import yaml

from duban.importer.merge.changes import Change, ChangeKind
from duban.importer.merge.editing import Edit, NotEditable
from duban.importer.merge.lock import (
    RECORDS,
    digest,
    is_touched,
    lock_of,
    name_of,
    path_of,
    read_lock,
)
from duban.importer.merge.matching import Entry, matched
from duban.importer.merge.questions import after_conflict, after_removal
from duban.importer.yaml_text import Value, Yaml, plain

_OFFICE_OWN = ("id", "policy", "minimal_evidence")
_NEVER = {"obligations": ("key",), "questions": ("about", "question", "answer")}


class Merged(NamedTuple):
    """The merged YAML, what changed or was kept, and the lock to be kept beside it."""

    text: str
    changes: tuple[Change, ...]
    lock: str


def merge(edited: str, fresh: str, lock: str | None, name: str = "plan.yaml") -> Merged:
    """The plan as it is kept, brought up to date with a new import of its document.

    ``edited`` is the plan's YAML as clerks have left it, ``fresh`` what the import would write
    anew, ``lock`` what the import before wrote down; without one every difference counts as the
    office's decision and is kept. Comments and all that is not replaced stay byte by byte.

    Raises:
        MergeRefused: the YAML cannot be read, or cannot be edited in place.
    """
    has_crlf = "\r\n" in edited and "\n" not in edited.replace("\r\n", "")
    text = edited.replace("\r\n", "\n") if has_crlf else edited
    base = None if lock is None else read_lock(lock)
    work = _Merge(Yaml(text, name), Yaml(fresh, "import"), base)
    changes = tuple(work.run())
    merged = work.edit.text()
    return Merged(merged.replace("\n", "\r\n") if has_crlf else merged, changes, lock_of(fresh))


class _Merge:
    """One merge under way; ``base`` is the lock."""

    def __init__(self, mine: Yaml, its: Yaml, base: Mapping[str, str] | None) -> None:
        self.mine, self.its, self.base = mine, its, base
        self.edit = Edit(mine, its)
        self.pairs = {key: matched(_entries(mine, key), _entries(its, key)) for key in RECORDS}
        self.renamed = self._renamed("duties")
        self.kept_keys = {new: old for old, new in self._renamed("obligations").items()}
        self.asked: dict[tuple[str, str], str] = {}

    def run(self) -> Iterator[Change]:
        """Every change in file order; the edits are made on the way."""
        for key in _in_order(self.mine.keys(self.mine.root), self.its.keys(self.its.root)):
            if key not in RECORDS and key not in _OFFICE_OWN:
                yield from self._field(self.mine.root, self.its.root, key, key, "plan")
        for records in ("duties", "implicit", "obligations"):
            yield from self._records(records)
        yield from self._questions()

    def _renamed(self, records: str) -> dict[str, str]:
        mine, its = _entries(self.mine, records), _entries(self.its, records)
        return {mine[old].name: its[new].name for old, new in self.pairs[records].items()}

    def _records(self, records: str) -> Iterator[Change]:
        mine, its = self.mine.items(records), self.its.items(records)
        pairs = self.pairs[records]
        back = {new: old for old, new in pairs.items()}
        for old, node in enumerate(mine):
            if old in pairs:
                yield from self._record(records, node, its[pairs[old]])
            else:
                yield from self._left(records, node)
        before: yaml.Node | None = None
        for new, node in enumerate(its):
            if new in back:
                before = mine[back[new]]
                continue
            kind = ChangeKind.DELETED if self._was_deleted(records, node) else ChangeKind.ADDED
            if kind is ChangeKind.ADDED:
                self.edit.add_item(records, node, before)
            name = name_of(self.its, records, node)
            yield Change(kind, name, "", None, _title(self.its, node))

    def _record(self, records: str, mine: yaml.Node, its: yaml.Node) -> Iterator[Change]:
        name = name_of(self.mine, records, mine)
        where = name if records != "implicit" else "plan"
        for key in _in_order(self.mine.keys(mine), self.its.keys(its)):
            if key not in _NEVER.get(records, ()):
                for change in self._field(mine, its, key, path_of(records, name, key), where):
                    if change.kind is ChangeKind.UPDATED and key == "units":
                        self.edit.renew_readings(mine, its)
                    yield change

    def _left(self, records: str, node: yaml.Node) -> Iterator[Change]:
        """An entry that the document no longer has; what the office added itself is not named."""
        name = name_of(self.mine, records, node)
        if self.base is not None and path_of(records, name) not in self.base:
            return
        title = _title(self.mine, node)
        yield Change(ChangeKind.REMOVED, name, "", title, None, "未删除，由办公室决定")
        if self.base is not None:
            about = name if records != "implicit" else "plan"
            self._ask(about, *after_removal(title))

    def _field(
        self, mine: yaml.Node, its: yaml.Node, key: str, path: str, where: str
    ) -> Iterator[Change]:
        before, now = plain(self.mine.child(mine, key)), self._translated(its, key)
        if digest(before) == digest(now):
            return
        if self.base is None:
            yield Change(ChangeKind.KEPT, where, key, before, now, "没有上次导入的记录，未改")
        elif not is_touched(self.base, path, now):
            return
        elif is_touched(self.base, path, before):
            yield Change(ChangeKind.KEPT, where, key, before, now, "办公室改过")
            self._ask(where, *after_conflict(key, before, now))
        else:
            try:
                self.edit.set(mine, its, key, now)
            except NotEditable as reason:
                yield Change(ChangeKind.KEPT, where, key, before, now, str(reason))
                self._ask(where, *after_conflict(key, before, now))
            else:
                yield Change(ChangeKind.UPDATED, where, key, before, now)

    def _translated(self, its: yaml.Node, key: str) -> Value:
        """The document's value; obligations keep the key under which the ledger knows them."""
        value = plain(self.its.child(its, key))
        if key == "feeds" and isinstance(value, str):
            return self.kept_keys.get(value, value)
        return value

    def _was_deleted(self, records: str, node: yaml.Node) -> bool:
        """Whether the last import wrote this entry and somebody has taken it out since."""
        name = name_of(self.its, records, node)
        if self.base is None or path_of(records, name) not in self.base:
            return False
        if any(name_of(self.mine, records, each) == name for each in self.mine.items(records)):
            return False
        return any(
            not is_touched(self.base, path_of(records, name, key), plain(self.its.child(node, key)))
            for key in RECORDS[records][1]
        )

    def _questions(self) -> Iterator[Change]:
        mine, its = self.mine.items("questions"), self.its.items("questions")
        pairs = self.pairs["questions"]
        for old, node in enumerate(mine):
            about = str(plain(self.mine.child(node, "about")))
            if (number := self.renamed.get(about, about)) != about:
                self.edit.set_text(node, "about", number)
                yield Change(ChangeKind.UPDATED, about, "number", about, number, "问题随编号改动")
            if old not in pairs:
                yield from self._settled(node)
            elif plain(self.mine.child(node, "answer")) is None:
                name = name_of(self.mine, "questions", node)
                path = path_of("questions", name, "proposal")
                yield from self._field(node, its[pairs[old]], "proposal", path, number)
        new = [node for at, node in enumerate(its) if at not in pairs.values()]
        known = {name_of(self.mine, "questions", node) for node in mine}
        for node in new:
            if not self._was_deleted("questions", node):
                self.edit.add_item("questions", node, mine[-1] if mine else None)
                yield self._asked(_about(self.its, node), name_of(self.its, "questions", node))
        for (about, question), proposal in self.asked.items():
            about_now = self.renamed.get(about, about)
            if question not in known:
                self.edit.add_question(about_now, question, proposal)
                yield self._asked(about_now, question)

    def _settled(self, node: yaml.Node) -> Iterator[Change]:
        name = name_of(self.mine, "questions", node)
        is_open = plain(self.mine.child(node, "answer")) is None
        if is_open and self.base is not None and path_of("questions", name) in self.base:
            yield Change(ChangeKind.SETTLED, _about(self.mine, node), "", name, None, "可以删去")

    def _asked(self, about: str, question: str) -> Change:
        return Change(ChangeKind.ASKED, about, "", None, question)

    def _ask(self, about: str, question: str, proposal: str) -> None:
        self.asked[about, question] = proposal


def _entries(written: Yaml, records: str) -> list[Entry]:
    words = RECORDS[records][1]
    return [
        Entry(
            name_of(written, records, item),
            "\n".join(str(plain(written.child(item, key))) for key in words),
        )
        for item in written.items(records)
    ]


def _about(written: Yaml, node: yaml.Node) -> str:
    return str(plain(written.child(node, "about")))


def _title(written: Yaml, node: yaml.Node) -> str:
    return str(plain(written.child(node, "title")) or name_of(written, "implicit", node))


def _in_order(mine: list[str], its: list[str]) -> list[str]:
    return list(dict.fromkeys([*its, *mine]))
