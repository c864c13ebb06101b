"""Files stored once by content: whole or not at all, and never outside their folder."""

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.store import documents
from duban.store.documents import TooLarge


def _there(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]


def test_a_content_is_stored_once_under_its_hash(tmp_path: Path) -> None:
    content = hashlib.sha256(b"abc").hexdigest()
    first = documents.put(tmp_path, [b"a", b"bc"], 10)
    second = documents.put(tmp_path, [b"abc"], 10)
    assert first == second == (content, 3)
    assert _there(tmp_path) == [f"{content[:2]}/{content[2:]}"]
    path = documents.path_of(tmp_path, content)
    assert path.read_bytes() == b"abc"
    assert stat.S_IMODE(path.stat().st_mode) & 0o137 == 0, "not for others, not to be run"
    assert documents.content_of(path) == content


def test_what_goes_beyond_the_limit_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        documents.put(tmp_path, (b"x" * 1000 for _ in range(10**9)), 5000)
    assert _there(tmp_path) == []


def test_what_breaks_off_is_not_kept(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        documents.put(tmp_path, broken(), 5000)
    assert _there(tmp_path) == []


def test_a_file_that_lost_its_size_is_replaced(tmp_path: Path) -> None:
    stored = documents.put(tmp_path, [b"abc"], 10)
    documents.path_of(tmp_path, stored.content).write_bytes(b"")
    documents.put(tmp_path, [b"abc"], 10)
    assert documents.path_of(tmp_path, stored.content).read_bytes() == b"abc"


def test_a_draft_can_be_discarded_before_and_after_it_is_kept(tmp_path: Path) -> None:
    draft = documents.write_down(tmp_path, [b"abc"], 10)
    documents.discard(draft)
    assert _there(tmp_path) == []
    draft = documents.write_down(tmp_path, [b"abc"], 10)
    stored = documents.keep(tmp_path, draft)
    documents.discard(draft)
    assert documents.path_of(tmp_path, stored.content).is_file()


@given(st.text(max_size=80))
def test_only_a_hash_has_a_place(content: str) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal"):
        documents.path_of(Path("/evidence"), content)


def test_files_names_what_is_stored_and_what_lies_aside(tmp_path: Path) -> None:
    stored = documents.put(tmp_path, [b"abc"], 10)
    draft = documents.write_down(tmp_path, [b"x"], 10)
    names = [name for name, _ in documents.files(tmp_path)]
    assert sorted(names) == sorted([stored.content, f"incoming/{draft.path.name}"])
    assert list(documents.files(tmp_path / "none")) == []
