"""Merges an import into a plan's YAML: three ways, field by field, nothing deleted."""

from collections.abc import Iterator
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
    names_in,
    path_of,
    read_lock,
)
from duban.importer.merge.matching import Entry, matched
from duban.importer.merge.numbering import displaced, own_keys
from duban.importer.merge.questions import after_conflict, after_removal, renumbered
from duban.importer.yaml_text import Value, Yaml, plain

_OFFICE_OWN = ("id", "policy", "minimal_evidence")
_REFERENCES = ("duties", "links")
_NEVER = {"obligations": ("key",), "questions": ("about", "question", "answer")}


class Merged(NamedTuple):
    """The merged YAML, what changed or was kept, and the lock to be kept beside it.

    ``renumbered`` are the rows whose number is another now: old and new number.
    """

    text: str
    changes: tuple[Change, ...]
    lock: str
    renumbered: tuple[tuple[str, str], ...] = ()


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
    work = _Merge(Yaml(text, name), Yaml(fresh, "import"), lock)
    changes = tuple(work.run())
    merged = work.edit.text()
    merged = merged.replace("\n", "\r\n") if has_crlf else merged
    return Merged(merged, changes, lock_of(fresh, work.keys), tuple(work.renamed.items()))


class _Merge:
    """One merge under way; ``base`` are the digests in the lock."""

    def __init__(self, mine: Yaml, its: Yaml, lock: str | None) -> None:
        self.mine, self.its = mine, its
        self.base = None if lock is None else read_lock(lock)
        self.names = names_in(lock or "")
        self.edit = Edit(mine, its)
        lists = [key for key in RECORDS if key != "questions"]
        self.pairs = {key: matched(_entries(mine, key), _entries(its, key)) for key in lists}
        self.renamed = self._numbers()
        self.keys = self._keys()
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

    def _numbers(self) -> dict[str, str]:
        """The rows that change their number."""
        moved = self._renamed("duties").items()
        found = {old: new for old, new in moved if self._is_renumbered(old, new)}
        mine, its = _entries(self.mine, "duties"), _entries(self.its, "duties")
        paired = {mine[at].name for at in self.pairs["duties"]}
        left = [row.name for row in mine if row.name not in paired]
        return found | displaced(left, {row.name for row in its}) if found else found

    def _keys(self) -> dict[str, str]:
        """The new import's obligations whose key in the plan is another."""
        kept = {new: old for old, new in self._renamed("obligations").items()}
        mine, its = _entries(self.mine, "obligations"), _entries(self.its, "obligations")
        return own_keys(kept, [each.name for each in its], {each.name for each in mine})

    def _is_renumbered(self, old: str, new: str) -> bool:
        path = path_of("duties", old, "number")
        return old != new and self.base is not None and not is_touched(self.base, path, old)

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
                self.edit.add_item(records, node, before, self.keys)
            name = name_of(self.its, records, node)
            yield Change(kind, name, "", None, _title(self.its, node))

    def _record(self, records: str, mine: yaml.Node, its: yaml.Node) -> Iterator[Change]:
        name = name_of(self.mine, records, mine)
        where = name if records != "implicit" else "plan"
        carried = list(self._carried(mine, records, where, is_left=False))
        yield from carried
        same = [
            each.field for each in carried if each.now == plain(self.its.child(its, each.field))
        ]
        for key in _in_order(self.mine.keys(mine), self.its.keys(its)):
            if key not in (*_NEVER.get(records, ()), *same):
                for change in self._field(mine, its, key, path_of(records, name, key), where):
                    if change.kind is ChangeKind.UPDATED and key == "units":
                        self.edit.renew_readings(mine, its)
                    yield change

    def _carried(
        self, node: yaml.Node, records: str, where: str, *, is_left: bool
    ) -> Iterator[Change]:
        """Rows that the office names, under their new numbers; what it left alone follows later."""
        for key in _REFERENCES:
            value = self.mine.child(node, key)
            before = plain(value)
            if value is None or not isinstance(before, list):
                continue
            path = path_of(records, name_of(self.mine, records, node), key)
            now: list[Value] = [self.renamed.get(str(each), each) for each in before]
            if now != before and (is_left or is_touched(self.base or {}, path, before)):
                self.edit.rename(value, self.renamed)
                yield Change(ChangeKind.UPDATED, where, key, before, now, "随编号改动")

    def _left(self, records: str, node: yaml.Node) -> Iterator[Change]:
        """An entry that the document no longer has; what the office added itself is not named."""
        name = name_of(self.mine, records, node)
        about = name if records != "implicit" else "plan"
        number = self.renamed.get(name, "") if records == "duties" else ""
        if number:
            self.edit.set_text(node, "number", number)
            yield Change(ChangeKind.UPDATED, name, "number", name, number, "原编号已是另一项的")
        yield from self._carried(node, records, about, is_left=True)
        if self.base is not None and path_of(records, name) not in self.base:
            return
        title = _title(self.mine, node)
        yield Change(ChangeKind.REMOVED, number or name, "", title, None, "未删除，由办公室决定")
        if self.base is not None:
            self._ask(about, *after_removal(title, number))

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
            yield self._kept(where, key, before, now, "办公室改过", path)
        else:
            try:
                self.edit.set(mine, its, key, now)
            except NotEditable as reason:
                yield self._kept(where, key, before, now, str(reason), path)
            else:
                yield Change(ChangeKind.UPDATED, where, key, before, now)

    def _kept(
        self, where: str, key: str, before: Value, now: Value, reason: str, path: str
    ) -> Change:
        """A field that stays though the document has changed it; the office is asked."""
        document_before: Value = self.names.get(path)
        kept = Change(ChangeKind.KEPT, where, key, before, now, reason, document_before)
        self._ask(where, *after_conflict(kept))
        return kept

    def _translated(self, its: yaml.Node, key: str) -> Value:
        """The document's value; obligations keep the key under which the ledger knows them."""
        value = plain(self.its.child(its, key))
        if key == "feeds" and isinstance(value, str):
            return self.keys.get(value, value)
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
        moved = [
            Entry(entry.name, renumbered(entry.words, self.renamed))
            for entry in _entries(self.mine, "questions")
        ]
        pairs = matched(moved, _entries(self.its, "questions"))
        for old, node in enumerate(mine):
            yield from self._question(
                node, moved[old].words, its[pairs[old]] if old in pairs else None
            )
        known = {name_of(self.mine, "questions", node) for node in mine}
        for new, node in enumerate(its):
            if new not in pairs.values() and not self._was_deleted("questions", node):
                self.edit.add_item("questions", node, mine[-1] if mine else None, {})
                yield self._asked(_about(self.its, node), name_of(self.its, "questions", node))
        for (about, question), proposal in self.asked.items():
            about_now = self.renamed.get(about, about)
            if question not in known:
                self.edit.add_question(about_now, question, proposal)
                yield self._asked(about_now, question)

    def _question(self, node: yaml.Node, moved: str, its: yaml.Node | None) -> Iterator[Change]:
        """One question that is there: it follows its row, and the document while it is open.

        ``moved`` are its words with the rows' new numbers.
        """
        about, name = _about(self.mine, node), name_of(self.mine, "questions", node)
        now = self.renamed.get(about, about)
        is_open = plain(self.mine.child(node, "answer")) is None
        words = name_of(self.its, "questions", its) if its else name
        if words != name and self._is_imported(name) and (is_open or words == moved):
            self.edit.set_text(node, "question", words)
            yield Change(ChangeKind.UPDATED, now, "question", name, words, "问题随文件改动")
        if now != about:
            self.edit.set_text(node, "about", now)
            yield Change(ChangeKind.UPDATED, about, "number", about, now, "问题随编号改动")
        if its is None:
            if is_open and self._is_imported(name):
                yield Change(ChangeKind.SETTLED, about, "", name, None, "可以删去")
        elif is_open:
            path = path_of("questions", name, "proposal")
            yield from self._field(node, its, "proposal", path, now)

    def _is_imported(self, question: str) -> bool:
        return self.base is not None and path_of("questions", question) in self.base

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
