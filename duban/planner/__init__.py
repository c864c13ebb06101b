"""The pure core: what is owed, when it is due, what should be said by a given day, and why."""
