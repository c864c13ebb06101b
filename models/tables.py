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

    ``stated_due_on`` is the matrix's date, ``due_on`` the one in force: they differ after an
    extension or a suspension. ``inner_due_on`` is when a returned result is to come again.
    ``asked_due_on`` is the date of an extension that waits for a decision, ``extensions`` counts
    those granted. ``stage_before`` is where a declined or suspended item stood, suspended from
    ``suspended_on`` and until ``resumes_on``. ``origin`` is the obligation that this one was
    re-routed from. ``accepted_by`` reviewed the result. ``next_on`` is derived: the next day on
    which the planner would say anything, NULL when never.
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
    stated_due_on: date | None
    inner_due_on: date | None
    asked_due_on: date | None
    extensions: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    stage_before: str | None
    suspended_on: date | None
    resumes_on: date | None
    origin: str | None = Field(foreign_key="obligation.id")
    accepted_by: str | None


class EntryRow(SQLModel, table=True):
    """Something that happened to an obligation; appended, never changed.

    ``on`` is the day it counts for, ``at`` the instant it was recorded. ``detail`` is JSON: for a
    revision, field to [before, after]; for an answer, what ``models.answer`` says besides the text.
    ``received_id`` is the mail it came in.
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
    via: str = Field(sa_column_kwargs={"server_default": "command"})
    received_id: int | None = Field(foreign_key="received.id")


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


class DocumentRow(SQLModel, table=True):
    """A file as it was handed in, stored once under the SHA-256 of its content."""

    __tablename__ = "document"

    content: str = Field(primary_key=True)
    size: int
    media_type: str
    stored_at: datetime


class EvidenceRow(SQLModel, table=True):
    """A document handed in for an obligation (佐证材料).

    ``event_on`` is the day of what it shows, ``at`` the instant it was handed in. ``file_name`` is
    shown and never used as a path. ``pair`` is the evidence whose editable original or stamped scan
    this one is.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("obligation_id", "content"),
        Index("ix_evidence_content", "content"),
    )

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: str = Field(foreign_key="obligation.id")
    content: str = Field(foreign_key="document.content")
    file_name: str
    event_on: date | None
    on: date
    at: datetime
    by: str
    via: str
    note: str
    pair: int | None = Field(foreign_key="evidence.id")
    received_id: int | None = Field(foreign_key="received.id")


class RevocationRow(SQLModel, table=True):
    """Links of a contact that were made up to an instant are void."""

    __tablename__ = "revocation"
    __table_args__ = (Index("ix_revocation_address", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    address: str
    made_until: datetime
    by: str
    because: str


class PostedRow(SQLModel, table=True):
    """A form that was posted; its number is good for once, so a replayed post does nothing."""

    __tablename__ = "posted"

    number: str = Field(primary_key=True)
    at: datetime


class AccountRow(SQLModel, table=True):
    """Somebody of the office who signs in; ``failures`` in a row lock the account for a while."""

    __tablename__ = "account"

    name: str = Field(primary_key=True)
    role: str
    password: str
    created_at: datetime
    disabled_at: datetime | None
    failures: int
    locked_until: datetime | None


class SessionRow(SQLModel, table=True):
    """A signed-in browser; only the hash of its cookie is kept."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_account", "account"),)

    token: str = Field(primary_key=True)
    account: str = Field(foreign_key="account.name")
    created_at: datetime
    expires_at: datetime


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
