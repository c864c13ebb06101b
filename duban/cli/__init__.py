"""The command ``duban``: one table of commands, and what becomes of errors.

The module of a command is imported when that command is called, so that small commands stay
quick; this is the only deferred import of the project.
"""

import sys
from importlib import import_module
from typing import Any, NamedTuple

from typer import Typer
from typer.core import TyperGroup
from typer.main import get_command

from duban.errors import DubanError, InvalidOffice
from models.problem import Severity


class Entry(NamedTuple):
    """Where a command's function is, and its line in ``duban --help``."""

    module: str
    function: str
    help: str


COMMANDS = {
    "check": Entry("duban.cli.check", "check", "Validate matrices, rosters, policies, calendars."),
    "import": Entry("duban.cli.import_", "import_", "Draft a plan from a document."),
    "import-roster": Entry(
        "duban.cli.import_roster", "import_roster", "Make a roster of a list of contacts."
    ),
    "schema": Entry("duban.cli.schema", "schema", "Print the JSON Schema of the YAML files."),
    "plans": Entry("duban.cli.plans", "plans", "List the plans."),
    "show": Entry("duban.cli.show", "show", "Show a plan as it was understood."),
    "plan": Entry("duban.cli.plan", "plan", "Show what apply would change in the ledger."),
    "apply": Entry("duban.cli.apply", "apply", "Bring the ledger in line with the plans."),
    "preview": Entry("duban.cli.preview", "preview", "Show the notices of a period beforehand."),
    "run": Entry("duban.cli.run", "run", "Run one flow now, such as the daily one."),
    "serve": Entry("duban.cli.serve", "serve", "Run the flows on schedule."),
    "ledger": Entry("duban.cli.ledger", "ledger", "Show the ledger (台账)."),
    "burden": Entry("duban.cli.burden", "burden", "Show what each unit was asked, and by whom."),
    "explain": Entry("duban.cli.explain", "explain", "Say why a date and its notices are so."),
    "acknowledge": Entry("duban.cli.entries", "acknowledge", "A unit has its assignment (签收)."),
    "report": Entry("duban.cli.entries", "report", "A unit reports progress (反馈)."),
    "complete": Entry("duban.cli.entries", "complete", "A unit says it is done (办结)."),
    "decline": Entry("duban.cli.entries", "decline", "A unit says it is not its to do (退件)."),
    "request-extension": Entry(
        "duban.cli.entries", "request_extension", "A unit asks for a later date (申请延期)."
    ),
    "return": Entry("duban.cli.entries", "return_", "The office sends it back (退办)."),
    "accept": Entry("duban.cli.entries", "accept", "The office accepts the result."),
    "close-out": Entry("duban.cli.entries", "close_out", "The office closes it out (销号)."),
    "grant-extension": Entry(
        "duban.cli.entries", "grant_extension", "The office grants a later date (准予延期)."
    ),
    "refuse-extension": Entry(
        "duban.cli.entries", "refuse_extension", "The office refuses a later date."
    ),
    "refuse-decline": Entry(
        "duban.cli.entries", "refuse_decline", "The office insists: it stays the unit's."
    ),
    "reassign": Entry(
        "duban.cli.entries", "reassign", "The office gives it to another unit (转办)."
    ),
    "suspend": Entry(
        "duban.cli.entries", "suspend", "The office lets it rest until a date (暂缓)."
    ),
    "resume": Entry("duban.cli.entries", "resume", "The office lets it go on."),
    "export": Entry("duban.cli.export", "export", "Write a report's summary (总结) as a paper."),
    "evidence": Entry("duban.cli.evidence", "evidence", "List, fetch, add or pair evidence."),
    "outbox": Entry("duban.cli.outbox", "outbox", "List, show or retry messages."),
    "inbox": Entry("duban.cli.inbox", "inbox", "List, show or settle mails that need a person."),
    "account": Entry("duban.cli.account", "account", "Accounts of the office's pages."),
    "revoke": Entry("duban.cli.account", "revoke", "Declare a contact's links void."),
    "demo": Entry("duban.cli.demo", "demo", "Run the five plans against a local mail server."),
    "doctor": Entry("duban.cli.doctor", "doctor", "Check the installation, with remedies."),
}


class CommandTable(TyperGroup):
    """The commands of the table; ``--help`` imports none of their modules."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A stand-in that knows only its help line; ``resolve_command`` brings the real one."""
        entry = COMMANDS.get(cmd_name)
        return _command(cmd_name, entry.help, lambda: None) if entry else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Import the module of the command that was called."""
        if args and args[0] not in COMMANDS:
            # Where it looks for a command of nearly that name.
            self.commands = {name: self.get_command(ctx, name) for name in COMMANDS}
        name, command, rest = super().resolve_command(ctx, args)
        if name in COMMANDS:
            module, function, line = COMMANDS[name]
            command = _command(name, line, getattr(import_module(module), function))
        return name, command, rest


def _command(name: str, line: str, function: Any) -> Any:
    one = Typer(add_completion=False, rich_markup_mode=None)
    one.command(name, short_help=line, help=function.__doc__ or line)(function)
    return get_command(one)


app = Typer(
    cls=CommandTable,
    name="duban",
    help="Chases the tasks of an official plan: who owes what by when, who was told, who answered.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _root() -> None:
    """Nothing of its own; a group needs one."""


def main() -> None:
    """Run the command line; an expected error is one line on stderr and an exit code."""
    try:
        app(prog_name="duban")
    except DubanError as error:
        if isinstance(error, InvalidOffice):
            for problem in error.problems:
                if problem.severity is Severity.ERROR:
                    print(problem, file=sys.stderr)
        print(f"duban: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
