"""A unit to be: what ``gather`` makes of pieces and the prefixes complete."""

from typing import NamedTuple

from duban.importer.units.names import Name
from duban.importer.units.pieces import Piece
from models.draft import How


class Entry(NamedTuple):
    """One unit to be: its name taken apart, its piece, and how neighbours completed it.

    ``doubt`` is the code of the question that this leaves open.
    """

    name: Name
    piece: Piece
    how: How = How.WRITTEN
    because: str = ""
    doubt: str | None = None
