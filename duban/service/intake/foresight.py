"""What the mails in the inbox would do, were they read now; nothing is moved or written."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from duban.feedback.mailbox import Waiting
from duban.service.intake.acts import foreseen_troubles
from duban.service.intake.mail import MailRoom
from duban.service.intake.reading import Considered, consider, day_of
from duban.service.intake.rules import lessened
from duban.service.intake.run import OpenInbox
from duban.service.workplace import Moment, Workplace
from duban.store import received
from duban.store.database import reading
from duban.store.ledger import Occasion
from duban.store.received import ReceivedState


class Foreseen(NamedTuple):
    """What a mail in the inbox would do; ``is_known``: it has been read before."""

    considered: Considered
    state: ReceivedState
    because: str
    is_known: bool


def foresee_intake(
    workplace: Workplace, room: MailRoom, mailbox: OpenInbox, moment: Moment
) -> Iterator[Foreseen]:
    """What each mail in the inbox would do.

    Raises:
        MailboxError: the inbox cannot be read.
    """
    with mailbox as inbox:
        for waiting in inbox.waiting():
            yield _foreseen(workplace, room, waiting, moment)


def _foreseen(workplace: Workplace, room: MailRoom, waiting: Waiting, moment: Moment) -> Foreseen:
    on, content = day_of(waiting, moment), hashlib.sha256(waiting.raw).hexdigest()
    with reading(workplace.engine) as connection:
        known = received.of_content(connection, content)
        found = consider(connection, workplace, room, waiting, on)
        steps = found.verdict.steps
        when = Occasion(on, moment.at, found.incoming.sender)
        troubles = foreseen_troubles(connection, workplace, steps, when)
    state = found.verdict.state
    if troubles:
        state = lessened(state, is_any_held=len(troubles) < len(steps))
    because = "；".join(filter(None, (found.verdict.because, *troubles)))
    return Foreseen(found, state, because, known is not None)
