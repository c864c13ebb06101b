"""What the office does on its pages: each form acts once, in one transaction with its number."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from duban.errors import Refused
from duban.service.entries import Entered, Saying, enter_in
from duban.service.evidence.locker import attach_in
from duban.service.intake.acts import Papers, attach_papers
from duban.service.reassign import Route, reassign_in
from duban.service.workplace import Workplace
from duban.store import documents, forms, planning, received
from duban.store.database import Connection, Record, writing
from duban.store.documents import Draft
from duban.store.ledger import Occasion


class SettledMail(Refused):
    """The mail does not wait for the office, or no longer."""

    def __init__(self, number: int, mail: Record | None) -> None:
        state = mail.state if mail else "unknown"
        super().__init__(f"mail {number} does not wait for the office: it is {state}")


class Registration(NamedTuple):
    """What a received mail says, as a clerk reads it: of which obligation.

    ``is_all``: there is nothing else in the mail, so that it is settled. ``papers`` are those of
    its attachments that are to be evidence.
    """

    mail: int
    key: str
    saying: Saying
    is_all: bool
    papers: Papers = Papers()


class Paper(NamedTuple):
    """A file that was handed in, written down and not yet kept; what it shows and when that was."""

    draft: Draft
    file_name: str
    media_type: str
    event_on: date | None


def is_first(workplace: Workplace, number: str, when: Occasion) -> bool:
    """Whether a form is posted for the first time, where what it does may be done twice."""
    with writing(workplace.engine) as connection:
        return forms.use_number(connection, number, when.at)


def enter_once(
    workplace: Workplace,
    number: str,
    key: str,
    saying: Saying,
    when: Occasion,
    papers: Iterable[Paper] = (),
) -> Entered | None:
    """As ``entries.enter``, with evidence; None, nothing done, where the form was posted before."""
    with writing(workplace.engine) as connection:
        if not forms.use_number(connection, number, when.at):
            return None
        entered = enter_in(connection, workplace, key, saying, when)
        for paper in papers:
            attach_in(
                connection,
                workplace,
                key,
                documents.keep(workplace.evidence, paper.draft),
                paper.file_name,
                paper.media_type,
                when,
                via=saying.via,
                event_on=paper.event_on,
            )
        return entered


def reassign_once(
    workplace: Workplace, number: str, key: str, route: Route, when: Occasion
) -> Entered | None:
    """As ``reassign.reassign``, the first of its entries; None where the form was posted before."""
    with writing(workplace.engine, turn=planning.TURN) as connection:
        if not forms.use_number(connection, number, when.at):
            return None
        return reassign_in(connection, workplace, key, route, when)[0]


def register_mail(
    workplace: Workplace, number: str, what: Registration, when: Occasion, by: str
) -> Entered | None:
    """Enter what a mail says, in the name of ``by``; None where the form was posted before.

    Raises:
        SettledMail: somebody has dealt with the mail meanwhile.
        UnknownObligation, StageConflict: as ``entries.enter``.
    """
    with writing(workplace.engine) as connection:
        if not forms.use_number(connection, number, when.at):
            return None
        if what.is_all:
            _settle(connection, what.mail, "", when)
        else:
            _require_waiting(connection, what.mail)
        saying = what.saying._replace(received=what.mail)
        entered = enter_in(connection, workplace, what.key, saying, when._replace(by=by))
        named, authors = [what.key], {what.key: by}
        attach_papers(connection, workplace, what.papers, named, authors, when, what.mail)
        return entered


def settle_mail(workplace: Workplace, number: str, mail: int, note: str, when: Occasion) -> bool:
    """Note that a mail needs nothing more, and why; False where the form was posted before.

    Raises:
        SettledMail: somebody has dealt with the mail meanwhile.
    """
    with writing(workplace.engine) as connection:
        if not forms.use_number(connection, number, when.at):
            return False
        _settle(connection, mail, note, when)
        return True


def _settle(connection: Connection, number: int, note: str, when: Occasion) -> None:
    """Before anything else, so that of two at once the second is told."""
    if not received.settle(connection, number, when.by, when.at, note):
        raise SettledMail(number, received.get(connection, number))


def _require_waiting(connection: Connection, number: int) -> None:
    mail = received.get(connection, number)
    if mail is None or mail.state not in received.WAITING:
        raise SettledMail(number, mail)
