"""The program at work: who holds which lease, and what came of each run."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


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
