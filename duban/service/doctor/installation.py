"""The state of an installation: one finding per thing that can be wrong, each with its remedy."""

from collections.abc import Iterator
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo

from duban import clock
from duban.errors import DubanError, InvalidOffice
from duban.loader.office import load_office
from duban.planner.obligations import obligations
from duban.service.doctor.evidence import evidence_findings
from duban.service.doctor.findings import Finding, failure, ok, warning
from duban.service.doctor.intake import mailbox_findings
from duban.service.doctor.ledger import ledger_findings
from duban.service.doctor.pages import page_findings
from duban.service.opening import open_channel, sender_of
from duban.service.sending.nudges import nudge_findings
from duban.settings import Settings
from models.matrix import Status
from models.office import Office
from models.problem import Severity
from models.roster import Post
from models.workdays import WorkCalendar
from notifications.message import DeliveryError

PINS = {"prefect": "==3.8.8", "fastapi": "<0.151", "sqlalchemy": "<2.1"}
"""What the project needs of these and why is told in pyproject.toml; a test compares the two."""

_NOVEMBER = 11
_PATIENCE = 10.0
_SHOWN = 5


def examine(settings: Settings, *, with_contents: bool = False) -> list[Finding]:
    """Look at everything; nothing is written, nothing is sent.

    ``with_contents`` reads all evidence through.
    """
    now = clock.now()
    today = clock.today(settings.timezone)
    found = [_clock(settings, now), *_prefect(), _mail_server(settings)]
    found += mailbox_findings(settings)
    found += page_findings(settings)
    office = None
    try:
        office = load_office(settings.matrices)
        found.append(_files(office))
        found += [_this_year(office.calendar, today), _next_year(office.calendar, today)]
        found.append(_contacts(office, today))
    except InvalidOffice as error:
        errors = sum(problem.severity is Severity.ERROR for problem in error.problems)
        found.append(failure("files", f"{settings.matrices}: {errors} errors", "duban check"))
    found += nudge_findings(settings, office)
    found += ledger_findings(settings, office, now)
    return [*found, *evidence_findings(settings, now, with_contents=with_contents)]


def _clock(settings: Settings, now: datetime) -> Finding:
    here = now.astimezone(ZoneInfo(settings.timezone))
    return ok("clock", f"it is {here:%Y-%m-%d %H:%M} in {settings.timezone}")


def _prefect() -> Iterator[Finding]:
    for name, pin in PINS.items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            yield failure(name, "not installed", "make setup; until then use --no-prefect")
            continue
        if satisfies(installed, pin):
            yield ok(name, installed)
        else:
            yield failure(name, f"{installed} does not work, it must be {pin}", "make setup")


def satisfies(installed: str, pin: str) -> bool:
    """Whether a version such as ``3.8.8`` keeps to ``==3.8.8`` or stays below ``<3.9``."""
    if pin.startswith("=="):
        return installed == pin.removeprefix("==")
    return _numbers(installed) < _numbers(pin.removeprefix("<"))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def _mail_server(settings: Settings) -> Finding:
    name = "mail server"
    try:
        channel = open_channel(settings)
        if channel is None:
            remedy = "set DUBAN_SMTP_URL and DUBAN_MAIL_FROM; until then mails wait in the outbox"
            return warning(name, "none is set", remedy)
        sender_of(settings)
        channel.timeout = _PATIENCE
        with channel:
            return ok(name, f"{channel.host}:{channel.port} answers: {channel.greet()}")
    except DubanError as error:
        return failure(name, error.message, error.hint or "see docs/reference/settings.md")
    except DeliveryError as error:
        remedy = "check DUBAN_SMTP_URL, its password file, DUBAN_TLS_CA_FILE and the network"
        return failure(name, error.reply, remedy)


def _files(office: Office) -> Finding:
    drafts = sum(plan.matrix.status is Status.DRAFT for plan in office.plans.values())
    return ok("files", f"{len(office.plans)} plans, {drafts} of them drafts, no errors")


def _this_year(calendar: WorkCalendar, today: date) -> Finding:
    if calendar.is_provisional(today):
        remedy = f"add workdays/{today.year}.yaml from the State Council's notice"
        return failure("calendar", f"{today.year} has no published workdays: no run", remedy)
    return ok("calendar", f"{today.year} is published")


def _next_year(calendar: WorkCalendar, today: date) -> Finding:
    year = today.year + 1
    if not calendar.is_provisional(date(year, 1, 1)):
        return ok("calendar", f"{year} is published")
    if today.month >= _NOVEMBER:
        remedy = f"add workdays/{year}.yaml as soon as the State Council has published it"
        return warning("calendar", f"{year} has no published workdays yet", remedy)
    return ok("calendar", f"{year} is not published yet; it is due in November")


def _contacts(office: Office, today: date) -> Finding:
    """Units of issued plans without a liaison whom a notice would reach today."""
    missing = [
        f"{plan.id} {unit}"
        for plan in office.plans.values()
        if plan.matrix.status is not Status.DRAFT
        for unit in dict.fromkeys(item.unit for item in obligations(plan))
        if plan.reach.contact(unit, Post.LIAISON, today) is None
    ]
    if not missing:
        return ok("contacts", "every unit of the issued plans has a liaison")
    more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
    said = f"no liaison: {', '.join(missing[:_SHOWN])}{more}"
    return warning("contacts", said, "fill in roster.yaml; the office is told meanwhile")
