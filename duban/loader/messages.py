"""Pydantic's errors in words that say what is wrong here and what to write instead."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from duban.loader.findings import did_you_mean, quoted
from models.strict import Strict

Said = tuple[str, str, str]
"""Code, message, hint."""
Place = tuple[str | int, ...]
"""Keys and indices from the root of a file down to a value."""

_FORMS = {
    "number": 'a row number such as "3", "2.10" or "A7"',
    "links": 'a row number such as "3", "2.10" or "A7"',
    "duties": 'a row number such as "3", "2.10" or "A7"',
    "name": "a name without slash or blank, such as 市教育局",
    "month_day": 'a day of the year written MM-DD, such as "11-10"',
    "notices_at": 'an hour written HH:MM, such as "09:00"',
    "for": "an e-mail address in plain letters, or a mapping with unit and post",
    "by": "an e-mail address in plain letters, or a mapping with unit and post",
    "address": "an e-mail address in plain letters, such as liaison@education.example",
    "contact": "an e-mail address in plain letters, such as liaison@education.example",
    "liaison": "an e-mail address in plain letters, such as liaison@education.example",
    "officer_in_charge": "an e-mail address in plain letters, such as officer@education.example",
    "head": "an e-mail address in plain letters, such as head@education.example",
}
_IDENTIFIER = "lower-case letters, digits and hyphens, such as final-summary"
_BOUNDS = {
    "greater_than_equal": ("at least", "ge"),
    "less_than_equal": ("at most", "le"),
    "greater_than": ("more than", "gt"),
    "less_than": ("less than", "lt"),
}
_KINDS = {
    "tuple": "a list",
    "list": "a list",
    "model": 'a mapping ("key: value" lines)',
    "dict": 'a mapping ("key: value" lines)',
    "string": "text",
    "bool": "true or false",
    "int": "a whole number",
    "decimal": "a number, or [low, high]",
    "finite": "a number, or [low, high]",
    "date": "a date of the form YYYY-MM-DD",
}


def explained(model: type[BaseModel], path: Place, error: ErrorDetails) -> Said:
    """Code, message and hint for one error at a place of a file of that model."""
    kind = error["type"]
    what = quoted("rule") if kind == "union_tag_invalid" else _name(path)
    if kind == "extra_forbidden":
        return "S101", f"unknown key {what}", _known_key(model, str(path[-1]))
    if kind == "missing":
        return _missing(path)
    if kind == "string_pattern_mismatch":
        return "S105", f"{what} is {_shown(error)}", f"it must be {_form(path)}"
    return _SAYING.get(kind, _wrong_kind)(what, error)


def _missing(path: Place) -> Said:
    if path and isinstance(path[-1], int):
        return "S103", f"{_name(path[:-1])} needs two numbers", "write [low, high]"
    return "S102", f"{_name(path)} is missing", f"add {_name(path)}"


def _no_rule(what: str, error: ErrorDetails) -> Said:
    return "S102", f"{what} does not say which rule it follows", 'add "rule", such as stated-day'


def _empty(what: str, error: ErrorDetails) -> Said:
    return "S105", f"{what} is empty", "write something, or delete the line if it may be left out"


def _too_long(what: str, error: ErrorDetails) -> Said:
    return "S105", f"{what} is too long", f"at most {error.get('ctx', {}).get('max_length')}"


def _out_of_range(what: str, error: ErrorDetails) -> Said:
    words, key = _BOUNDS[error["type"]]
    bound = error.get("ctx", {}).get(key)
    return "S106", f"{what} is {_shown(error)}", f"it must be {words} {bound}"


def _wrong_kind(what: str, error: ErrorDetails) -> Said:
    wanted = _KINDS.get(error["type"].partition("_")[0])
    if wanted is None:
        return "S103", f"{what}: {error['msg']}", ""
    if error["input"] is None:
        return (
            "S103",
            f"{what} is empty",
            f"write {wanted}, or delete the line if it may be left out",
        )
    if wanted == "a list" and isinstance(error["input"], str):
        return "S103", f"{what} must be a list", f"write [{error['input'][:40]}]"
    return "S103", f"{what} must be {wanted}, not {_shown(error)}", ""


def _choice(what: str, error: ErrorDetails) -> Said:
    context = error.get("ctx", {})
    given = context.get("tag", error["input"])
    listed = str(context.get("expected_tags") or context.get("expected", "")).replace(" or ", ", ")
    allowed = [choice.strip("' ") for choice in listed.split(", ")]
    shown = quoted(given) if isinstance(given, str) else _shown(error)
    near = did_you_mean(given, allowed) if isinstance(given, str) else ""
    return "S104", f"{what} is {shown}", near or f"it must be one of: {', '.join(allowed)}"


def _value_error(what: str, error: ErrorDetails) -> Said:
    said = str(error.get("ctx", {}).get("error", error["msg"]))
    if said.endswith("does not exist in the calendar"):
        return (
            "D101",
            f"{what}: the date {said}",
            "look at a calendar, or ask who wrote the document",
        )
    if "not a date of the form" in said:
        return "D102", f"{what}: {said}", "write year, month and day, such as 2024-10-20"
    if " is not a " in said:
        return "S105", f"{what}: {said}", ""
    return "S107", said, "change one of the two"


_SAYING: dict[str, Callable[[str, ErrorDetails], Said]] = {
    "enum": _choice,
    "literal_error": _choice,
    "string_too_long": _too_long,
    "string_too_short": _empty,
    "too_long": _too_long,
    "too_short": _empty,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _no_rule,
    "value_error": _value_error,
    **dict.fromkeys(_BOUNDS, _out_of_range),
}


def _name(path: Place) -> str:
    """What an office worker calls the place: the key, or the entry of the list."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, int):
        owner = next((part for part in reversed(path) if isinstance(part, str)), "the list")
        return f'entry {last + 1} of "{owner}"'
    return quoted(str(last))


def _form(path: Place) -> str:
    keys = [part for part in path if isinstance(part, str)]
    return _FORMS.get(keys[-1], _IDENTIFIER) if keys else _IDENTIFIER


def _shown(error: ErrorDetails) -> str:
    given = error["input"]
    match given:
        case str():
            return quoted(given)
        case list() | tuple():
            return "a list"
        case dict():
            return "a mapping"
        case None:
            return "empty"
    return quoted(str(given))


def _known_key(model: type[BaseModel], key: str) -> str:
    known = keys_of(model)
    if key in known:
        return "it belongs somewhere else in this file; is it indented rightly?"
    return did_you_mean(key, known) or "delete it; what should last can go into a note"


@cache
def keys_of(model: type[BaseModel]) -> frozenset[str]:
    """Every key that a file of this model can have, at whatever depth."""
    return frozenset(
        field.alias or name
        for record in _records(model, set())
        for name, field in record.model_fields.items()
    )


def _records(kind: object, seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, Strict) and kind not in seen:
        seen.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from _records(field.annotation, seen)
    for part in get_args(kind):
        yield from _records(part, seen)
