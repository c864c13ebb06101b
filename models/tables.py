"""The rows of the ledger database; only ``duban.store`` imports this module.

Rows are not models: SQLModel does not validate table rows, so ``duban.store.mapping`` converts
both ways. Dates are days in Asia/Shanghai, instants are aware and stored in UTC.
"""

from datetime import date, datetime

from sqlalchemy import Index, MetaData, UniqueConstraint, text
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class PlanRow(SQLModel, table=True):
    """A plan as last applied; ``fingerprint`` is of what the matrix asked for then.

    ``rules`` is the fingerprint of calendar and policy that ``next_on`` was computed with.
    """

    __tablename__ = "plan"

    id: str = Field(primary_key=True)
    title: str
    document_number: str | None
    issued_on: date
    last_day: date
    coordinator: str
    applied_on: date
    applied_at: datetime
    applied_by: str
    fingerprint: str
    rules: str


class ObligationRow(SQLModel, table=True):
    """What one unit owes: its share of a plan, of a row, or a dated obligation.

    ``next_on`` is derived: the next day on which the planner would say anything, NULL when never.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        Index("ix_obligation_next_on", "next_on", "id", sqlite_where=text("next_on IS NOT NULL")),
        Index("ix_obligation_plan_id_unit", "plan_id", "unit"),
    )

    id: str = Field(primary_key=True)
    plan_id: str = Field(foreign_key="plan.id")
    unit: str
    kind: str
    role: str
    title: str
    due_on: date | None
    rule: str | None
    addressee: str | None
    duties: str
    text: str
    stage: str
    revision: int
    armed_on: date
    said_through: date | None
    next_on: date | None


class EntryRow(SQLModel, table=True):
    """Something that happened to an obligation; appended, never changed.

    ``on`` is the day it counts for, ``at`` the instant it was recorded. ``detail`` is JSON: for a
    revision, field to [before, after].
    """

    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_obligation_id_id", "obligation_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: str = Field(foreign_key="obligation.id")
    kind: str
    on: date
    at: datetime
    by: str
    text: str
    detail: str | None


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


class NoticeRow(SQLModel, table=True):
    """One rung said, or deliberately not said, to one recipient about one due-date revision."""

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


class LeaseRow(SQLModel, table=True):
    """Who is at work: one holder per name, known by process and host, good until it expires."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    host: str
    process: int
    started: str
    expires_at: datetime


class RunRow(SQLModel, table=True):
    """One run of a flow: what it planned for and what came of it."""

    __tablename__ = "run"
    __table_args__ = (Index("ix_run_flow_as_of", "flow", "as_of"),)

    id: int | None = Field(default=None, primary_key=True)
    flow: str
    as_of: date
    started_at: datetime
    finished_at: datetime | None
    counts: str | None
