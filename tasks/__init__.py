"""One Prefect task for each side effect of the service."""
