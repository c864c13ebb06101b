"""``duban schema``: JSON Schema of the YAML files, for editors that complete and check."""

import json
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import print_json, write
from duban.errors import WrongUsage
from duban.loader.check import KINDS
from duban.loader.json_schema import json_schema
from duban.settings import Settings


def schema(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help=f"One of: {', '.join(KINDS)}.")
    ] = None,
    write_files: Annotated[
        bool, typer.Option("--write", help="Write schema/<kind>.schema.json below DUBAN_MATRICES.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, as it does anyway.")] = False,
) -> None:
    """Print the JSON Schema of one kind of file, or of all kinds as one object."""
    if kind is not None and kind not in KINDS:
        raise WrongUsage(f'there is no kind of file "{kind}"', f"the kinds are {', '.join(KINDS)}")
    schemas = {name: json_schema(KINDS[name]) for name in ([kind] if kind else KINDS)}
    if write_files:
        for name, content in schemas.items():
            _write(Settings.read().matrices / "schema" / f"{name}.schema.json", content)
    else:
        print_json(schemas[kind] if kind else schemas)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8")
    write(str(path))
