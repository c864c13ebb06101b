"""Contacts as a roster writes them."""

from collections.abc import Iterable, Mapping
from datetime import date

from duban.importer.as_yaml import scalar
from duban.importer.rosters.reading import Holder
from duban.importer.yaml_text import Value


def unit_block(unit: str, holders: Iterable[Holder], since: date) -> str:
    """A unit's entry of a roster, in YAML."""
    lines = [f"  - unit: {scalar(unit)}"]
    lines += [f"    {each.post}: {flow(contact_of(each, since))}" for each in holders]
    return "\n".join(lines)


def contacts_in(value: Value) -> list[dict[str, Value]]:
    """The contacts of a post, one after the other; an address alone is one too."""
    if isinstance(value, list):
        return [each for one in value for each in contacts_in(one)]
    if isinstance(value, dict):
        return [value]
    return [{"address": value}] if value else []


def contact_of(holder: Holder, since: date) -> dict[str, Value]:
    """The contact that a holder is from a day on."""
    said = {"address": holder.address, "name": holder.name, "phone": holder.phone}
    said["since"] = since.isoformat()
    return {key: value for key, value in said.items() if value}


def flow(contact: Mapping[str, Value]) -> str:
    """A contact on one line."""
    return f"{{{', '.join(_entry(key, value) for key, value in contact.items())}}}"


def _entry(key: str, value: Value) -> str:
    if isinstance(value, list):
        return f"{key}: [{', '.join(scalar(str(each), in_flow=True) for each in value)}]"
    is_plain = key in ("since", "until") or (key == "address" and str(value)[:1].isalnum())
    return f"{key}: {value if is_plain else scalar(str(value), in_flow=True)}"
