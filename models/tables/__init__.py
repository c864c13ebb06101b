"""The rows of the ledger database; only ``duban.store`` imports them.

Rows are not models: SQLModel does not validate table rows, so ``duban.store.mapping`` converts
both ways. Dates are days in Asia/Shanghai, instants are aware and stored in UTC.
"""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention
