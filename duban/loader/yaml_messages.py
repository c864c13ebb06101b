"""What the YAML parser complains about, in words that say what to do."""

import yaml

_EXPLAINED = (
    ("tab character", "Y116", "a tab stands where YAML wants spaces", "indent with spaces"),
    (
        "mapping values are not allowed",
        "Y109",
        "a colon where no key can stand",
        "is the line above finished, and is this one indented like its neighbours? "
        'text with ": " in it needs quotation marks',
    ),
    (
        "found unexpected end of stream",
        "Y109",
        "a quotation mark that is opened here is never closed",
        "close it",
    ),
    (
        "found unknown escape character",
        "Y109",
        "a backslash in double quotation marks",
        "use single quotation marks, or double the backslash",
    ),
    (
        "did not find expected ',' or ']'",
        "Y109",
        "a list that is opened here is never closed, or a comma is missing in it",
        'the comma must be ",", not "，"',
    ),
    (
        "did not find expected ',' or '}'",
        "Y109",
        "a brace that is opened here is never closed, or a comma is missing in it",
        'the comma must be ",", not "，"',
    ),
    (
        "did not find expected '-' indicator",
        "Y109",
        "this line is neither an entry of the list above nor outside it",
        'begin it with "- ", or indent it like its neighbours',
    ),
    (
        "did not find expected key",
        "Y109",
        "this line is no key of the block it stands in",
        "is it indented like its neighbours? text after a quotation mark needs to be inside it",
    ),
    (
        "could not find expected ':'",
        "Y109",
        "a key without its colon",
        'write "key: value"; the colon must be ":", not "：", with a space after it',
    ),
    (
        "cannot start any token",
        "Y109",
        "a value cannot begin with this character",
        "put the value in quotation marks",
    ),
)
_OPENED = ("never closed",)


def explained(error: yaml.MarkedYAMLError, text: str) -> tuple[str, tuple[int, int], str, str]:
    """Code, place (counted from 1), message and hint for an error of the parser."""
    said = " ".join(part for part in (error.context, error.problem) if part)
    for phrase, code, message, hint in _EXPLAINED:
        if phrase in said:
            opened = any(word in message for word in _OPENED)
            at = _place(error, at_context=opened)
            if "cannot start any token" in phrase and _char(text, at) == "\t":
                return "Y116", at, "a tab stands where YAML wants spaces", "indent with spaces"
            return code, at, message, hint
    return "Y109", _place(error), f"this is not YAML: {said}", ""


def _place(error: yaml.MarkedYAMLError, at_context: bool = False) -> tuple[int, int]:
    marks = (error.context_mark, error.problem_mark)
    mark = next((mark for mark in (marks if at_context else reversed(marks)) if mark), None)
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _char(text: str, at: tuple[int, int]) -> str:
    lines = text.split("\n")
    line = lines[at[0] - 1] if at[0] <= len(lines) else ""
    return line[at[1] - 1 : at[1]]
