"""What a list of contacts changes in a roster, as a person reads it."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from duban.importer.rosters.posts import NAMES
from duban.importer.rosters.reading import Holder

_DAY = timedelta(days=1)


class RosterChangeKind(StrEnum):
    """What becomes of a post."""

    ADDED = "added"
    SUCCEEDED = "succeeded"
    UPDATED = "updated"
    ENDED = "ended"


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
        if self.kind is RosterChangeKind.ENDED:
            return f"- {where}：{self.before}（至 {self.since - _DAY}），名单没有写接任的人"
        return f"~ {where}：{self.before}（至 {self.since - _DAY}）→ {who}（自 {self.since}）"
