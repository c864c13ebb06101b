"""Queueing nudges: a mail that has gone is told to the robots of the post it went to."""

from collections.abc import Iterator
from datetime import date

from duban.service.workplace import Workplace
from duban.store import mail_records, nudges
from duban.store.database import Connection
from duban.store.outbox import Claimed
from models.roster import Post
from notifications.wording import clean


def queue_nudges(
    connection: Connection, workplace: Workplace, mail: Claimed, subject: str, on: date
) -> None:
    """Queue a sent mail's subject, and nothing else of it, for its reader's robots.

    Meant for the transaction that records the mail as sent. Nothing where no robot is set.
    """
    known = workplace.robots.by_name
    if not known:
        return
    named = dict.fromkeys(_named(connection, workplace, mail, on))
    recipients = [known[name].recipient for name in named if name in known]
    nudges.queue(connection, recipients, clean(subject), on)


def _named(connection: Connection, workplace: Workplace, mail: Claimed, on: date) -> Iterator[str]:
    """The robots that the rosters name beside the posts for which this mail was written."""
    posts = [
        (notice.plan_id, notice.unit, Post(notice.recipient_role))
        for notice in mail_records.contents(connection, [mail.id])
    ]
    posts += [
        (part.plan_id, "", Post.COORDINATING_OFFICE)
        for part in mail_records.round_ups(connection, [mail.id])
    ]
    for plan, unit, post in dict.fromkeys(posts):
        reach = workplace.rosters.get(plan)
        contact = reach.contact(unit, post, on) if reach else None
        if contact and contact.address == mail.recipient:
            yield from contact.nudge
