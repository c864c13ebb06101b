"""A list of contacts against the roster that is there: what changes, and the YAML of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import yaml

from duban.importer.rosters.changes import RosterChange, RosterChangeKind
from duban.importer.rosters.contact_yaml import contact_of, contacts_in, flow, unit_block
from duban.importer.rosters.names import resolved
from duban.importer.rosters.posts import NAMES
from duban.importer.rosters.reading import Holder, Listed, Query
from duban.importer.yaml_text import Splice, Value, Yaml, is_flow, plain, spliced
from models.roster import Post
from models.units import Jurisdiction

_DAY = timedelta(days=1)
_CONTACTS = "contacts"
_CONTACT = "contact"


class Updated(NamedTuple):
    """A roster brought up to date: its YAML, the changes, what could not be decided."""

    text: str
    changes: tuple[RosterChange, ...]
    queries: tuple[Query, ...]


def updated(
    present: str, name: str, listed: Listed, since: date, place: Jurisdiction | None
) -> Updated:
    """The roster with the holders of the list in it, from a day on.

    Whoever held a post before, or has left it, keeps it until the day before; nobody is deleted.
    An office that was reached through the one who held it is reached through the successor.
    Comments and all else stay byte by byte. ``name`` is the file's, for messages.

    Raises:
        MergeRefused: the roster cannot be read as YAML, or cannot be edited in place.
    """
    work = _Update(Yaml(present, name), since, place)
    for holder in listed.holders:
        work.take(holder)
    taken = {(holder.unit, holder.post) for holder in listed.holders}
    for holder in listed.left:
        if (holder.unit, holder.post) not in taken:
            work.end(holder)
    return work.result()


class _Update:
    """One update under way."""

    def __init__(self, roster: Yaml, since: date, place: Jurisdiction | None) -> None:
        self._roster, self._since, self._place = roster, since, place
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
            if holder.post is Post.LIAISON:
                self._office_of(holder)
            return
        entry = self._roster.entry(item, holder.post)
        held = contacts_in(plain(entry.value)) if entry else []
        if not held:
            self._set(item, holder.post, holder, [contact_of(holder, self._since)])
            self._change(RosterChangeKind.ADDED, holder)
        elif same := self._same(held, holder):
            self._refresh(item, holder, held, same)
        else:
            self._succeed(item, holder, held)

    def end(self, holder: Holder) -> None:
        """Let one who has left, and whom nobody follows, hold his post until the day before."""
        item = self._entries.get(holder.unit)
        entry = self._roster.entry(item, holder.post) if item else None
        held = contacts_in(plain(entry.value)) if entry else []
        if (
            item is None
            or not held
            or held[-1].get("until")
            or not _is_at(held[-1], holder.address)
        ):
            return
        last = held[-1] | {"until": (self._since - _DAY).isoformat()}
        if self._set(item, holder.post, holder, [*held[:-1], last]):
            self._change(RosterChangeKind.ENDED, holder, holder.address)

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
            until = str(contact.get("until") or "9999")
            if _is_at(contact, holder.address) and until >= self._since.isoformat():
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
        if new and self._set(
            item, holder.post, holder, [each | new if each is same else each for each in held]
        ):
            self._change(RosterChangeKind.UPDATED, holder)

    def _succeed(self, item: yaml.Node, holder: Holder, held: list[dict[str, Value]]) -> None:
        last = held[-1]
        if str(last.get("since") or "") >= self._since.isoformat():
            self._ask(holder, f"现任自 {last['since']} 起，不早于 {self._since}", "另定 --since")
            return
        before = (self._since - _DAY).isoformat()
        until = min(str(last.get("until") or before), before)
        closed: list[dict[str, Value]] = [*held[:-1], last | {"until": until}]
        if self._set(item, holder.post, holder, [*closed, contact_of(holder, self._since)]):
            self._change(RosterChangeKind.SUCCEEDED, holder, str(last.get("address")))
            self._offices_at(str(last.get("address")), holder)

    def _offices_at(self, before: str, holder: Holder) -> None:
        """Let the offices that were reached at an address be reached through its successor."""
        for post, office, held in self._offices():
            last = held[-1]
            if last.get("until") or not _is_at(last, before):
                continue
            closed = last | {"until": (self._since - _DAY).isoformat()}
            contacts = [*held[:-1], closed, contact_of(holder, self._since)]
            if self._set(office, _CONTACT, holder, contacts):
                self._change(RosterChangeKind.SUCCEEDED, holder._replace(post=post), before)

    def _office_of(self, holder: Holder) -> None:
        """Ask whether an office is to be reached through its unit's liaison from now on."""
        for post, office, held in self._offices():
            is_of_unit = _unit(self._place, str(plain(self._roster.child(office, "unit"))))
            if is_of_unit == holder.unit and not _is_at(held[-1], holder.address):
                fact = "与名单上的联络员不是同一个邮箱，未改"
                about = f"{holder.unit} {NAMES[post]}"
                self._queries.append(Query("office", about, fact, "需要的话手工修改", holder.place))

    def _offices(self) -> Iterator[tuple[Post, yaml.Node, list[dict[str, Value]]]]:
        """Each of the two offices with its contacts, if it has any."""
        for post in (Post.COORDINATING_OFFICE, Post.INSPECTION_OFFICE):
            office = self._roster.child(self._roster.root, post)
            held = contacts_in(plain(self._roster.child(office, _CONTACT))) if office else []
            if office and held:
                yield post, office, held

    def _set(
        self, item: yaml.Node, key: str, holder: Holder, contacts: Iterable[Mapping[str, Value]]
    ) -> bool:
        """Write a post's contacts, or ask where a comment would be lost by it."""
        written = [flow(contact) for contact in contacts]
        entry = self._roster.entry(item, key)
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
        about = f"{holder.unit} {NAMES[holder.post]}"
        self._queries.append(Query("present", about, f"：{fact}", proposal, holder.place))


def _unit(place: Jurisdiction | None, name: str) -> str:
    return resolved(name, place).unit or name


def _is_at(contact: Mapping[str, Value], address: str) -> bool:
    return str(contact.get("address")).casefold() == address.casefold()
