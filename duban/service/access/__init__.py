"""Who may come in: accounts of the office, signed links of units, and what makes them void."""
