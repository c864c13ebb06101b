"""Sentences that are lists of units, and sentences that only mention units."""

from pathlib import Path

import pytest

from duban.importer.shapes.spoken import spoken_lists, spoken_tails

LINES = (Path(__file__).parent / "spoken.txt").read_text(encoding="utf-8").split("\n")
CASES = [tuple(line.split(" | ")) for line in LINES if " | " in line]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_spoken_lists(text: str, found: str) -> None:
    lists = [text[each.begin : each.end] for each in spoken_lists(text)]
    assert lists == ([] if found == "—" else [found])


def test_every_sentence_of_a_text_is_looked_at() -> None:
    text = "市民政局牵头，市财政局配合；各县（市、区）人民政府抓好落实。"
    lists = [text[each.begin : each.end] for each in spoken_lists(text)]
    assert lists == ["市民政局牵头，市财政局配合", "各县（市、区）人民政府抓好落实"]


@pytest.mark.parametrize(
    ("text", "tails"),
    [
        ("推广良种，由农业部会同财政部落实。", ["由农业部会同财政部落实"]),
        ("关于“降低成本，减轻负担”的问题，由国土资源部负责落实。", ["由国土资源部负责落实"]),
        ("建立台账，由市民政局会同市财政局于6月底前提出方案。", ["由市民政局会同市财政局"]),
        ("整治扬尘，市住房城乡建设局牵头。清运垃圾，市城市管理局负责。",
         ["市住房城乡建设局牵头", "市城市管理局负责"]),
        ("此项工作由市残联会同市财政局负责。", ["由市残联会同市财政局负责"]),
        ("建立由市政府办公室牵头、市财政局参与的工作机制。", []),
        ("加强管理，由专人负责。", []),
        ("压实责任，由企业负责。", []),
        ("推广经验，会同有关部门抓好落实。", []),
        ("加强领导，各部门按职责分工抓好落实。", []),
        ("市发展改革委会同市财政局制定实施方案。", []),
        ("完善制度，市教育局要牵头抓好落实。", []),
    ],
)  # fmt: skip
def test_sentences_that_end_in_who_does_it(text: str, tails: list[str]) -> None:
    assert [text[each.begin : each.end] for each in spoken_tails(text)] == tails
