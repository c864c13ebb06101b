"""What a report of failed delivery is worth, as a table."""

from typing import Any

import pytest

from duban.feedback.bounce import Bounced
from duban.service.intake.bounces import Returned, judge_bounce
from duban.store.received import ReceivedState
from tests.builders import sentences

OFFICE, IGNORED = ReceivedState.OFFICE, ReceivedState.IGNORED


class Mail:
    """The mail of ours, as far as a verdict looks at it."""

    recipient = "liaison@unit.example"


def report(status: str = "5.1.1", *, is_ours: bool = True, **fields: Any) -> Returned:
    said = f"550 {status} no such user"
    is_contact = fields.pop("is_contact", True)
    bounced = Bounced("liaison@unit.example", status, said, status.startswith("5"), None)
    mail: Any = Mail() if is_ours else None
    return Returned(bounced._replace(**fields), mail, is_contact)


TABLE = [
    ("a mail of ours came back for good", [report()], IGNORED,
     "退信：liaison@unit.example（550 5.1.1 no such user）"),
    ("the server's words lack the code", [report(diagnostic="no such user")], IGNORED,
     "退信：liaison@unit.example（5.1.1 no such user）"),
    ("a mail of ours is late", [report("4.2.2")], IGNORED, "暂时未能送达，对方服务器会继续投递"),
    ("for good, but which mail?", [report(is_ours=False)], OFFICE,
     "退信，无法核实是哪一封邮件，请人工核对：liaison@unit.example（550 5.1.1 no such user）"),
    ("nobody knows to whom, nor why",
     [report("", is_ours=False, recipient="", diagnostic="")], OFFICE,
     "退信，无法核实是哪一封邮件，请人工核对：收件人不明（退信未说明原因）"),
    ("a mail of ours, no reason given", [report("", diagnostic="")], OFFICE,
     "退信，无法核实是哪一封邮件，请人工核对：liaison@unit.example（退信未说明原因）"),
    ("somebody else's mail", [report(is_ours=False, is_contact=False)], IGNORED,
     "退信，与本系统发出的邮件无关"),
    ("one came back, one is late", [report("4.2.2"), report()], IGNORED,
     "退信：liaison@unit.example（550 5.1.1 no such user）"),
    ("a report of nothing", [], OFFICE, "退信没有写明收件人和原因"),
]  # fmt: skip


@pytest.mark.parametrize(("returned", "state", "because"), sentences(TABLE))
def test_reports(returned: list[Returned], state: ReceivedState, because: str) -> None:
    verdict = judge_bounce(tuple(returned))
    assert (verdict.state, verdict.because, verdict.steps) == (state, because, ())
