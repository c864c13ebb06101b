"""``duban import`` held against the five plans made by hand, and against invented documents."""

import os
from pathlib import Path
from typing import Any

import pytest

from duban.cli.show import understood
from duban.errors import DubanError
from models.units import Registry
from tests.acceptance.import_cases import (
    FOLDER,
    NAMES,
    as_plain,
    due_dates,
    expected,
    got,
    in_format,
    made,
    printed,
)
from tests.acceptance.import_score import Score, added, compared, score, unasked_wrong_units
from tests.builders import shipped

PLANS = ("haidong-2023", "ningjin-2022", "sichuan-2022", "yubei-2023", "zhongshan-2023")
TEXTS = {name: Path("matrices") / name / "document.txt" for name in PLANS}
KINDS = ("rows", "units", "leads", "funding", "titles", "sections", "due")
FILES = {
    "txt": NAMES,
    "docx": ["city-air", "city-childcare", "province-elderly-care"],
    "xlsx": ["city-air", "district-safety"],
    "html": ["city-air", "state-council-business"],
    "pdf": ["district-safety"],
}
AS_GOOD_AS = 0.97
"""The F1 that the documents not seen before must reach, all of a format together."""


def _shown(name: str) -> dict[str, Any]:
    plan: dict[str, Any] = as_plain(understood(shipped().plans[name]))
    return plan


@pytest.fixture(scope="module")
def of_the_five() -> dict[str, dict[str, Score]]:
    """The scores of the five plans, read with the office's registry."""
    registry = shipped().registry
    scores = {name: score(got(TEXTS[name], registry, name), _shown(name)) for name in PLANS}
    _report("the five", added(scores.values()))
    return scores


def _report(title: str, scores: dict[str, Score]) -> None:
    print(f"\n{title}")
    for each in scores.values():
        print(f"  {each}")


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize(
    "field", ["rows", "units", "leads", "funding", "implicit", "titles", "sections", "dated"]
)
def test_all_of_the_five_is_right(
    of_the_five: dict[str, dict[str, Score]], name: str, field: str
) -> None:
    found = of_the_five[name][field]
    assert found.f1 == 1.0, found.wrong


def test_figures_of_the_five(of_the_five: dict[str, dict[str, Score]]) -> None:
    total = added(of_the_five.values())
    assert total["units"].f1 >= 0.995
    assert total["quantities"].f1 >= 0.95, total["quantities"].wrong
    assert total["obligations"].f1 >= 0.95, total["obligations"].wrong


@pytest.mark.parametrize("name", PLANS)
def test_heads_of_the_five(name: str) -> None:
    plan, shown = got(TEXTS[name], shipped().registry, name)["plan"], _shown(name)["plan"]
    known = ("title", "document_number", "issued_on", "status", "jurisdiction")
    assert {key: plan[key] for key in known} == {key: shown[key] for key in known}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("invented")


def _file(files: Path, name: str, suffix: str) -> Path | None:
    if suffix == "txt":
        return FOLDER / f"{name}.txt"
    content = in_format(name, suffix)
    if content is None:
        return None
    path = files / f"{name}.{suffix}"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("suffix", FILES)
def test_documents_not_seen_before(files: Path, suffix: str) -> None:
    """Rows, units, leads and due dates of the invented documents, whatever their format."""
    of_each, wrong, units = [], [], 0
    for name in FILES[suffix]:
        path = _file(files, name, suffix)
        if path is None:
            continue
        answer = expected(name)
        read = made(path)
        found = printed(read)
        days = sorted((row, str(day)) for row, day in answer["due"])
        due = compared("due", due_dates(read), days)
        of_each.append(score(found, answer) | {"due": due})
        wrong += unasked_wrong_units(found, answer)
        units += of_each[-1]["units"].found
    if not of_each:
        pytest.skip(f"no program here makes {suffix}")
    total = {kind: added(of_each)[kind] for kind in KINDS}
    _report(f"invented documents as {suffix}", total)
    for kind, each in total.items():
        assert each.f1 >= AS_GOOD_AS, (kind, each.wrong)
    if suffix == "txt":
        assert len(wrong) <= units / 100, wrong


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_on_its_line(name: str) -> None:
    read = made(FOLDER / f"{name}.txt")
    sources = [duty.source for duty in read.matrix.duties]
    sources += [spec.source for spec in read.matrix.obligations]
    for source in sources:
        assert source.text in read.lines[source.line - 1]


def test_leads_that_are_only_proposed_are_never_written() -> None:
    read = made(FOLDER / "region-forage.txt")
    assert all(not duty.lead for duty in read.matrix.duties)
    assert all(duty.lead_proposed for duty in read.matrix.duties)


def test_links_between_measures_and_annex() -> None:
    read = made(FOLDER / "city-childcare.txt")
    links = {duty.number: list(duty.links) for duty in read.matrix.duties}
    wanted = {row["number"]: row.get("links", []) for row in expected("city-childcare")["rows"]}
    assert links == wanted
    codes = {asked.code for asked in read.asked}
    assert {"units-differ", "no-counterpart"} <= codes


def test_a_scan_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "scan.txt"
    empty.write_text(os.linesep, encoding="utf-8")
    with pytest.raises(DubanError):
        made(empty)


def test_registry_is_used_where_it_knows_the_place() -> None:
    registry: Registry = shipped().registry
    read = made(TEXTS["zhongshan-2023"], registry, "zhongshan-2023")
    assert read.place is not None
