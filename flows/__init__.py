"""Order and schedule of the runs, as Prefect flows."""
