"""Showing how far a long run has come."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact


def shown(key: str, what: str, total: int) -> Callable[[int], None]:
    """A callback that is told how much of ``total`` is done and shows it on a progress artifact.

    Work that is done in one stroke leaves none.
    """
    artifact: list[UUID] = []

    def show(done: int) -> None:
        percent = min(100.0, 100 * done / total) if total else 100.0
        if artifact:
            update_progress_artifact(artifact[0], percent)
        elif done < total:
            made = create_progress_artifact(percent, key=key, description=what)
            artifact.append(cast(UUID, made))

    return show
