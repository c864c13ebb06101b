"""Short names for the tables, as SQLAlchemy Core sees them, and an insert that may find a twin."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from models.tables.access import AccountRow, PostedRow, RevocationRow, SessionRow
from models.tables.evidence import DocumentRow, EvidenceRow
from models.tables.mails import (
    DefectRow,
    DeliveryRow,
    HeldRow,
    NoticeRow,
    OutboxRow,
    ReceivedRow,
    RoundUpRow,
)
from models.tables.obligations import EntryRow, ObligationRow, OriginRow, PlanRow
from models.tables.runs import LeaseRow, RunRow


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(row.__tablename__)]


PLAN = _table(PlanRow)
OBLIGATION = _table(ObligationRow)
ORIGIN = _table(OriginRow)
ENTRY = _table(EntryRow)
NOTICE = _table(NoticeRow)
OUTBOX = _table(OutboxRow)
ROUND_UP = _table(RoundUpRow)
DELIVERY = _table(DeliveryRow)
DEFECT = _table(DefectRow)
HELD = _table(HeldRow)
RECEIVED = _table(ReceivedRow)
DOCUMENT = _table(DocumentRow)
EVIDENCE = _table(EvidenceRow)
REVOCATION = _table(RevocationRow)
POSTED = _table(PostedRow)
ACCOUNT = _table(AccountRow)
SESSION = _table(SessionRow)
LEASE = _table(LeaseRow)
RUN = _table(RunRow)


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that understands ON CONFLICT, in the dialect of this connection."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def add_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert many rows; one whose unique key is there already is left as it is."""
    if rows:
        connection.execute(insert(connection, table).on_conflict_do_nothing(), rows)
