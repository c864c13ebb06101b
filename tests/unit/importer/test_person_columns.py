import pytest

from duban.importer.person_columns import crossed_columns
from models.document import Cell, Document, Place, Table

HEADING = ("任务", "责任单位", "责任人", "联系人及电话")
CASES = [
    ("a name", "王大山", "×××"),
    ("two names", "王大山、李河", "×××、××"),
    ("a name with a blank in it", "李 河", "× ×"),
    ("a name with its post", "王大山局长", "×××局长"),
    ("a name with a longer post", "王大山 副局长", "××× 副局长"),
    ("a name with a number", "李河 0000-0000001", "×× 0000-0000001"),
    ("a name of a minority", "买买提·艾力", "××××××"),
    ("a unit stays", "市财政局", "市财政局"),
    ("a post stays", "分管领导", "分管领导"),
    ("a post of a unit stays", "局长", "局长"),
]


def document(person: str) -> Document:
    rows = (HEADING, ("清理河道", "市水务局", person, "李河"))
    cells = tuple(
        tuple(Cell(text, Place(at, table=1, row=at, column=column))
              for column, text in enumerate(row, 1))
        for at, row in enumerate(rows, 1)
    )  # fmt: skip
    return Document("docx", (Table(cells, Place(1)),), tuple("\t".join(row) for row in rows))


@pytest.mark.parametrize(
    ("person", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_names_in_a_column_of_persons_are_crossed_out(person: str, expected: str) -> None:
    made = crossed_columns(document(person))
    table = made.blocks[0]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[1]] == [
        "清理河道",
        "市水务局",
        expected,
        "××",
    ]
    assert made.lines == ("\t".join(HEADING), "\t".join(cell.text for cell in table.rows[1]))
    assert [len(line) for line in made.lines] == [len(line) for line in document(person).lines]


def test_a_document_without_such_columns_stays() -> None:
    plain = Document("docx", (), ("联系人",))
    assert crossed_columns(plain) is plain
