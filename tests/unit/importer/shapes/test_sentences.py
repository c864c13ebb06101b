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


def test_leading_phrase_passes_over_a_date() -> None:
    assert leading_phrase("到2025年，建成一批园区，形成集群") == "建成一批园区"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("推动各类资源", True), ("落实到位。", False), ("（市教育局、市民", True), ("任务：", False)],
)
def test_is_unfinished(text: str, expected: bool) -> None:
    assert is_unfinished(text) is expected
