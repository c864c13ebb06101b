"""The schemas for editors accept what is shipped, and the files in matrices/schema are current."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from duban.loader.check import KINDS
from duban.loader.json_schema import json_schema

MATRICES = Path(__file__).parents[3] / "matrices"
SHIPPED = [
    *((path, "plan") for path in sorted(MATRICES.glob("*/plan.yaml"))),
    *((path, "roster") for path in sorted(MATRICES.glob("*/roster.yaml"))),
    *((path, "policy") for path in sorted(MATRICES.glob("policies/*.yaml"))),
    *((path, "workdays") for path in sorted(MATRICES.glob("workdays/2*.yaml"))),
    (MATRICES / "units.yaml", "units"),
]


class _EditorLoader(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: a date is text, and so are ``on`` and ``no``."""


_EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, form)
        for tag, form in resolvers
        if not tag.endswith(":timestamp") and not (tag.endswith(":bool") and first in "oOyYnN")
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_files_in_the_repository_are_current(kind: str) -> None:
    stored = (MATRICES / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert json.loads(stored) == json_schema(KINDS[kind]), "run: duban schema --write"


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_one(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(KINDS[kind]))


@pytest.mark.parametrize(("path", "kind"), SHIPPED, ids=lambda value: str(value)[-30:])
def test_an_editor_has_nothing_against_what_is_shipped(path: Path, kind: str) -> None:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_EditorLoader)
    errors = jsonschema.Draft202012Validator(json_schema(KINDS[kind])).iter_errors(content)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_an_editor_takes_a_post_as_one_contact_or_several_and_substitutes() -> None:
    one, other = "a@b.example", {"address": "c@b.example", "since": "2024-01-01"}
    office = {"unit": "某办", "contact": one}
    absent = {"unit": "甲局", "post": "liaison"}
    content = {
        "plan": "plan-2024",
        "coordinating_office": office,
        "inspection_office": office | {"contact": [one, other]},
        "contacts": [
            {"unit": "甲局", "liaison": [one, other], "head": other, "officer_in_charge": None}
        ],
        "substitutes": [{"for": absent, "by": one, "since": "2024-01-01", "until": "2024-01-31"}],
    }
    validator = jsonschema.Draft202012Validator(json_schema(KINDS["roster"]))
    assert [error.message for error in validator.iter_errors(content)] == []
    assert KINDS["roster"].model_validate(content)
