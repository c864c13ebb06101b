"""What a unit or the office says about an obligation, entered by hand: one entry each.

Every command is made from one of three shapes, for Typer reads its options off a signature.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from duban.cli.occasion import occasion
from duban.cli.options import AsJson, AsOf, By, day
from duban.cli.output import print_json, write
from duban.errors import WrongUsage
from duban.service.entries import Entered, Saying, enter
from duban.service.opening import open_workplace
from duban.service.reassign import Route
from duban.service.reassign import reassign as reroute
from duban.service.words import DATES, ENTRIES
from duban.settings import Settings
from duban.store.ledger import Occasion
from models.entry import EntryKind
from notifications.wording import clean
from notifications.words import STAGES

_LONGEST = 2000

Obligation = Annotated[
    str, typer.Argument(metavar="OBLIGATION", help="Its id, as `duban ledger --ids` lists it.")
]
Text = Annotated[str, typer.Option("--text", metavar="TEXT", help="The words to keep with it.")]
Reason = Annotated[str, typer.Option("--text", metavar="TEXT", help="The reason; required.")]
Nil = Annotated[bool, typer.Option("--nil", help="There is nothing to report (零报告).")]
Until = Annotated[
    date, typer.Option("--until", parser=day, metavar="DATE", help="The date that it names.")
]
MaybeUntil = Annotated[
    date | None,
    typer.Option("--until", parser=day, metavar="DATE", help="The date that it names."),
]
Unit = Annotated[str, typer.Option("--to", metavar="UNIT", help="The unit that is to have it.")]


def _plain(kind: EntryKind, meaning: str) -> Callable[..., None]:
    def command(
        obligation: Obligation,
        text: Text = "",
        by: By = None,
        as_of: AsOf = None,
        as_json: AsJson = False,
    ) -> None:
        _enter(obligation, Saying(kind, text), as_of, by, as_json)

    command.__doc__ = meaning
    return command


def _reasoned(kind: EntryKind, meaning: str) -> Callable[..., None]:
    def command(
        obligation: Obligation,
        text: Reason,
        by: By = None,
        as_of: AsOf = None,
        as_json: AsJson = False,
    ) -> None:
        _enter(obligation, Saying(kind, _reason(text)), as_of, by, as_json)

    command.__doc__ = meaning
    return command


def _dated(kind: EntryKind, meaning: str) -> Callable[..., None]:
    def command(
        obligation: Obligation,
        text: Reason,
        until: Until,
        by: By = None,
        as_of: AsOf = None,
        as_json: AsJson = False,
    ) -> None:
        _enter(obligation, Saying(kind, _reason(text), until), as_of, by, as_json)

    command.__doc__ = meaning
    return command


acknowledge = _plain(
    EntryKind.ACKNOWLEDGED,
    "Enter that a unit has its assignment (签收); it stands for all obligations of that plan.",
)
complete = _plain(
    EntryKind.COMPLETED,
    "Enter that a unit says it is done (办结); nothing is said about it any more.",
)
decline = _reasoned(
    EntryKind.DECLINED,
    "Enter that a unit says it is not its to do (退件), and why; the office re-routes or insists.",
)
request_extension = _dated(
    EntryKind.EXTENSION_REQUESTED,
    "Enter that a unit asks for a later date (申请延期), and why; before the due date only.",
)
accept = _plain(EntryKind.ACCEPTED, "Enter that the office accepts the result.")
close_out = _plain(
    EntryKind.CLOSED_OUT,
    "Enter that the office closes an accepted obligation out (销号); another person than accepted.",
)
refuse_decline = _reasoned(
    EntryKind.DECLINE_REFUSED, "Enter that the office insists: it stays the unit's, and why."
)
refuse_extension = _reasoned(
    EntryKind.EXTENSION_REFUSED, "Enter that the office refuses a later date, and why."
)
suspend = _dated(
    EntryKind.SUSPENDED,
    "Enter that nothing is asked until a date (暂缓), and why; the remaining term is kept.",
)
resume = _plain(EntryKind.RESUMED, "Enter that a suspended obligation is owed again, today.")


def report(
    obligation: Obligation,
    text: Text = "",
    nil: Nil = False,
    by: By = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Enter that a unit reports progress (反馈); reminders go on."""
    if not nil and not text.strip():
        raise WrongUsage("a report needs its words", "give them with --text, or say --nil (零报告)")
    detail = {"nil": True} if nil else {}
    _enter(obligation, Saying(EntryKind.REPORTED, text, detail=detail), as_of, by, as_json)


def return_(
    obligation: Obligation,
    text: Reason,
    until: MaybeUntil = None,
    by: By = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Enter that the office sends a result back (退办), why, and by when it is to come again.

    Without a date the policy's time for rework counts. The unit is told, and reminded anew.
    """
    _enter(obligation, Saying(EntryKind.RETURNED, _reason(text), until), as_of, by, as_json)


def grant_extension(
    obligation: Obligation,
    text: Text = "",
    until: MaybeUntil = None,
    by: By = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Enter that the office grants a later date (准予延期): the one asked for, or another."""
    _enter(obligation, Saying(EntryKind.EXTENSION_GRANTED, text, until), as_of, by, as_json)


def reassign(
    obligation: Obligation,
    to: Unit,
    text: Reason,
    by: By = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Enter that another unit is to have it (转办), and why; of an assignment, all that is open."""
    settings = Settings.read()
    workplace = open_workplace(settings)
    when = occasion(workplace, settings, as_of, by)
    moved = reroute(workplace, obligation, Route(to, _words(_reason(text))), when)
    if as_json:
        print_json([_as_json(entered, EntryKind.REASSIGNED, text, when) for entered in moved])
        return
    for entered in moved:
        _tell(entered, EntryKind.REASSIGNED, when)


def _enter(key: str, saying: Saying, as_of: date | None, by: str | None, as_json: bool) -> None:
    words = _words(saying.text)
    settings = Settings.read()
    workplace = open_workplace(settings)
    when = occasion(workplace, settings, as_of, by)
    entered = enter(workplace, key, saying._replace(text=words), when)
    if as_json:
        print_json(_as_json(entered, saying.kind, words, when))
    else:
        _tell(entered, saying.kind, when)


def _reason(text: str) -> str:
    if not text.strip():
        raise WrongUsage("it needs its reason", "give it with --text")
    return text


def _words(text: str) -> str:
    if len(text) > _LONGEST:
        raise WrongUsage(f"the text has {len(text)} characters", f"at most {_LONGEST}")
    return clean(text)


def _as_json(entered: Entered, kind: EntryKind, text: str, when: Occasion) -> dict[str, object]:
    return {
        "obligation": entered.obligation,
        "kind": kind,
        "on": when.on,
        "by": when.by,
        "text": text,
        "before": entered.before,
        "after": entered.after,
        "until": entered.until,
    }


def _tell(entered: Entered, kind: EntryKind, when: Occasion) -> None:
    write(
        f"{entered.obligation}　{when.on} 登记{ENTRIES[kind]}（{when.by}）："
        f"{STAGES[entered.before]} → {STAGES[entered.after]}{_day_of(entered, kind)}"
    )


def _day_of(entered: Entered, kind: EntryKind) -> str:
    """The date that an entry names or that the terms give it; empty where it has none."""
    return f"，{DATES[kind]} {entered.until}" if entered.until else ""
