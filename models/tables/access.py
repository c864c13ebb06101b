"""Who may come in: accounts and sessions of the office, links revoked, forms posted."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


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
