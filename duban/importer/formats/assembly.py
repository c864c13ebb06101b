"""Puts a document together block by block, and knows on which line each of them stands."""

from collections.abc import Iterable, Sequence

from duban.importer.formats import limits
from duban.importer.formats.grid import Slot
from duban.importer.formats.refusal import FormatRefused
from models.document import Block, Cell, Document, Paragraph, Place, Table

BREAKS = str.maketrans("\n\t", "  ")


class Assembly:
    """A document in the making; blocks are added in reading order."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._blocks: list[Block] = []
        self._lines: list[str] = []
        self._notes: dict[str, None] = {}
        self._paragraphs = 0
        self._tables = 0
        self._characters = 0

    def paragraph(self, text: str, level: int | None = None, page: int | None = None) -> None:
        """Add a paragraph, one for each of its lines; blank ones are passed over."""
        for part in text.split("\n"):
            if stripped := part.strip():
                self._line(stripped)
                self.marked(stripped, len(self._lines), level, page)

    def marked(
        self, text: str, line: int, level: int | None = None, page: int | None = None
    ) -> None:
        """Add a paragraph that stands on a line which is there already."""
        _check_length(text)
        self._paragraphs += 1
        place = Place(line, paragraph=self._paragraphs, page=page)
        self._blocks.append(Paragraph(text, place, level))

    def table(self, rows: Sequence[Sequence[Slot]], pages: Sequence[int] | None = None) -> None:
        """Add a table with the page of each row; one without any text is passed over."""
        if not any(slot.text for row in rows for slot in row):
            return
        begin = len(self._lines) + 1
        for row in rows:
            self._line("\t".join("" if s.is_continued else s.text.translate(BREAKS) for s in row))
            self._count(sum(len(slot.text) for slot in row if slot.is_continued))
        self.marked_table(rows, range(begin, begin + len(rows)), pages)

    def marked_table(
        self,
        rows: Sequence[Sequence[Slot]],
        lines: Sequence[int],
        pages: Sequence[int] | None = None,
    ) -> None:
        """Add a table whose rows stand on lines which are there already."""
        self._tables += 1
        for slot in (slot for row in rows for slot in row):
            _check_length(slot.text)
        cells = tuple(
            tuple(
                Cell(
                    slot.text,
                    Place(line, None, pages[at] if pages else None, self._tables, at + 1, column),
                    slot.is_continued,
                )
                for column, slot in enumerate(row, 1)
            )
            for at, (row, line) in enumerate(zip(rows, lines, strict=True))
        )
        place = Place(lines[0], page=pages[0] if pages else None, table=self._tables)
        self._blocks.append(Table(cells, place))

    def lines(self, lines: Iterable[str]) -> None:
        """Add lines of plain text that no block has yet."""
        for line in lines:
            self._line(line)

    def note(self, text: str) -> None:
        """Add a note, once."""
        self._notes[text] = None

    def document(self) -> Document:
        """Return the document as it is now; one without text is refused."""
        if not self._blocks:
            raise FormatRefused(
                "empty",
                f"the {self._kind} file has no text",
                "if it shows pictures of pages, run OCR on it or ask the sender for the text",
            )
        return Document(self._kind, tuple(self._blocks), tuple(self._lines), tuple(self._notes))

    def _line(self, text: str) -> None:
        self._count(len(text))
        self._lines.append(text)

    def _count(self, characters: int) -> None:
        self._characters += characters
        check_characters(self._characters)


def check_characters(count: int) -> None:
    """Refuse a text that is longer than any plan."""
    if count > limits.CHARACTERS:
        raise FormatRefused(
            "too-much-text",
            f"the file has more than {limits.CHARACTERS:,} characters of text",
            "keep only the plan and its annex, and import that file",
        )


def _check_length(text: str) -> None:
    if len(text) > limits.PARAGRAPH_CHARACTERS:
        raise FormatRefused(
            "too-long",
            f"a paragraph or cell has {len(text):,} characters,"
            f" and {limits.PARAGRAPH_CHARACTERS:,} are the limit",
            "give each task a paragraph or row of its own, and import that file",
        )
