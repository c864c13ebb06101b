"""The demonstration's own scans and pictures are what they seem to be."""

from io import BytesIO

import pytest

from duban.demo.papers import picture, scan
from duban.service.evidence.file_kinds import FileKind, kind_of

PAPERS = [
    (scan("Summary 2023"), "总结.pdf", "application/pdf"),
    (scan("a (b) \\ 中"), "总结.pdf", "application/pdf"),
    (picture(3), "现场.png", "image/png"),
]


@pytest.mark.parametrize(("content", "name", "media_type"), PAPERS)
def test_a_paper_is_taken_as_evidence(content: bytes, name: str, media_type: str) -> None:
    kind = kind_of(BytesIO(content), name)
    assert isinstance(kind, FileKind)
    assert kind.media_type == media_type


def test_the_same_seed_gives_the_same_picture() -> None:
    assert picture(1) == picture(1) != picture(2)


def test_the_places_in_the_table_of_a_scan_are_those_of_its_parts() -> None:
    file = scan("Summary")
    table = file[file.index(b"xref") :].split(b"\n")[3:]
    places = [int(line[:10]) for line in table if line.endswith(b" n ")]
    assert [file[place : place + 5] for place in places] == [
        b"1 0 o",
        b"2 0 o",
        b"3 0 o",
        b"4 0 o",
    ]
