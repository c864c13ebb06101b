"""The ledger database: what happened, what is owed, what is to be sent; SQLite or PostgreSQL."""
