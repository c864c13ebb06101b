"""A unit's page: what it owes, what it has said, and its answers."""
