"""What kinds of files are taken, told by content; and that nothing can make the telling fail."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.service.evidence.file_kinds import FileKind, Unfit, kind_of, named
from tests.builders import sentences
from tests.unit.board.papers import PDF, REFUSED, TAKEN, document, ole, package


@pytest.mark.parametrize(("name", "content", "media_type"), sentences(TAKEN))
def test_is_taken(name: str, content: bytes, media_type: str) -> None:
    kind = kind_of(io.BytesIO(content), name)
    assert isinstance(kind, FileKind), kind
    assert kind.media_type.endswith(media_type)


@pytest.mark.parametrize(("name", "content", "words"), sentences(REFUSED))
def test_is_refused(name: str, content: bytes, words: str) -> None:
    kind = kind_of(io.BytesIO(content), name)
    assert isinstance(kind, Unfit), kind
    assert words in kind.chinese


def test_a_name_gets_the_ending_of_its_kind() -> None:
    kind = kind_of(io.BytesIO(PDF), "总结.exe")
    assert isinstance(kind, FileKind)
    assert named("总结.exe", kind) == "总结.exe.pdf"
    assert named("总结.PDF", kind) == "总结.PDF"


@given(
    st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=60).map(lambda rest: b"PK\x03\x04" + rest),
        st.binary(max_size=60).map(lambda rest: ole("WordDocument") + rest),
        st.tuples(st.integers(0, 200), st.binary(max_size=8)).map(
            lambda cut: document()[: cut[0]] + cut[1] + document()[cut[0] :]
        ),
        st.binary(max_size=30).map(lambda end: package("OFD.xml") + b"PK\x06\x07" + end),
    ),
    st.text(max_size=20),
)
def test_any_bytes_are_a_kind_or_unfit(content: bytes, name: str) -> None:
    assert isinstance(kind_of(io.BytesIO(content), name), FileKind | Unfit)
