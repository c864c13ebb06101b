"""The office's own pages, behind a sign-in: what waits, reviews, decisions, the ledger."""
