import pytest

from duban.importer.shapes.sentences import (
    is_unfinished,
    leading_phrase,
    sentences,
    title_and_clauses,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("抓宣传。抓培训。", ["抓宣传。", "抓培训。"]),
        ("抓宣传", ["抓宣传"]),
        ("开展“加油。冲刺”活动。收官。", ["开展“加油。冲刺”活动。", "收官。"]),
        ("达到15%（含15%。下同）以上。其余照旧。", ["达到15%（含15%。下同）以上。", "其余照旧。"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("。。", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "title", "clauses"),
    [
        ("加强监管。严查违法。", "加强监管", ("严查违法。",)),
        ("加强监管。", "加强监管", ()),
        ("2024年底前，建成平台，打通数据。加强运维。", "建成平台", None),
        ("", "", ()),
    ],
)
def test_title_and_clauses(text: str, title: str, clauses: tuple[str, ...] | None) -> None:
    found = title_and_clauses(text)
    assert found[0] == title
    assert found[1] == (tuple(sentences(text)) if clauses is None else clauses)


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("到2025年，建成一批园区，形成集群", "建成一批园区"),
        ("按照国家统一部署，平稳实施新政策，稳定预期", "按照国家统一部署，平稳实施新政策"),
        (
            "以科普日活动为载体，结合节日，推进科普，办好讲座",
            "以科普日活动为载体，结合节日，推进科普",
        ),
        ("在确保安全的前提下，开放公园，延长时间", "在确保安全的前提下，开放公园"),
        ("围绕产业链，部署创新链，育链主", "围绕产业链，部署创新链"),
        ("以上率下，抓好整改", "以上率下"),
        ("结合部整治到位，巩固成果", "结合部整治到位"),
        ("依托园区，", "依托园区"),
        ("落实“守红线，保供应”要求，建良田，育良种", "落实“守红线，保供应”要求"),
    ],
)
def test_leading_phrase(sentence: str, phrase: str) -> None:
    """A date is passed over, an adverbial goes with what follows, quotes are not cut."""
    assert leading_phrase(sentence) == phrase


@pytest.mark.parametrize(
    ("text", "expected"),
    [("推动各类资源", True), ("落实到位。", False), ("（市教育局、市民", True), ("任务：", False)],
)
def test_is_unfinished(text: str, expected: bool) -> None:
    assert is_unfinished(text) is expected
