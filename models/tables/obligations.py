"""What is owed and what happened to it: plans as applied, obligations, entries."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


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
    ``suspended_on`` and until ``resumes_on``. ``accepted_by`` reviewed the result. ``next_on`` is
    derived: the next day on which the planner would say anything, NULL when never.
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
    accepted_by: str | None


class OriginRow(SQLModel, table=True):
    """An obligation that another one was re-routed from; ``place`` counts them from 0, in order."""

    __tablename__ = "origin"

    obligation_id: str = Field(primary_key=True, foreign_key="obligation.id")
    origin_id: str = Field(primary_key=True, foreign_key="obligation.id")
    place: int


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
