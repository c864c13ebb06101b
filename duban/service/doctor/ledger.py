"""What the ledger's own tables tell of an installation: schema, runs, mails, leases."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from duban.service.doctor.findings import Finding, failure, ok, warning
from duban.service.doctor.intake import inbox_finding
from duban.service.opening import first_line
from duban.settings import Settings
from duban.store import leases, ledger_records, mail_records, runs
from duban.store.database import (
    Connection,
    DatabaseError,
    Engine,
    is_missing,
    open_database,
    reading,
)
from duban.store.migrate import schema
from duban.store.outbox import MailState
from models.office import Office
from models.workdays import WorkCalendar

_GRACE = timedelta(hours=1)
"""A daily run that is not over so long after the hour of notices has been missed."""

_LONG = 2
"""A mail that has waited more working days than this waits too long."""

_SHOWN = 5


def ledger_findings(settings: Settings, office: Office | None, now: datetime) -> list[Finding]:
    """Everything that the database knows; its trouble is a finding too."""
    name = "database"
    remedy = "check DUBAN_DATABASE_URL, the server, and the rights on the file and its folder"
    try:
        engine = open_database(settings.database_url)
        return list(_findings(engine, settings, office, now))
    except (DatabaseError, OSError, ImportError) as error:
        return [failure(name, f"it cannot be used: {first_line(error)}", remedy)]


def _findings(
    engine: Engine, settings: Settings, office: Office | None, now: datetime
) -> Iterator[Finding]:
    has, needs = (None, None) if is_missing(engine) else schema(engine)
    if has is None:
        yield warning("database", "there is no ledger yet", "`duban apply` makes it")
        return
    if has != needs:
        remedy = "any writing command upgrades it; make a copy first"
        yield failure("database", f"its schema is {has}, this release needs {needs}", remedy)
        return
    yield ok("database", f"reachable, schema {has}")
    with reading(engine) as connection:
        if office:
            yield _daily_run(connection, settings, office, now)
        yield _start(connection, now)
        yield _waiting(connection, office, now.astimezone(ZoneInfo(settings.timezone)).date())
        yield from _refused(connection, office)
        yield inbox_finding(connection)
        yield _leases(connection, now)


def _daily_run(
    connection: Connection, settings: Settings, office: Office, now: datetime
) -> Finding:
    """Whether the last daily run that should be over has been."""
    name = "daily run"
    applied = [row.applied_on for row in ledger_records.plans(connection)]
    expected = last_due(office, now.astimezone(ZoneInfo(settings.timezone)))
    if not applied or min(applied) > expected:
        return ok(name, "none was due yet")
    last = runs.last(connection, "daily")
    if last is not None and last.as_of >= expected:
        return ok(name, f"the last one planned for {last.as_of}")
    said = f"the last one planned for {last.as_of}" if last else "there has been none"
    remedy = "`duban run daily` catches up; see that `duban serve` is running"
    return failure(name, f"the run of {expected} did not take place, {said}", remedy)


def last_due(office: Office, here: datetime) -> date:
    """The last workday whose daily run should be over at this local time."""
    hours = [policy.notices_at for policy in office.policies.values()]
    at = datetime.combine(here.date(), time.fromisoformat(max(hours, default="09:00")), here.tzinfo)
    day = here.date() if here >= at + _GRACE else here.date() - timedelta(days=1)
    return office.calendar.on_or_before(day)


def _start(connection: Connection, now: datetime) -> Finding:
    started = runs.latest_start(connection)
    if started is not None and started > now + _GRACE:
        remedy = "set the machine's clock; a run in the future hides those that are missed"
        return failure(
            "clock", f"a run began at {started:%Y-%m-%d %H:%M} UTC, ahead of now", remedy
        )
    return ok("clock", "no run lies in the future")


def _waiting(connection: Connection, office: Office | None, today: date) -> Finding:
    oldest = mail_records.oldest_waiting(connection)
    counts = mail_records.counts(connection)
    number = counts.get(MailState.PENDING, 0) + counts.get(MailState.UNCERTAIN, 0)
    if oldest is None:
        return ok("outbox", "no mail waits")
    if _working_days(office.calendar if office else None, oldest, today) > _LONG:
        remedy = "`duban outbox` says why; `duban run deliver` sends"
        return failure("outbox", f"{number} mails wait, the oldest since {oldest}", remedy)
    return ok("outbox", f"{number} mails wait, the oldest since {oldest}")


def _working_days(calendar: WorkCalendar | None, since: date, today: date) -> int:
    return calendar.count(since, today) if calendar else (today - since).days


def _refused(connection: Connection, office: Office | None) -> Iterator[Finding]:
    failed = mail_records.counts(connection).get(MailState.FAILED, 0)
    if failed:
        remedy = "`duban outbox list --state failed`, then `duban outbox retry ID`"
        yield warning("outbox", f"{failed} mails were refused for good", remedy)
    plans = office.plans.values() if office else ()
    known = {address for plan in plans for address in plan.roster.addresses}
    defects = [
        row.address
        for row in mail_records.defects(connection)
        if office is None or row.address in known  # any other has been mended
    ]
    if defects:
        more = f" and {len(defects) - _SHOWN} more" if len(defects) > _SHOWN else ""
        said = f"addresses that do not work: {', '.join(defects[:_SHOWN])}{more}"
        yield warning("contacts", said, "mend roster.yaml, then `duban outbox retry ID`")


def _leases(connection: Connection, now: datetime) -> Finding:
    left = leases.dead(connection, now)
    if not left:
        return ok("leases", "none is held by a process that is gone")
    names = ", ".join(
        f"{name} by process {holder.process} on {holder.host}"
        for name, holder in list(left.items())[:_SHOWN]
    )
    return warning("leases", f"left behind: {names}", "the next run takes them over by itself")
