"""YAML as text with places; what is dangerous or surprising in YAML is refused."""

import time

import pytest

from duban.loader.nodes import Plain, parse


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("010", "010"),
        ("no", "no"),
        ("2.10", "2.10"),
        ("12:30", "12:30"),
        ("2024-10-31", "2024-10-31"),
        ("0x1F", "0x1F"),
        ("~", None),
        ("null", None),
        ("", None),
        ("''", ""),
        ('"~"', "~"),
        ("[]", []),
        ("{}", {}),
        ("[010, no, ~]", ["010", "no", None]),
    ],
)
def test_all_scalars_are_text(written: str, value: Plain) -> None:
    root, problems = parse(f"key: {written}\n", "f.yaml")
    assert root is not None
    assert root.plain == {"key": value}
    assert problems == []


def test_places_count_characters_from_one() -> None:
    root, _ = parse("标题: 方案\nunits: [市残联, 市妇联]\n", "f.yaml")
    assert root is not None
    assert root.keys["units"] == (2, 1)
    assert root.child("标题").place == (1, 5)  # type: ignore[union-attr]
    second = root.child("units").child(1)  # type: ignore[union-attr]
    assert second is not None
    assert second.place == (2, 14)


LEVEL = "&x{n} [*x{m}, *x{m}, *x{m}, *x{m}, *x{m}, *x{m}, *x{m}, *x{m}, *x{m}]"
HOSTILE = {
    "billion laughs": "a0: &x0 [lol]\n"
    + "".join(f"a{n}: {LEVEL.format(n=n, m=n - 1)}\n" for n in range(1, 10)),
    "quadratic blow-up": f"a: &a {'x' * 500_000}\nb: [{', '.join(['*a'] * 100_000)}]",
    "unknown alias": "a: *nobody",
    "an alias to itself": "a: &a [*a]",
    "merge key": "base: &b {x: 1}\nc:\n  <<: *b",
    "python object": "a: !!python/object/apply:os.system [echo]",
    "local tag": "a: !secret x",
    "deep flow": "[" * 500_000,
    "deep block": "- " * 300_000,
    "deep mappings": "{a: " * 200_000,
    "deep questions": "? " * 200_000,
    "many documents": "--- a\n" * 100_000,
    "a huge directive": "%YAML 99999999999.1\n---\na",
    "a huge escape": '"\\U7FFFFFFF"',
    "a lone surrogate": '"\\uD800"',
    "an endless quote": '"' + "x" * 900_000,
    "a huge key": "? " + "x" * 900_000 + "\n: 1",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_at_once(text: str) -> None:
    started = time.perf_counter()
    root, problems = parse(text, "f.yaml")
    assert time.perf_counter() - started < 5
    assert root is None or problems or len(root.plain or "") == 1
    assert all(problem.mark.line >= 1 and problem.mark.column >= 1 for problem in problems)


@pytest.mark.parametrize("name", ["billion laughs", "quadratic blow-up", "merge key"])
def test_bombs_are_told_by_their_anchor(name: str) -> None:
    assert [problem.code for problem in parse(HOSTILE[name], "f.yaml")[1]] == ["Y110"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("note: |\n  一\n  二\n", None),
        ("text: >\n  一\n  二\n", None),
        ("title: |\n  一行\n", None),
        ("title: |\n  一行\n  二行\n", "Y118"),
        ('units: ["市残\\n联"]\n', "Y118"),
        ('note: "\\u200b"\n', "Y108"),
    ],
)
def test_only_running_text_has_several_lines(text: str, code: str | None) -> None:
    assert [problem.code for problem in parse(text, "f.yaml")[1]] == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("units: [市残联，市妇联]", "write [市残联, 市妇联]"),
        ("单位：市残联: 1", 'YAML wants ":" and ","'),
        ('units: ["市残联，市妇联"]', None),
        ("clauses: [一，二。]", None),
    ],
)
def test_full_width_punctuation(text: str, hint: str | None) -> None:
    problems = parse(text, "f.yaml")[1]
    assert [problem.code for problem in problems] == (["Y115"] if hint else [])
    assert all(hint in problem.hint for problem in problems if hint)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: 1\n\tb: 2\n", (2, 1), "a tab"),
        ("a:\n\t- b\n", (2, 1), "a tab"),
        ("a: [1, 2\nb: 3\n", (1, 4), "never closed"),
        ("a: {b: 1\nc: 3\n", (1, 4), "never closed"),
        ("a: 'x\n", (1, 4), "quotation mark"),
        ("a: b: c\n", (1, 5), "colon"),
        ("- a\nb: 1\n", (2, 1), "neither an entry"),
        ("a: @x\n", (1, 4), "cannot begin"),
        ('a: "C:\\q"\n', (1, 7), "backslash"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "no key of the block"),
        ("a: 1\nb：2\nc: 3\n", (3, 1), "without its colon"),
    ],
)
def test_syntax_errors_say_what_to_do(text: str, place: tuple[int, int], said: str) -> None:
    root, problems = parse(text, "f.yaml")
    assert root is None
    assert [problem.mark[1:] for problem in problems] == [place]
    assert said in problems[0].message


CUT = [
    ("落实 #改造", "落实", (1, 9), "#改造"),
    ("落实\t#改造 ", "落实", (1, 9), "#改造"),
    ("落实\n  改造 #说明", "落实 改造", (2, 6), "#说明"),
]


@pytest.mark.parametrize(("written", "value", "place", "cut"), CUT)
def test_text_that_yaml_takes_for_a_comment_is_pointed_at(
    written: str, value: str, place: tuple[int, int], cut: str
) -> None:
    root, (problem,) = parse(f"key: {written}\n", "f.yaml")
    assert root is not None
    assert root.plain == {"key": value}
    assert (problem.mark.line, problem.mark.column) == place
    assert problem.code == "Y119"
    assert f'"{cut}"' in problem.message


@pytest.mark.parametrize(
    "written",
    [
        "落实 # 说明",
        '"落实 #改造"',
        "'落实 #改造'",
        "落实#改造",
        "#改造",
        "[落实] #改造",
        "|\n  落实 #改造",
    ],
)
def test_a_comment_a_quotation_and_a_mark_inside_a_word_are_left_alone(written: str) -> None:
    assert parse(f"key: {written}\n", "f.yaml")[1] == []
