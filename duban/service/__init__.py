"""WHAT is done, in order, without Prefect: apply, plan a day, deliver, enter, show."""
