"""The samples as a reader gets them, against what a person has read and found good."""

import pytest

from tests.unit.notifications.samples import GOLDEN, files, samples

_SAMPLES = samples()


@pytest.mark.parametrize("name", _SAMPLES)
@pytest.mark.parametrize("ending", ["txt", "html", "eml"])
def test_a_sample_reads_as_agreed(name: str, ending: str) -> None:
    expected = (GOLDEN / f"{name}.{ending}").read_text(encoding="utf-8")
    assert files(_SAMPLES[name])[ending] == expected, "python -m tests.unit.notifications.samples"


def test_every_golden_file_has_its_sample() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(_SAMPLES)
