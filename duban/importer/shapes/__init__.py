"""The shapes in which documents set out their rows: numbered prose and tables of every kind."""
