"""The engine: it works without Prefect, which only drives it."""
