"""Units named through their head or through a person: 市财政局局长, 各乡镇党委书记."""

from duban.importer.units.names import Kind, is_complete, read_name
from duban.importer.units.phrases import PERSON, POST

_OF_A_PLACE = frozenset(
    ["委", "党委", "政府", "人民政府", "人大", "人大常委会", "政协", "国务院", "党中央"]
)
"""Bodies whose heads lead the whole place: 市委书记, 市政府秘书长."""


def holder(text: str) -> tuple[str, str]:
    """The unit and the post or person of a piece, the unit empty where none is named.

    Both are empty for a piece that names neither.
    """
    unit = text
    while unit and (cut := _person_at(unit)) is not None:
        unit = unit[:cut]
    if unit == text:
        return "", ""
    post = text[len(unit) :]
    return (unit, post) if is_complete(unit) and not _is_of_a_place(unit) else ("", text)


def ends_name(text: str) -> bool:
    """Whether a text can be a whole name, of a body or of one who stands for it."""
    return is_complete(text) or bool(holder(text)[1])


def _person_at(text: str) -> int | None:
    if read_name(text).is_known:
        return None
    if found := POST.search(text):
        return found.start()
    found = None if is_complete(text) else PERSON.search(text)
    if found is None or not found.start():
        return None
    before = text[: found.start()]
    is_unit = read_name(before).is_known and is_complete(before)
    return found.start() if is_unit or POST.search(before) else None


def _is_of_a_place(unit: str) -> bool:
    name = read_name(unit)
    return name.kind is not Kind.GROUP and name.prefix == name.level and name.stem in _OF_A_PLACE
