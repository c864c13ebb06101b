"""Documents that were handed in, and for which obligations."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel


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
