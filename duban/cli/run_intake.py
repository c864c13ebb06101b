"""``duban run intake``: reading the answers by mail, or showing what each would do."""

from collections.abc import Iterable, Iterator
from datetime import date

from duban.cli.layout import folded
from duban.cli.output import print_json, write
from duban.cli.run_flow import counts_of
from duban.errors import WorkLeftUndone
from duban.feedback.mailbox import MailboxError
from duban.service.intake.foresight import Foreseen, foresee_intake
from duban.service.intake.opening import mail_room, open_inbox, read_mailbox
from duban.service.intake.run import IntakeSummary
from duban.service.opening import moment_for, open_workplace
from duban.service.words import ENTRIES
from duban.settings import Settings
from duban.store.received import ReceivedState
from notifications.wording import full_day

_WOULD = {
    ReceivedState.ACTED: "可登记",
    ReceivedState.PARTLY: "可登记一部分",
    ReceivedState.OFFICE: "转人工办理",
    ReceivedState.IGNORED: "不需办理",
}


def run_intake(as_of: date | None, *, dry_run: bool, no_prefect: bool, as_json: bool) -> None:
    """Read the mailbox and print what it came to.

    Raises:
        InvalidSettings: no mailbox is set, or a setting cannot be used.
        WorkLeftUndone: a mail or the rest of the mailbox could not be dealt with.
    """
    settings = Settings.read()
    open_inbox(settings)  # what is missing is said before Prefect is started
    if dry_run:
        _foresee(settings, as_of, as_json)
        return
    if no_prefect:
        summary = read_mailbox(settings, as_of)
    else:
        summary = IntakeSummary(**counts_of("intake", as_of))
    if as_json:
        print_json(summary._asdict())
    else:
        _print(summary)
    if summary.undone:
        raise WorkLeftUndone(f"work was left undone: {'; '.join(summary.undone)}")


def _print(summary: IntakeSummary) -> None:
    write(f"{full_day(date.fromisoformat(summary.as_of))}")
    write(
        f"  新到来信 {summary.received} 封：已登记 {summary.acted} 封，"
        f"待人工办理 {summary.office} 封，不需办理 {summary.ignored} 封，退信 {summary.bounces} 封"
    )
    if summary.office:
        write("  待人工办理的来信用 duban inbox 列出")


def _foresee(settings: Settings, as_of: date | None, as_json: bool) -> None:
    workplace = open_workplace(settings)
    moment = moment_for(workplace, as_of, settings.timezone)
    try:
        found = list(foresee_intake(workplace, mail_room(settings), open_inbox(settings), moment))
    except MailboxError as error:
        raise WorkLeftUndone(f"the mailbox could not be read: {error}") from None
    if as_json:
        print_json([_as_json(one) for one in found])
        return
    write(f"{full_day(moment.as_of)}　收件箱 {len(found)} 封（只看，不登记，不移动）")
    for line in _lines(found):
        write(line)


def _as_json(one: Foreseen) -> dict[str, object]:
    incoming = one.considered.incoming
    return {
        "sender": incoming.sender,
        "subject": incoming.subject,
        "kind": incoming.kind.value,
        "known": one.is_known,
        "state": one.state.value,
        "because": one.because,
        "mail": one.considered.mail,
        "checks": one.considered.known.checks.as_json(),
        "entries": [
            {
                "obligation": step.obligation,
                "kind": step.statement.kind.value,
                "until": step.statement.until,
            }
            for step in one.considered.verdict.steps
        ],
    }


def _lines(found: Iterable[Foreseen]) -> Iterator[str]:
    for one in found:
        incoming = one.considered.incoming
        said = "以前已收，只移动" if one.is_known else _WOULD[one.state]
        head = f"  {said}　{incoming.sender or '发件人不明'}　{incoming.subject}"
        yield from folded(head, hanging=" " * 4)
        if one.because:
            yield from folded(f"    原因：{one.because}", hanging=" " * 6)
        for step in one.considered.verdict.steps:
            yield from folded(
                f"    {ENTRIES[step.statement.kind]}　{step.obligation}", hanging=" " * 6
            )
