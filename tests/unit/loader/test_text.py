"""Bytes that are no text, or too much of it."""

import pytest

from duban.loader.text import SIZE_LIMIT, decode

CHINESE = "标题: 市教育局牵头落实\n" * 5


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        (CHINESE.encode("gb18030"), "GB18030"),
        (CHINESE.encode("gbk"), "GB18030"),
        (CHINESE.encode("utf-16"), "UTF-16"),
        (CHINESE.encode("utf-16-le"), "UTF-16"),
        (CHINESE.encode("utf-16-be"), "UTF-16"),
        (b"title: plain\n".decode().encode("utf-16-le"), "UTF-16"),
        (CHINESE.encode("utf-32"), "UTF-32"),
    ],
)
def test_the_encoding_is_named(content: bytes, looks_like: str) -> None:
    text, problems = decode(content, "plan.yaml")
    assert text is None
    assert [problem.code for problem in problems] == ["Y107"]
    assert f"it looks like {looks_like}" in problems[0].message


def test_what_looks_like_nothing_known_is_not_guessed() -> None:
    _, problems = decode(b"a: caf\xe9 \xff\xfe\xff\xff", "plan.yaml")
    assert problems[0].message == "the file is not UTF-8"
    assert problems[0].mark[1:] == (1, 7)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode("\ufefftitle: 方案\n".encode(), "plan.yaml") == ("title: 方案\n", [])


def test_windows_line_ends_are_fine() -> None:
    assert decode(b"a: 1\r\nb: 2\r\n", "plan.yaml") == ("a: 1\r\nb: 2\r\n", [])


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("a: 1\nb: x\0y\n", 2, 5),
        ("a: 方\u200b案\n", 1, 5),
        ("a: 1\u2028b: 2\n", 1, 5),
        ("a: 1\x85b: 2\n", 1, 5),
        ("a: \u202e1\n", 1, 4),
        ("a: 1\rb: 2\n", 1, 5),
    ],
)
def test_characters_that_cannot_be_seen(content: str, line: int, column: int) -> None:
    text, problems = decode(content.encode(), "plan.yaml")
    assert text is None
    assert [(each.code, *each.mark[1:]) for each in problems] == [("Y108", line, column)]


def test_a_file_full_of_rubbish_is_not_listed_byte_by_byte() -> None:
    _, problems = decode(b"\x01" * 5000, "plan.yaml")
    assert 0 < len(problems) <= 20


def test_the_limit_counts_bytes() -> None:
    assert decode(b"#" * SIZE_LIMIT, "plan.yaml")[1] == []
    assert decode(b"#" * (SIZE_LIMIT + 1), "plan.yaml")[1][0].code == "Y105"
