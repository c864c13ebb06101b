"""What people say, said the way they say it: by reply, on a page, or through a clerk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from duban.demo.answer_words import answer_words
from duban.demo.browser import Browser
from duban.demo.deed import Deed, Way
from duban.demo.incidents import Letter, Settling
from duban.demo.mail_server import MailFolder
from duban.demo.mailbox import Letterbox
from duban.demo.original import Original
from duban.demo.replies import SHAPES
from duban.service.entries import Saying, enter
from duban.service.intake.inbox import list_received, settle_received
from duban.service.reassign import Route, reassign
from duban.service.workplace import Workplace
from duban.store.ledger import Occasion
from models.answer import Passage
from models.entry import BY_UNIT, EntryKind
from models.roster import Post

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_GOOD_FOR = timedelta(days=60)
_CLERK_AT, _PAGE_AT, _MAIL_AT = time(15), time(10, 30), time(9, 40)
_LOOKED_AT = 6
"""So many of his last mails a liaison looks through for the one that he answers."""


@dataclass
class Correspondence:
    """Between the units' liaisons and the office; it keeps count of what it did."""

    workplace: Workplace
    post: MailFolder
    box: Letterbox
    browser: Browser
    today: date = date.min
    said: int = 0
    _originals: dict[Path, Original] = field(default_factory=dict)

    def now(self) -> datetime:
        """The instant at which the pages are open on the demo's day."""
        return datetime.combine(self.today, _PAGE_AT, _SHANGHAI)

    def say(self, deeds: Iterable[Deed]) -> None:
        """Say what the units say on one day; letters are in the mailbox afterwards, unread."""
        by_mail: dict[str, tuple[Original, list[Deed]]] = {}
        for deed in deeds:
            original = self._answered(deed) if deed.way is not Way.COMMAND else None
            if original is None:
                self.enter(deed)
            elif deed.way is Way.MAIL:
                by_mail.setdefault(original.message_id, (original, []))[1].append(deed)
            else:
                self._open_page(original, deed)
            self.said += 1
        for original, together in by_mail.values():
            words = answer_words(together, original.items)
            shape = SHAPES[self.box.count % len(SHAPES)]
            self._put(shape(original, words, self._minute()), shape.__name__, original)

    def enter(self, deed: Deed) -> None:
        """A clerk enters what was said on the telephone, or what the office decides."""
        when = Occasion(deed.on, datetime.combine(deed.on, _CLERK_AT, _SHANGHAI), deed.by)
        if deed.to:
            reassign(self.workplace, deed.obligation, Route(deed.to, deed.text), when)
            return
        saying = Saying(deed.entry, deed.text, deed.until, _detail(deed.passages))
        by = deed.by or f"{deed.unit}联络员"
        enter(self.workplace, deed.obligation, saying, when._replace(by=by))

    def write(self, letter: Letter) -> None:
        """A letter arrives that is no plain answer."""
        before = self.post.paths.get(letter.reader)
        if before:
            original = self._original(before[-1])
            self._put(letter.shape(original, letter.words, self._minute()), letter.name, original)

    def settle(self, settling: Settling) -> None:
        """The office notes that it has dealt with a letter."""
        at = datetime.combine(settling.on, _CLERK_AT, _SHANGHAI)
        for mail in list_received(self.workplace).mails:
            if mail.sender == settling.sender:
                when = Occasion(settling.on, at, "督办专班承办人")
                settle_received(self.workplace, mail.id, settling.text, when)

    def _put(self, letter: bytes, name: str, original: Original) -> None:
        place = original.reader.partition("@")[2].partition(".")[0]
        self.box.put(letter, self._minute(), f"{place}-{name.replace('_', '-')}")

    def _minute(self) -> datetime:
        begun = datetime.combine(self.today, _MAIL_AT, _SHANGHAI)
        return begun + timedelta(minutes=self.box.waiting)

    def _open_page(self, original: Original, deed: Deed) -> None:
        assert original.link is not None
        if deed.entry is EntryKind.ACKNOWLEDGED:
            self.browser.acknowledge(original.link, deed.obligation)
            return
        words = {"text": deed.text, "nil": "1"} if deed.is_nil else {"text": deed.text}
        if deed.entry is EntryKind.EXTENSION_REQUESTED and deed.until:
            words = {"until": deed.until.isoformat(), "extension-text": deed.text}
        self.browser.answer(
            original.link, deed.obligation, deed.entry, words, deed.passages, deed.upload
        )

    def _answered(self, deed: Deed) -> Original | None:
        """The last mail about it that its liaison has; None without one, or without a link."""
        contact = self.workplace.rosters[deed.plan].contact(deed.unit, Post.LIAISON, deed.on)
        paths = self.post.paths.get(contact.address, []) if contact else []
        for path in reversed(paths[-_LOOKED_AT:]):
            is_recent = deed.on - date.fromisoformat(path.parent.name) < _GOOD_FOR
            original = self._original(path)
            if deed.obligation in original.items and (deed.way is Way.MAIL or original.link):
                return original if is_recent else None
        return None

    def _original(self, path: Path) -> Original:
        return self._originals.setdefault(path, Original(path))


def is_of_unit(deed: Deed) -> bool:
    """Whether a unit says it, not the office."""
    return deed.entry in BY_UNIT


def _detail(passages: Iterable[Passage]) -> Mapping[str, Any]:
    told = [
        {"number": part.number, "text": part.text}
        | ({"figures": [figure._asdict() for figure in part.figures]} if part.figures else {})
        for part in passages
    ]
    return {"passages": told} if told else {}
