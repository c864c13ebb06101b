"""The demonstration's folder: its own matrices, its own secrets, nothing that reaches outside."""

from pathlib import Path

import pytest

from duban.demo import stage
from duban.errors import WrongUsage
from duban.loader.office import load_office
from duban.settings import Settings
from models.roster import Post
from tests.builders import MATRICES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "demo"
    stage.fresh(place)
    stage.furnish(place, MATRICES)
    return place


def test_its_matrices_are_sound_and_have_a_substitute(folder: Path) -> None:
    roster = load_office(folder / stage.MATRICES).plans["zhongshan-2023"].roster
    (substitution,) = roster.substitutes
    during = roster.contact("市商务局", Post.LIAISON, substitution.since)
    assert during == roster.holder("市商务局", Post.OFFICER_IN_CHARGE, substitution.since)


@pytest.mark.parametrize("name", [stage.SECRET, stage.PASSWORD])
def test_a_secret_is_new_and_nobody_elses(folder: Path, tmp_path: Path, name: str) -> None:
    path = folder / name
    assert path.stat().st_mode & 0o777 == 0o600
    other = tmp_path / "other"
    stage.fresh(other)
    stage.furnish(other, MATRICES)
    assert path.read_text() != (other / name).read_text()


def test_the_settings_can_be_used_and_reach_this_machine_alone(folder: Path) -> None:
    values = stage.settings(folder, stage.Ports(2525, 1143, 8081))
    names = {name.removeprefix("DUBAN_").lower(): value for name, value in values.items()}
    found = Settings(**names)  # type: ignore[arg-type]
    assert found.secrets()
    assert found.imap_password()
    assert found.smtp is not None
    assert found.imap is not None
    assert {found.smtp.host, found.imap.host} == {"127.0.0.1"}
    assert (found.smtp.port, found.imap.port, found.pages) == (2525, 1143, "127.0.0.1:8081")


def test_a_folder_that_is_no_demonstration_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(WrongUsage, match="no demonstration"):
        stage.fresh(tmp_path)
