"""What the search for dated duties is given: passages, and what is known of the document."""

from typing import NamedTuple

from duban.importer.dates.phrase import Setting
from models.document import Place
from models.draft import DatedDuty, Doubt


class Passage(NamedTuple):
    """A paragraph, or the text of a row with the row's number and its units in full."""

    text: str
    place: Place
    number: str = ""
    units: tuple[str, ...] = ()


class Scope(NamedTuple):
    """What is known of the document: its dates, its jurisdiction, all units and groups named in it.

    ``units`` are names in full: those of the rows first, then the addressees.
    """

    setting: Setting = Setting()
    jurisdiction: str | None = None
    units: tuple[str, ...] = ()


class Found(NamedTuple):
    """The dated duties of a document, and the questions that they leave open."""

    duties: tuple[DatedDuty, ...]
    doubts: tuple[Doubt, ...]
