"""Sending nudges: short words where people look, besides their mails and never instead of them.

Only what runs the flows, and the doctor, import this module: Apprise comes with it.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from duban import clock
from duban.loader.nudge_file import is_private, read_robots
from duban.service.doctor.findings import Finding, failure, ok, warning
from duban.service.lease import holding
from duban.service.sending.deliver import Record
from duban.service.workplace import Moment, Workplace
from duban.settings import Settings
from duban.store import leases, nudges, outbox, outcomes
from duban.store.database import Connection, reading, writing
from duban.store.nudges import ClaimedNudge
from duban.store.outbox import Claimed, MailState
from models.office import Office
from models.robot import PREFIX, Robot
from notifications.channels.nudge import Nudger, text_of
from notifications.message import DeliveryError, Stage

_CHECK = "nudges"
_MINUTE, _SECOND = timedelta(minutes=1), timedelta(seconds=1)


class Nudged(NamedTuple):
    """What a delivery of nudges came to; ``undone`` names what was left, each in a sentence."""

    sent: int = 0
    undone: tuple[str, ...] = ()


def send_nudges(workplace: Workplace, moment: Moment) -> Nudged:
    """Send every nudge that may go now, within each robot's pace; nothing on a rest day.

    A robot in trouble is left alone until the next run, and so is what goes beyond its pace. No
    trouble of a robot is raised. Killed and run again, nothing is lost and at most the one nudge
    whose acceptance was not recorded goes twice.
    """
    known, trouble = workplace.robots
    if not known or not workplace.calendar.is_workday(moment.as_of):
        return Nudged(undone=(trouble,) if trouble else ())
    with reading(workplace.engine) as connection:
        waiting = nudges.waiting(connection)
    errands = [
        Errand(workplace, robot, moment) for robot in known.values() if robot.recipient in waiting
    ]
    ours = {robot.recipient for robot in known.values()}
    strangers = [
        f"{count} nudges wait for {name.removeprefix(PREFIX)}, not named in DUBAN_NUDGES_FILE"
        for name, count in waiting.items()
        if name not in ours
    ]
    if errands:
        _run(workplace, errands)
    told = [errand.trouble for errand in errands if errand.trouble]
    return Nudged(sum(errand.sent for errand in errands), (*strangers, *told))


def _run(workplace: Workplace, errands: list["Errand"]) -> None:
    with holding(workplace.engine, "deliver", alone=False) as holder:
        with writing(workplace.engine) as connection:
            # Claims are read first: whoever claims between the two had its lease before that.
            claimants = set(outbox.claimants(connection))
            outbox.recover(connection, claimants - leases.roll_call(connection, clock.now()))
        for errand in errands:
            errand.run(holder.token)


class Errand:
    """What one robot is to be told in this run, and what came of it so far."""

    def __init__(self, workplace: Workplace, robot: Robot, moment: Moment) -> None:
        self.engine = workplace.engine
        self.robot = robot
        self.moment = moment
        self.sent = 0
        self.trouble = ""

    def run(self, holder: str) -> None:
        """Send until nothing may go any more, or the robot is in trouble."""
        try:
            nudger = opened(self.robot)
        except ValueError as error:
            self.trouble = f"nudges wait, robot {self.robot.name} cannot be used: {error}"
            return
        while not self.trouble and (nudge := self._begun(holder)):
            record = self._hand_over(nudger, nudge)
            with writing(self.engine) as connection:
                record(connection)

    def _begun(self, holder: str) -> ClaimedNudge | None:
        """The next nudge, on record as under way; None where none may go within the pace."""
        name, as_of, at = self.robot.recipient, self.moment.as_of, self.moment.at
        pace = self.robot.pace
        with writing(self.engine) as connection:
            if nudges.tried_since(connection, name, at, _MINUTE) >= pace.per_minute:
                return None
            if nudges.tried_since(connection, name, at, _SECOND) >= pace.per_second:
                return None
            nudge = nudges.claim(connection, holder, name, as_of, at)
            if nudge:
                outbox.begin(connection, nudge.claimed, as_of)
            return nudge

    def _hand_over(self, nudger: Nudger, nudge: ClaimedNudge) -> Record:
        """Try to send one nudge; gives what records the outcome."""
        words = text_of(nudge.subjects)
        try:
            receipt = nudger.send(words)
        except DeliveryError as error:
            return partial(self._not_sent, nudge.claimed, error)
        except Exception as error:  # a plugin's own: it must stop neither the others nor the mails
            # Its kind alone: what it says may hold the robot's key.
            bug = DeliveryError(type(error).__name__, stage=Stage.CONTENT, permanent=True)
            return partial(self._not_sent, nudge.claimed, bug)
        self.sent += 1
        when = (self.moment.as_of, self.moment.at)
        return partial(
            outcomes.sent, mail=nudge.claimed, subject=words, reply=receipt.reply, when=when
        )

    def _not_sent(self, nudge: Claimed, error: DeliveryError, connection: Connection) -> None:
        name, reply, at = self.robot.name, error.reply, self.moment.at
        if error.permanent:
            self.trouble = f"a nudge to {name} was refused for good: {reply}: `duban outbox list`"
            outcomes.failed(connection, nudge, reply, at, is_defect=True)
            return
        state = outcomes.postponed(connection, nudge, reply, at, is_uncertain=error.accepted_maybe)
        what = "given up" if state is MailState.FAILED else "put off and will be tried again"
        self.trouble = f"a nudge to {name} was {what}: {reply}"


def nudge_findings(settings: Settings, office: Office | None) -> Iterator[Finding]:
    """How the robots stand, for the doctor; nothing is sent, and no address is shown."""
    path = settings.nudges_file
    if path is None:
        yield ok(_CHECK, "none are set (DUBAN_NUDGES_FILE)")
        return
    known, trouble = read_robots(path)
    if trouble:
        yield failure(
            _CHECK, trouble, "mend the file, see docs/howto/nudges.md; mails go meanwhile"
        )
    if not is_private(path):
        yield warning(_CHECK, f"others can read {path}", f"chmod 600 {path}")
    if path.resolve().is_relative_to(settings.matrices.resolve()):
        yield warning(
            _CHECK, f"{path} lies among the matrices", "keys belong outside them: move it"
        )
    for robot in known.values():
        yield from _unusable(robot)
    if office and not trouble:
        yield from _unknown(office, known)
    if known:
        yield ok(_CHECK, f"{len(known)} robots are set")


def _unusable(robot: Robot) -> Iterator[Finding]:
    try:
        opened(robot)
    except ValueError as error:
        yield failure(_CHECK, f"robot {robot.name} cannot be used: {error}", "correct its url")


def _unknown(office: Office, known: Mapping[str, Robot]) -> Iterator[Finding]:
    named = {
        (plan.id, name)
        for plan in office.plans.values()
        for held in plan.roster.seats.values()
        for contact in held
        for name in contact.nudge
    }
    for plan, name in sorted(named):
        if name not in known:
            said = f"{plan}: its roster names robot {name}, which the file does not"
            yield warning(_CHECK, said, "add it to the file of DUBAN_NUDGES_FILE, or take it out")


def opened(robot: Robot) -> Nudger:
    """A sender to a robot.

    Raises:
        ValueError: its address cannot be used; the message does not repeat it.
    """
    return Nudger(robot.url.get_secret_value(), robot.server)
