"""A list of contacts against the roster that is there: what changes, and the YAML of it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

import yaml

from duban.importer.as_yaml import scalar
from duban.importer.rosters.names import resolved
from duban.importer.rosters.posts import NAMES
from duban.importer.rosters.reading import Holder, Query
from duban.importer.yaml_text import Splice, Value, Yaml, is_flow, plain, spliced
from models.units import Jurisdiction

_DAY = timedelta(days=1)
_CONTACTS = "contacts"


class RosterChangeKind(StrEnum):
    """What becomes of a post."""

    ADDED = "added"
    SUCCEEDED = "succeeded"
    UPDATED = "updated"


class RosterChange(NamedTuple):
    """A post that changes; ``before`` is the address until then, empty where there was none."""

    kind: RosterChangeKind
    holder: Holder
    before: str
    since: date

    def as_json(self) -> dict[str, object]:
        """Unit, post, kind, day and line; no person, address or number."""
        return {
            "kind": str(self.kind),
            "unit": self.holder.unit,
            "post": str(self.holder.post),
            "since": self.since.isoformat(),
            "line": self.holder.place.line,
        }

    def in_words(self) -> str:
        """One line for a person; no telephone number."""
        who = f"{self.holder.name} {self.holder.address}".strip()
        where = f"{self.holder.unit} {NAMES[self.holder.post]}"
        if self.kind is RosterChangeKind.ADDED:
            return f"+ {where}：{who}（自 {self.since}）"
        if self.kind is RosterChangeKind.UPDATED:
            return f"~ {where}：{self.holder.address} 的姓名或电话"
        return f"~ {where}：{self.before}（至 {self.since - _DAY}）→ {who}（自 {self.since}）"


class Updated(NamedTuple):
    """A roster brought up to date: its YAML, the changes, what could not be decided."""

    text: str
    changes: tuple[RosterChange, ...]
    queries: tuple[Query, ...]


def updated(
    present: str, name: str, holders: Iterable[Holder], since: date, place: Jurisdiction | None
) -> Updated:
    """The roster with the holders of the list in it, from a day on.

    Whoever held a post before keeps it until the day before; nobody is deleted. Comments and all
    else stay byte by byte. ``name`` is the file's, for messages.

    Raises:
        MergeRefused: the roster cannot be read as YAML, or cannot be edited in place.
    """
    work = _Update(Yaml(present, name), since, place)
    for holder in holders:
        work.take(holder)
    return work.result()


class _Update:
    """One update under way."""

    def __init__(self, roster: Yaml, since: date, place: Jurisdiction | None) -> None:
        self._roster, self._since = roster, since
        self._splices: list[Splice] = []
        self._changes: list[RosterChange] = []
        self._queries: list[Query] = []
        self._added: dict[str, list[Holder]] = {}
        self._entries = {
            _unit(place, str(plain(roster.child(item, "unit")))): item
            for item in roster.items(_CONTACTS)
        }

    def take(self, holder: Holder) -> None:
        """Put one holder in his place."""
        item = self._entries.get(holder.unit)
        if item is None:
            self._added.setdefault(holder.unit, []).append(holder)
            self._change(RosterChangeKind.ADDED, holder)
            return
        entry = self._roster.entry(item, holder.post)
        held = _listed(plain(entry.value)) if entry else []
        if not held:
            self._set(item, holder, [_contact(holder, self._since)])
            self._change(RosterChangeKind.ADDED, holder)
        elif same := self._same(held, holder):
            self._refresh(item, holder, held, same)
        else:
            self._succeed(item, holder, held)

    def result(self) -> Updated:
        """The text with everything in it."""
        blocks = [unit_block(unit, held, self._since) for unit, held in self._added.items()]
        if blocks:
            self._splices.append(self._append("".join(f"\n{block}" for block in blocks)))
        text = spliced(self._roster.text, self._splices)
        return Updated(text, tuple(self._changes), tuple(self._queries))

    def _same(self, held: list[dict[str, Value]], holder: Holder) -> dict[str, Value] | None:
        """The contact of the same address that holds the post on that day."""
        for contact in held:
            is_same = str(contact.get("address")).casefold() == holder.address.casefold()
            until = str(contact.get("until") or "9999")
            if is_same and until >= self._since.isoformat():
                return contact
        return None

    def _refresh(
        self,
        item: yaml.Node,
        holder: Holder,
        held: list[dict[str, Value]],
        same: dict[str, Value],
    ) -> None:
        said = {"name": holder.name, "phone": holder.phone}
        new = {key: value for key, value in said.items() if value and same.get(key) != value}
        if new and self._set(item, holder, [each | new if each is same else each for each in held]):
            self._change(RosterChangeKind.UPDATED, holder)

    def _succeed(self, item: yaml.Node, holder: Holder, held: list[dict[str, Value]]) -> None:
        last = held[-1]
        if str(last.get("since") or "") >= self._since.isoformat():
            self._ask(holder, f"现任自 {last['since']} 起，不早于 {self._since}", "另定 --since")
            return
        before = (self._since - _DAY).isoformat()
        until = min(str(last.get("until") or before), before)
        closed: list[dict[str, Value]] = [*held[:-1], last | {"until": until}]
        if self._set(item, holder, [*closed, _contact(holder, self._since)]):
            self._change(RosterChangeKind.SUCCEEDED, holder, str(last.get("address")))

    def _set(
        self, item: yaml.Node, holder: Holder, contacts: Iterable[Mapping[str, Value]]
    ) -> bool:
        """Write a post's contacts, or ask where a comment would be lost by it."""
        written = [_flow(contact) for contact in contacts]
        entry = self._roster.entry(item, holder.post)
        if entry is None:
            self._splices.append(self._insert(item, holder, written[-1]))
            return True
        between = self._roster.text[entry.key_end : entry.value.start_mark.index]
        if "#" in between or self._roster.has_comment(entry.value):
            self._ask(holder, "通讯录这一岗位里写有注释，未改", "按名单手工修改")
            return False
        if len(written) == 1 or is_flow(item):
            text = f": {written[0]}" if len(written) == 1 else f": [{', '.join(written)}]"
        else:
            lines = "".join(f"\n{' ' * (entry.column + 2)}- {each}" for each in written)
            text = f":{lines}"
        self._splices.append(Splice(entry.key_end, entry.end, text))
        return True

    def _insert(self, item: yaml.Node, holder: Holder, written: str) -> Splice:
        end = self._roster.end(item)
        if is_flow(item):
            return Splice(end - 1, end - 1, f", {holder.post}: {written}")
        at = self._roster.line_end(end)
        column = int(item.start_mark.column)
        return Splice(at, at, f"\n{' ' * column}{holder.post}: {written}")

    def _append(self, text: str) -> Splice:
        items = self._roster.items(_CONTACTS)
        if items:
            at = self._roster.line_end(self._roster.end(items[-1]))
            return Splice(at, at, text)
        if here := self._roster.entry(self._roster.root, _CONTACTS):
            return Splice(here.key_end, here.end, f":{text}")
        end = len(self._roster.text.rstrip())
        return Splice(end, end, f"\n{_CONTACTS}:{text}")

    def _change(self, kind: RosterChangeKind, holder: Holder, before: str = "") -> None:
        self._changes.append(RosterChange(kind, holder, before, self._since))

    def _ask(self, holder: Holder, fact: str, proposal: str) -> None:
        message = f"{holder.unit} {NAMES[holder.post]}：{fact}"
        self._queries.append(Query("present", message, proposal, holder.place))


