"""What a file may cost before it is refused; a real plan stays far below each of them."""

FILE_BYTES = 30_000_000
"""The file itself."""

UNPACKED_BYTES = 200_000_000
"""All members of a zip together, and all streams of a PDF."""

MEMBER_BYTES = 60_000_000
"""One member of a zip that is parsed, and one stream of a PDF."""

MEMBERS = 5_000
"""The members of a zip."""

RATIO = 300
"""How many times larger a member above a million bytes may be than it is packed."""

PAGES = 200
"""The pages of a PDF."""

PAGE_CHARACTERS = 30_000
"""The characters on one page of a PDF."""

COLUMNS = 256
"""The columns of a table or sheet."""

ROWS = 20_000
"""The rows of a table or sheet."""

TABLE_CELLS = 400_000
"""The cells of a table or sheet, blank ones too."""

NESTING = 3
"""How deep tables may stand in tables; the outermost counts 1."""

DEPTH = 250
"""How deep elements may stand in elements."""

PARAGRAPHS = 8_000
"""The paragraphs of a docx, those in cells too."""

PARAGRAPH_CHARACTERS = 20_000
"""The text of a paragraph or cell."""

CHARACTERS = 3_000_000
"""The text of the whole document; that of a merged cell counts wherever it is repeated."""

SECONDS = 2.5
"""The processor's time for a file; the pages of a PDF add to it."""

PAGE_SECONDS = 0.3
"""The processor's time that each page of a PDF which was read adds."""

DRAFT_SECONDS = 3
"""The processor's time to draft a plan from what was read."""

CLOCK_SECONDS = 20
"""The clock's time for a file, on a machine that has much else to do."""

PDF_SECONDS = 120
"""The clock's time for a PDF."""

OFFICE_SECONDS = 90
"""The clock's time for LibreOffice to convert a file."""

MEMORY_BYTES = 230_000_000
"""The memory that the child process which parses the file may take, where the system limits it."""
