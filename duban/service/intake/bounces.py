"""Reports that a mail of ours did not arrive: believed where they name it, kept where not."""

from typing import NamedTuple

from duban.feedback.bounce import Bounced
from duban.feedback.incoming import Incoming
from duban.service.intake.mail import MailRoom, mail_referred_to, tagged_mails
from duban.service.intake.rules import Verdict
from duban.service.sending.compose import office_notices
from duban.service.workplace import Moment, Workplace
from duban.store import planning, received
from duban.store.database import Connection, Record
from duban.store.outbox import Claimed
from duban.store.received import ReceivedState


class Returned(NamedTuple):
    """One recipient of a report; ``mail`` is the one of ours that came back, None if unknown.

    ``is_contact``: the address is in a roster, or the report does not say which it is.
    """

    bounced: Bounced
    mail: Record | None
    is_contact: bool = True

    @property
    def whom(self) -> str:
        """The address that was not reached, for the office."""
        return self.bounced.recipient or "收件人不明"

    @property
    def words(self) -> str:
        """The server's words, with the status code where they do not have it."""
        found, status = self.bounced.diagnostic, self.bounced.status
        said = found if status in found else f"{status} {found}"
        return " ".join(said.split()) or "退信未说明原因"


def returned_of(
    connection: Connection, workplace: Workplace, room: MailRoom, incoming: Incoming
) -> tuple[Returned, ...]:
    """What a report tells, each recipient with the mail of ours that it is about.

    Bounces come to an address of the mail's own, and most return its Message-ID: neither can be
    guessed, so a forged report names no mail.
    """
    tagged, _ = tagged_mails(connection, room, incoming.recipients)
    return tuple(
        _returned(workplace, bounced, tagged[0] if tagged else _referred(connection, room, bounced))
        for bounced in incoming.bounced
    )


def _returned(workplace: Workplace, bounced: Bounced, mail: Record | None) -> Returned:
    """A mail that its reader passed on, and that did not arrive there, has not come back."""
    if mail and bounced.recipient and bounced.recipient.lower() != mail.recipient.lower():
        return Returned(bounced, None)
    return Returned(bounced, mail, _is_contact(workplace, bounced.recipient))


def _referred(connection: Connection, room: MailRoom, bounced: Bounced) -> Record | None:
    return mail_referred_to(connection, room, (bounced.message_id,) if bounced.message_id else ())


def _is_contact(workplace: Workplace, address: str) -> bool:
    return not address or any(roster.known(address) for roster in workplace.rosters.values())


def judge_bounce(returned: tuple[Returned, ...]) -> Verdict:
    """What becomes of a report: noted, shown to the office, or nothing of ours."""
    if not returned:
        return Verdict(ReceivedState.OFFICE, "退信没有写明收件人和原因")
    lasting = [one for one in returned if one.bounced.is_permanent]
    if known := [one for one in lasting if one.mail]:
        told = "；".join(f"{one.mail.recipient}（{one.words}）" for one in known if one.mail)
        return Verdict(ReceivedState.IGNORED, f"退信：{told}")
    doubtful = [one for one in returned if one.is_contact and one.bounced.status[:1] != "4"]
    if doubtful:
        told = "；".join(
            f"{one.bounced.recipient or '收件人不明'}（{one.words}）" for one in doubtful
        )
        return Verdict(ReceivedState.OFFICE, f"退信，无法核实是哪一封邮件，请人工核对：{told}")
    if any(one.mail or one.is_contact for one in returned):
        return Verdict(ReceivedState.IGNORED, "暂时未能送达，对方服务器会继续投递")
    return Verdict(ReceivedState.IGNORED, "退信，与本系统发出的邮件无关")


def note(
    connection: Connection,
    workplace: Workplace,
    returned: tuple[Returned, ...],
    moment: Moment,
) -> None:
    """Mark what came back for good, open the defect of its address, and tell the office."""
    failed = {one.mail.id: one for one in returned if one.bounced.is_permanent and one.mail}
    for one in failed.values():
        mail = one.mail
        assert mail is not None
        received.came_back(connection, mail, one.words, moment.at)
        claimed = Claimed(mail.id, mail.key, mail.recipient, mail.on, mail.attempts, False, "")
        on = workplace.calendar.on_or_after(moment.as_of)
        planning.queue(connection, office_notices(connection, workplace, claimed, on), on)
