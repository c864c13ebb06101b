"""What a unit or the office says about an obligation, entered by hand: one entry each."""

from datetime import date
from typing import Annotated

import typer

from duban.cli.occasion import occasion
from duban.cli.options import AsJson, AsOf, By
from duban.cli.output import print_json, write
from duban.cli.words import ENTRIES, STAGES
from duban.errors import WrongUsage
from duban.service.entries import enter
from duban.service.opening import open_workplace
from duban.settings import Settings
from models.entry import EntryKind
from notifications.wording import clean

_LONGEST = 2000

Obligation = Annotated[
    str, typer.Argument(metavar="OBLIGATION", help="Its id, as `duban ledger --ids` lists it.")
]
Text = Annotated[str, typer.Option("--text", metavar="TEXT", help="The words to keep with it.")]
Reason = Annotated[str, typer.Option("--text", metavar="TEXT", help="The reason; required.")]


def acknowledge(
    obligation: Obligation,
    by: By = None,
    as_of: AsOf = None,
    text: Text = "",
    as_json: AsJson = False,
) -> None:
    """Enter that a unit has its assignment (签收); it stands for all obligations of that plan."""
    _enter(EntryKind.ACKNOWLEDGED, obligation, text, as_of, by, as_json)


def report(
    obligation: Obligation,
    by: By = None,
    as_of: AsOf = None,
    text: Text = "",
    as_json: AsJson = False,
) -> None:
    """Enter that a unit reports progress (反馈); reminders go on."""
    _enter(EntryKind.REPORTED, obligation, text, as_of, by, as_json)


def complete(
    obligation: Obligation,
    by: By = None,
    as_of: AsOf = None,
    text: Text = "",
    as_json: AsJson = False,
) -> None:
    """Enter that a unit says it is done (办结); nothing is said about it any more."""
    _enter(EntryKind.COMPLETED, obligation, text, as_of, by, as_json)


def return_(
    obligation: Obligation, text: Reason, by: By = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """Enter that the office sends a result back (退办), and why; reminders speak again."""
    if not text.strip():
        raise WrongUsage("a return needs its reason", "give it with --text")
    _enter(EntryKind.RETURNED, obligation, text, as_of, by, as_json)


def accept(
    obligation: Obligation,
    by: By = None,
    as_of: AsOf = None,
    text: Text = "",
    as_json: AsJson = False,
) -> None:
    """Enter that the office accepts the result."""
    _enter(EntryKind.ACCEPTED, obligation, text, as_of, by, as_json)


def close_out(
    obligation: Obligation,
    by: By = None,
    as_of: AsOf = None,
    text: Text = "",
    as_json: AsJson = False,
) -> None:
    """Enter that the office closes an accepted obligation out (销号)."""
    _enter(EntryKind.CLOSED_OUT, obligation, text, as_of, by, as_json)


def _enter(
    kind: EntryKind, key: str, text: str, as_of: date | None, by: str | None, as_json: bool
) -> None:
    if len(text) > _LONGEST:
        raise WrongUsage(f"the text has {len(text)} characters", f"at most {_LONGEST}")
    words = clean(text)
    settings = Settings.read()
    workplace = open_workplace(settings)
    when = occasion(workplace, settings, as_of, by)
    entered = enter(workplace, key, kind, words, when)
    if as_json:
        print_json(
            {
                "obligation": entered.obligation,
                "kind": kind,
                "on": when.on,
                "by": when.by,
                "text": words,
                "before": entered.before,
                "after": entered.after,
            }
        )
    else:
        write(
            f"{entered.obligation}　{when.on} 登记{ENTRIES[kind]}（{when.by}）："
            f"{STAGES[entered.before]} → {STAGES[entered.after]}"
        )
