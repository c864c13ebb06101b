"""Whether every file that was handed in is still there, as it was, and nothing else lies about."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from duban.service.doctor.findings import Finding, failure, ok, warning
from duban.settings import Settings
from duban.store import documents, evidence
from duban.store.database import DatabaseError, is_missing, open_database, reading
from duban.store.migrate import schema

_NAME = "evidence"
_SHOWN = 3
_GRACE = timedelta(days=1)
"""A younger file may belong to a transaction that is still at work."""

_FROM_BACKUP = "restore them from the backup of DUBAN_EVIDENCE"


def evidence_findings(settings: Settings, now: datetime, *, with_contents: bool) -> list[Finding]:
    """What is missing, altered or nobody's; ``with_contents`` reads every file through.

    Nothing is said where there is no ledger at this release's schema.
    """
    try:
        engine = open_database(settings.database_url)
        if is_missing(engine) or len(set(schema(engine))) > 1:
            return []
        with reading(engine) as connection:
            known: dict[str, int | None] = dict.fromkeys(evidence.received(connection))
            known |= {row.content: row.size for row in evidence.documents(connection)}
        return list(_findings(settings.evidence, known, now, with_contents))
    except (DatabaseError, ImportError):
        return []  # the database has findings of its own
    except OSError as error:
        remedy = "check DUBAN_EVIDENCE and the rights on it"
        return [failure(_NAME, f"{settings.evidence} cannot be read: {error.strerror}", remedy)]


def _findings(
    folder: Path, known: Mapping[str, int | None], now: datetime, with_contents: bool
) -> Iterator[Finding]:
    there = dict(documents.files(folder))
    missing = [content for content in known if content not in there]
    altered = [
        content
        for content, size in known.items()
        if content in there
        and (
            size not in (None, there[content].st_size)
            or (with_contents and _is_other(folder, content))
        )
    ]
    born = {name: datetime.fromtimestamp(stat.st_mtime, now.tzinfo) for name, stat in there.items()}
    orphans = [name for name in there if name not in known and now - born[name] > _GRACE]
    if missing:
        yield failure(_NAME, f"{_told(missing)} missing from {folder}", _FROM_BACKUP)
    if altered:
        yield failure(_NAME, f"{_told(altered)} not as handed in", _FROM_BACKUP)
    if orphans:
        remedy = f"a killed process left them in {folder}; they can be deleted"
        yield warning(_NAME, f"{_told(orphans)} nobody's", remedy)
    if not missing and not altered:
        read = "all read through" if with_contents else "their sizes right; --evidence reads them"
        yield ok(_NAME, f"{len(known)} files, none missing, {read}")


def _is_other(folder: Path, content: str) -> bool:
    return documents.content_of(documents.path_of(folder, content)) != content


def _told(names: list[str]) -> str:
    shown = ", ".join(name[:16] for name in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{shown}{more} ({len(names)} in all):"