def unit_block(unit: str, holders: Iterable[Holder], since: date) -> str:
    """A unit's entry of a roster, in YAML."""
    lines = [f"  - unit: {scalar(unit)}"]
    lines += [f"    {each.post}: {_flow(_contact(each, since))}" for each in holders]
    return "\n".join(lines)


def _unit(place: Jurisdiction | None, name: str) -> str:
    return resolved(name, place).unit or name


def _listed(value: Value) -> list[dict[str, Value]]:
    if isinstance(value, list):
        return [each for one in value for each in _listed(one)]
    if isinstance(value, dict):
        return [value]
    return [{"address": value}] if value else []


def _contact(holder: Holder, since: date) -> dict[str, Value]:
    said = {"address": holder.address, "name": holder.name, "phone": holder.phone}
    said["since"] = since.isoformat()
    return {key: value for key, value in said.items() if value}


def _flow(contact: Mapping[str, Value]) -> str:
    return f"{{{', '.join(_entry(key, value) for key, value in contact.items())}}}"


def _entry(key: str, value: Value) -> str:
    if isinstance(value, list):
        return f"{key}: [{', '.join(scalar(str(each), in_flow=True) for each in value)}]"
    is_plain = key in ("since", "until") or (key == "address" and str(value)[:1].isalnum())
    return f"{key}: {value if is_plain else scalar(str(value), in_flow=True)}"
