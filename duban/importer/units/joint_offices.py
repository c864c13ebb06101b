"""Offices of several bodies of one place: 市委、市政府办公室, 市委、市政府督查室."""

import re

from duban.importer.units.entry import Entry
from duban.importer.units.names import Kind, Name, read_name
from duban.importer.units.vocabulary import PLACE_WORD
from models.draft import How

_PLACED = rf"(?P<place>(?:[\u4e00-\u9fff]{{0,8}}?{PLACE_WORD})?)"
_ORGAN = re.compile(rf"^{_PLACED}(?:中共)?(?P<organ>党?委|人大(?:常委会)?|(?:人民)?政府|政协)$")
_OFFICE = re.compile(
    rf"^{_PLACED}(?P<organ>人大常委会|人大(?!常委会)|(?:人民)?政府|政协)(?P<office>[\u4e00-\u9fff]*[局办厅室委会])$"
)
_OFFICES = ("办公室", "办公厅", "办")


def shared_offices(entries: list[Entry]) -> list[Entry]:
    """市委、市政府办公室 are the offices of both; 市委、市政府督查室 is one body of the two."""
    done: list[Entry] = []
    for entry in entries:
        office = _OFFICE.match(entry.name.text)
        run = _organs_before(done, entry, office) if office else []
        if office and run:
            done[-len(run) :] = _offices_of(run, entry, office)
        done += [] if office and run and done[-1].doubt == "joint-office" else [entry]
    return done


def _organs_before(done: list[Entry], entry: Entry, office: re.Match[str]) -> list[Entry]:
    """The bare 市委, 市人大, 市政府 of the same place that stand right before an office."""
    run: list[Entry] = []
    organs = {office["organ"]}
    for last in reversed(done):
        found = _ORGAN.match(last.name.text)
        is_same = found is not None and office["place"] in ("", found["place"])
        if entry.piece.separator != "、" or not found or not is_same or found["organ"] in organs:
            break
        organs.add(found["organ"])
        run.insert(0, last)
        entry = last
    is_shared = office["office"] in _OFFICES or (run and run[0].name.text.endswith("委"))
    return run if is_shared else []


def _offices_of(run: list[Entry], last: Entry, office: re.Match[str]) -> list[Entry]:
    """The organs with the noun of the office, or the one body of all, ``last`` included."""
    noun = office["office"]
    if noun in _OFFICES:
        because = f"与后面的单位共用“{noun}”"
        names = [read_name(each.name.text + noun) for each in run]
        return [
            Entry(name, each.piece, How.SHARED_NOUN, because, "shared-noun")
            for name, each in zip(names, run, strict=True)
        ]
    first = run[0]
    prefix = first.name.prefix
    text = "".join(each.name.text for each in run) + prefix + last.name.text.removeprefix(prefix)
    name = Name(text, Kind.PREFIXED, prefix, first.name.level, noun, is_known=True)
    piece = last.piece._replace(begin=first.piece.begin, separator=first.piece.separator)
    return [Entry(name, piece, How.SHARED_NOUN, "与前面共用一个机构", "joint-office")]
