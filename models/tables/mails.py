"""Mails: what is said in which, what became of each, and what came in."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

_OPEN_MAIL = text("state = 'pending' AND claimed_by IS NULL")


class OutboxRow(SQLModel, table=True):
    """One mail to one recipient; open for further notices while pending and unclaimed.

    At most one mail of a recipient is open. An ``uncertain`` mail may have been accepted by the
    server: it takes no more notices and goes again under the same Message-ID. ``on`` is the day
    it is for, ``sent_on`` the day it went.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "uq_outbox_open",
            "recipient",
            unique=True,
            sqlite_where=_OPEN_MAIL,
            postgresql_where=_OPEN_MAIL,
        ),
        Index("ix_outbox_state_on", "state", "on"),
        Index("ix_outbox_recipient_sent_on", "recipient", "sent_on"),
        Index("ix_outbox_claimed_by", "claimed_by", sqlite_where=text("claimed_by IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    recipient: str
    state: str
    on: date
    attempts: int
    next_attempt_at: datetime | None
    claimed_by: str | None
    sent_on: date | None
    sent_at: datetime | None
    subject: str | None
    reply: str | None
    channel: str = Field(sa_column_kwargs={"server_default": "mail"})
    words: str | None
    items: str | None


class NoticeRow(SQLModel, table=True):
    """One rung said, or deliberately not said, to one recipient about one due-date revision.

    ``unit`` is the unit whose post the recipient holds, where another owes the item.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("obligation_id", "revision", "step", "recipient"),
        Index("ix_notice_outbox_id", "outbox_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: str = Field(foreign_key="obligation.id")
    revision: int
    step: str
    recipient: str
    role: str
    kind: str
    reason: str
    on: date
    outbox_id: int | None = Field(foreign_key="outbox.id")
    unit: str | None


class RoundUpRow(SQLModel, table=True):
    """A weekly round-up of a plan in its office's mail; ``week`` is the Monday it belongs to."""

    __tablename__ = "round_up"
    __table_args__ = (
        UniqueConstraint("plan_id", "week", "recipient"),
        Index("ix_round_up_outbox_id", "outbox_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(foreign_key="plan.id")
    week: date
    recipient: str
    outbox_id: int = Field(foreign_key="outbox.id")


class DeliveryRow(SQLModel, table=True):
    """One attempt to hand over a mail that did not succeed, with the server's words."""

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_outbox_id", "outbox_id"),)

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox.id")
    at: datetime
    outcome: str
    reply: str


class DefectRow(SQLModel, table=True):
    """An address that does not work, for the office to mend in the roster."""

    __tablename__ = "defect"
    __table_args__ = (
        Index(
            "uq_defect_address_open",
            "address",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    address: str
    because: str
    opened_at: datetime
    closed_at: datetime | None


class HeldRow(SQLModel, table=True):
    """A mail held back on a day because its reader had enough mails that week, and until when."""

    __tablename__ = "held"
    __table_args__ = (Index("ix_held_recipient_on", "recipient", "on"),)

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox.id")
    recipient: str
    on: date
    until: date


class ReceivedRow(SQLModel, table=True):
    """A mail that came in, whole under its content hash in the document store.

    ``content`` makes sure that the same message read twice counts once. ``kind`` says what it is
    (reply, bounce, automatic …, unreadable), ``state`` what became of it (acted, partly, office,
    settled, ignored), ``because`` why, in Chinese. ``reading`` and ``checks`` are JSON: what was
    understood, and what speaks for its sender. ``outbox_id`` is the mail it answers.
    ``settled_text`` is what the office did about it.
    """

    __tablename__ = "received"
    __table_args__ = (Index("ix_received_state", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    content: str = Field(unique=True)
    message_id: str | None = Field(index=True)
    received_at: datetime
    sender: str
    subject: str
    text: str
    kind: str
    state: str
    because: str
    reading: str | None
    checks: str | None
    outbox_id: int | None = Field(foreign_key="outbox.id")
    settled_by: str | None
    settled_at: datetime | None
    settled_text: str | None
