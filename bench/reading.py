"""Reading a document in each format, beside the bare library on the same bytes."""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import docx
import pdfplumber

from bench.commands import clock
from tests.unit.importer.formats import builders, plain_pdf

RUNS = 5
ROWS = 60
WIDTHS = (40, 100, 220, 160)


def main() -> None:
    """Print the clock of importing one table as docx and as pdf, and of its bare library."""
    rows = builders.sample(ROWS)
    files = {
        "docx": (builders.to_docx(rows), _bare_docx),
        "pdf": (plain_pdf.table_pdf(rows, WIDTHS, builders.PARAGRAPHS), _bare_pdf),
    }
    duban = str(Path(sys.executable).with_name("duban"))
    print(
        f"duban import from the shell, {ROWS} rows, seconds (median of {RUNS}); the library alone"
    )
    with TemporaryDirectory() as folder:
        for suffix, (content, bare) in files.items():
            file = Path(folder) / f"notice.{suffix}"
            file.write_bytes(content)
            whole = clock([duban, "import", str(file)])
            print(f"  {suffix:5} {whole:.2f}  {_clock_of(bare, content):.2f}")


def _bare_docx(content: bytes) -> None:
    document = docx.Document(io.BytesIO(content))
    for table in document.tables:
        for row in table._tbl.tr_lst:
            _ = ["".join(cell.itertext()) for cell in row.tc_lst]


def _bare_pdf(content: bytes) -> None:
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            page.extract_tables()


def _clock_of(read: Callable[[bytes], None], content: bytes) -> float:
    clocks = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        read(content)
        clocks.append(time.perf_counter() - begun)
    return median(clocks)
