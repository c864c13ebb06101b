"""The file of the robots: names, secret addresses, limits; it lies outside the matrices.

Nothing that is said of it, not even of its mistakes, repeats what it holds.
"""

from collections import Counter
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from models.robot import NO_ROBOTS, Robot, Robots

_OTHERS = 0o077


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    robots: tuple[Robot, ...]

    @field_validator("robots")
    @classmethod
    def _names_once(cls, robots: tuple[Robot, ...]) -> tuple[Robot, ...]:
        counts = Counter(robot.name for robot in robots)
        if twice := [name for name, times in counts.items() if times > 1]:
            raise ValueError(f"two robots have the name {twice[0]}")
        return robots


def read_robots(path: Path | None) -> Robots:
    """The robots that a file names; none where there is no file.

    Never raises: mails go without nudges, so what is wrong with the file is in ``trouble``.
    """
    if path is None:
        return NO_ROBOTS
    try:
        return Robots(_named(yaml.safe_load(path.read_text(encoding="utf-8"))))
    except UnicodeDecodeError:
        because = "it is not UTF-8 text"
    except OSError as error:
        because = error.strerror or type(error).__name__
    except yaml.YAMLError as error:
        because = _place(error)
    except ValidationError as error:
        because = _words(error)
    return Robots(trouble=f"DUBAN_NUDGES_FILE: {path} cannot be used: {because}")


def is_private(path: Path) -> bool:
    """Whether its owner alone can read the file, or nobody can look at it."""
    try:
        return path.stat().st_mode & _OTHERS == 0
    except OSError:
        return True


def _named(content: object) -> dict[str, Robot]:
    return {robot.name: robot for robot in _File.model_validate(content).robots}


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"it is not YAML at line {mark.line + 1}" if mark else "it is not YAML"


def _words(error: ValidationError) -> str:
    said = error.errors(include_url=False, include_input=False, include_context=False)
    told = [(".".join(str(part) for part in item["loc"]), item["msg"]) for item in said]
    return "; ".join(f"{place or 'the file'}: {message}" for place, message in told)
