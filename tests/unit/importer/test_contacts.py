"""Contacts: found for the roster, masked in the text. All persons and numbers are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.importer.contacts import contacts, mask, masked
from models.document import Cell, Document, Paragraph, Place, Table
from tests.unit.importer.shipped_plans import document_of

FOUND = [
    ("（联系人：张某某，联系电话：0000-00000000）", ("", "张某某", "0000-00000000")),
    ("联系人:李某;电话:00000000", ("", "李某", "00000000")),
    ("市民政局联系人：王某某  联系电话：000-0000000", ("市民政局", "王某某", "000-0000000")),
    ("联 系 人：赵某　手机：10000000000", ("", "赵某", "10000000000")),
    ("经办人：欧阳某某，传真：0000000", ("", "欧阳某某", "0000000")),
]

KEPT = [
    "畅通12345热线和110报警电话",
    "编制50人（含）以上的机关",
    "于2024年10月20日前报送",
    "（联系人:×××,联系电话:××××××××）",
    "东政办〔2023〕70号",
    "明确联系人和联系方式",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_contact_is_found_and_masked(text: str, expected: tuple[str, str, str]) -> None:
    assert tuple(contacts(document_of([text]))[0]) == expected
    hidden = masked(text)
    assert expected[1] not in hidden
    assert expected[2] not in hidden
    assert len(hidden) == len(text)


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_contact_stays_as_it_is(text: str) -> None:
    assert contacts(document_of([text])) == ()
    assert masked(text) == text


def test_a_mail_address_and_an_unlabelled_number_are_masked() -> None:
    hidden = masked("发至a.b@example.org或拨0571-00000000。")
    assert hidden == "发至×××××××××××××××或拨××××-××××××××。"


def test_a_document_is_masked_in_lines_paragraphs_and_cells() -> None:
    text = "联系人：张某某，电话：0000-00000000"
    cell = Cell(text, Place(2, table=1, row=1, column=1))
    table = Table(((cell,),), Place(2, table=1))
    document = Document("text", (Paragraph(text, Place(1)), table), (text, text))
    assert "张某某" not in repr(mask(document))
    assert "00000000" not in repr(mask(document))


@given(st.text(max_size=80) | st.text(alphabet="联系人：电话张0123456789-（），@.ab ", max_size=60))
def test_nothing_raises_and_length_is_kept(text: str) -> None:
    assert len(masked(text)) == len(text)
    contacts(document_of(text.split("\n")))
