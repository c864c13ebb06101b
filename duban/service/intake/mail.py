"""What is known of a mail that came in: which mail of ours it answers, and who its sender is."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from duban.feedback.incoming import Incoming
from duban.feedback.tokens import Tokens
from duban.service.intake.checks import (
    Checks,
    Contact,
    Token,
    authentication_results,
    judged,
    tag_in,
)
from duban.service.intake.rules import Item
from duban.service.words import POSTS
from duban.service.workplace import Workplace
from duban.store import received
from duban.store.database import Connection, Record
from models.obligation import ItemKind
from models.roster import UNIT_POSTS, Post
from notifications.mime import message_id_for

_MOST_TAGS = 20
_OFFICES = (Post.COORDINATING_OFFICE, Post.INSPECTION_OFFICE)


class MailRoom(NamedTuple):
    """What a mail is held against: our mailbox, the domain of our Message-IDs, our keys.

    ``server`` is the name by which our own mail server signs its ``Authentication-Results``.
    """

    mailbox: str
    domain: str
    tokens: Tokens | None = None
    server: str | None = None


class Known(NamedTuple):
    """What is known of a reply.

    ``mail`` is the one of ours that it answers (None: unknown), ``items`` its numbered items,
    ``authors`` who speaks in the entries about each of them. ``trouble`` says why the mail cannot
    be told.
    """

    checks: Checks
    mail: Record | None = None
    items: tuple[Item, ...] | None = None
    authors: Mapping[str, str] = {}
    trouble: str = ""


def known_of(
    connection: Connection, workplace: Workplace, room: MailRoom, incoming: Incoming, on: date
) -> Known:
    """Everything the ledger and the rosters know about a reply on a day."""
    results = authentication_results(incoming.authentication, room.server)
    checks = Checks(authentication=judged(results), results=results)
    tagged, token = tagged_mails(connection, room, incoming.recipients)
    if len(tagged) > 1:
        trouble = "回信同时寄往几封邮件的回信地址，无法确定回复的是哪一封"
        return Known(checks._replace(token=token), trouble=trouble)
    mail = tagged[0] if tagged else mail_referred_to(connection, room, incoming.references)
    if mail is None:
        return Known(checks._replace(token=token))
    is_referred = message_id_for(mail.key, room.domain) in incoming.references
    checks = checks._replace(token=token, is_referred=is_referred)
    return _sent_by(connection, workplace, mail, incoming.sender, on, checks)


def tagged_mails(
    connection: Connection, room: MailRoom, addresses: Iterable[str]
) -> tuple[list[Record], Token]:
    """The mails of ours whose tags stand in these addresses, and what the tags are worth."""
    tags = {tag: None for address in addresses if (tag := tag_in(address, room.mailbox))}
    claimed = [
        (tag, key)
        for tag in list(tags)[:_MOST_TAGS]
        if room.tokens and (key := room.tokens.key_of(tag))
    ]
    found = {}
    for tag, key in claimed:
        mail = received.mail_of_key(connection, key)
        if mail and room.tokens and room.tokens.is_tag_of(tag, key, mail.recipient, numbered(mail)):
            found[mail.id] = mail
    if found:
        return list(found.values()), Token.VALID
    return [], Token.FORGED if claimed else Token.ABSENT


def mail_referred_to(
    connection: Connection, room: MailRoom, references: Iterable[str]
) -> Record | None:
    """The newest mail of ours whose Message-ID is among these; nobody can guess one."""
    ours = {name for name in references if name.endswith(f"@{room.domain}>")}
    if not ours:
        return None
    return received.mail_where(connection, lambda key: message_id_for(key, room.domain) in ours)


def numbered(mail: Record) -> list[str]:
    """The obligations that a mail of ours numbers, number 1 first."""
    return list(json.loads(mail.items)) if mail.items else []


def _sent_by(
    connection: Connection,
    workplace: Workplace,
    mail: Record,
    sender: str,
    on: date,
    checks: Checks,
) -> Known:
    rows = received.items(connection, numbered(mail))
    roles = received.roles(connection, mail.id)
    # Letters that only look alike, such as the Kelvin sign, are K and k to Python.
    is_plain = bool(sender) and sender.isascii()
    seats = {
        plan: roster.posts_of(sender, on) if is_plain else []
        for plan, roster in workplace.rosters.items()
    }
    is_reader = is_plain and sender.casefold() == mail.recipient.casefold()
    items: list[Item] = []
    authors: dict[str, str] = {}
    for key in numbered(mail):
        row = rows[key]
        told_as = [post for post in Post if post.value in roles.get(key, ())]
        posts = [post for unit, post in seats.get(row.plan_id, []) if unit == row.unit]
        own = [post for post in posts if post in UNIT_POSTS]
        if own:
            authors[key] = author(workplace, row, own[0], sender, on)
            authors[_assignment(row)] = authors[key]
        is_copy = bool(told_as) and not set(told_as) & set(UNIT_POSTS)
        items.append(
            Item(
                obligation=key,
                kind=ItemKind(row.kind),
                unit=row.unit,
                assignment=_assignment(row),
                is_answerable=bool(own) and not is_copy,
                is_for_information=is_copy,
            )
        )
    is_office = any(post in _OFFICES for held in seats.values() for _, post in held)
    contact = _contact(items, is_reader=is_reader and any(seats.values()), is_office=is_office)
    return Known(checks._replace(contact=contact), mail, tuple(items), authors)


def _contact(items: list[Item], *, is_reader: bool, is_office: bool) -> Contact:
    """Who the sender is; a reader who holds no post any more is nobody."""
    if is_office and not any(item.is_answerable for item in items):
        return Contact.OFFICE
    if is_reader:
        return Contact.RECIPIENT
    return Contact.COLLEAGUE if any(i.is_answerable for i in items) else Contact.UNKNOWN


def _assignment(row: Record) -> str:
    return f"{row.plan_id}/assignment/{row.unit}"


def author(workplace: Workplace, row: Record, post: Post, sender: str, on: date) -> str:
    """Who speaks for a unit, as the ledger writes it: unit, post, address."""
    reach = workplace.rosters.get(row.plan_id)
    unit = reach.place.answering(row.unit, on) if reach else row.unit
    return f"{unit}{POSTS[post]}（{sender}）"
