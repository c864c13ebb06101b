"""One slip in one plan's files stops that plan's chasing, never the others'."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from duban import clock
from duban.errors import InvalidOffice
from duban.service.apply import apply
from duban.service.opening import open_workplace
from duban.service.runs import Summary, run_daily
from duban.service.sending.deliver import moment_of
from duban.settings import Settings
from duban.store.ledger import Occasion
from notifications.message import Message, Receipt, Sender

SENDER = Sender("duban@office.example", "督办通知", "duban.office.example", "office.example")
PLANS = ("zhongshan-2023", "sichuan-2022")
APPLIED_ON, CHASED_ON, LATER_ON = date(2023, 3, 7), date(2023, 3, 10), date(2023, 3, 14)


class Letterbox:
    """Keeps the recipients of what it is given."""

    def __init__(self) -> None:
        self.recipients: list[str] = []

    def send(self, message: Message) -> Receipt:
        self.recipients.append(message.recipient)
        return Receipt("250 kept")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    matrices = tmp_path / "matrices"
    shutil.copytree("matrices", matrices)
    return Settings(database_url=f"sqlite:///{tmp_path}/ledger.db", matrices=matrices)


@pytest.fixture
def plan_file(settings: Settings) -> Path:
    """The file of one of two applied plans; what was assigned has not been sent yet."""
    workplace = open_workplace(settings)
    when = Occasion(APPLIED_ON, clock.now(), "test")
    apply(workplace, [workplace.plan(name) for name in PLANS], when)
    return settings.matrices / "zhongshan-2023" / "plan.yaml"


def run(settings: Settings, day: date, letterbox: Letterbox) -> Summary:
    workplace = open_workplace(settings, sound_plans_only=True)
    return run_daily(workplace, letterbox, SENDER, moment_of(workplace, day, "Asia/Shanghai"))


def test_the_sound_plan_is_chased_and_the_other_is_named(
    settings: Settings, plan_file: Path
) -> None:
    plan_file.write_text(plan_file.read_text(encoding="utf-8") + "oops: 1\n", encoding="utf-8")
    letterbox = Letterbox()
    summary = run(settings, CHASED_ON, letterbox)
    assert letterbox.recipients
    assert all(address.endswith(".sichuan.example") for address in letterbox.recipients)
    assert any("zhongshan-2023 was left out" in line for line in summary.undone)


def test_what_waited_goes_once_the_plan_is_mended(settings: Settings, plan_file: Path) -> None:
    sound = plan_file.read_text(encoding="utf-8")
    plan_file.write_text(sound + "oops: 1\n", encoding="utf-8")
    run(settings, CHASED_ON, Letterbox())
    plan_file.write_text(sound, encoding="utf-8")
    letterbox = Letterbox()
    summary = run(settings, LATER_ON, letterbox)
    told = [to for to in letterbox.recipients if to.startswith("liaison@") and "zhongshan" in to]
    assert len(told) == len(set(told)) == 47
    assert summary.undone == []


def test_a_slip_in_what_plans_share_stops_the_run(settings: Settings, plan_file: Path) -> None:
    units = settings.matrices / "units.yaml"
    units.write_text(units.read_text(encoding="utf-8") + "oops: 1\n", encoding="utf-8")
    with pytest.raises(InvalidOffice):
        run(settings, CHASED_ON, Letterbox())
    assert plan_file.exists()
