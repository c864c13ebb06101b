"""PDF files written by hand, for which no program need be there: text, rules, pages, and faults."""

import zlib
from collections.abc import Sequence

SIZE = 10.0
LEADING = 14.0
WIDTH, HEIGHT, EDGE = 600.0, 400.0, 40.0


class Pages:
    """Content streams of pages; ``y`` counts from the top."""

    def __init__(self) -> None:
        self.streams: list[list[str]] = [[]]

    def turn(self) -> None:
        self.streams.append([])

    def text(self, x: float, y: float, text: str) -> None:
        code = text.encode("utf-16-be").hex()
        self.streams[-1].append(f"BT /F1 {SIZE} Tf {x} {HEIGHT - y - SIZE} Td <{code}> Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.streams[-1].append(f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")

    def bytes(self) -> bytes:
        return pdf_of(["\n".join(stream).encode() for stream in self.streams])


def wrapped(text: str, width: float) -> list[str]:
    """Return lines as wide as fit; every character is a square."""
    length = max(int(width / SIZE), 1)
    return [text[at : at + length] for at in range(0, len(text), length)]


def table_pdf(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    paragraphs: Sequence[str] = (),
    merged: Sequence[int] = (0, 1),
    per_page: int = 4,
    repeats_header: bool = True,
    head: str = "",
) -> bytes:
    """Return paragraphs and a ruled table of ``per_page`` rows to a page, with page numbers.

    Merged cells have their text on the first row of theirs on the page where they begin only.
    """
    pages, y = Pages(), EDGE
    for text in paragraphs:
        for at, line in enumerate(wrapped("　　" + text, WIDTH - 2 * EDGE)):
            pages.text(EDGE, y, line) if at else pages.text(EDGE + 2 * SIZE, y, line[2:])
            y += LEADING
    header, body = rows[0], rows[1:]
    for first in range(0, len(body), per_page):
        if first:
            pages.turn()
            y = EDGE
        pages.text(WIDTH / 2, HEIGHT - 20, f"— {len(pages.streams)} —")
        if head:
            pages.text(EDGE, 10, head)
        shown = body[first : first + per_page]
        before = body[first - 1] if first else None
        grid = [header, *shown] if repeats_header or not first else list(shown)
        _draw(pages, grid, widths, merged, y, before)
    return pages.bytes()


def _draw(
    pages: Pages,
    grid: Sequence[Sequence[str]],
    widths: Sequence[float],
    merged: Sequence[int],
    y: float,
    before: Sequence[str] | None,
) -> None:
    xs = [EDGE]
    for width in widths:
        xs.append(xs[-1] + width)
    begun: Sequence[str] | None = before if before is not None else None
    for at, row in enumerate(grid):
        cells = [wrapped(text, w - 4) for text, w in zip(row, widths, strict=True)]
        height = max(len(lines) for lines in cells) * LEADING + 4
        for column, lines in enumerate(cells):
            is_header = row is grid[0] and at == 0 and before is None
            goes_on = (
                not is_header
                and column in merged
                and begun is not None
                and all(begun[c] == row[c] for c in merged if c <= column)
            )
            if not goes_on or at == 0 or (grid[0][0] == "序号" and at == 1):
                pages.rule(xs[column], y, xs[column + 1], y)
            if not goes_on:
                for line_at, line in enumerate(lines):
                    pages.text(xs[column] + 2, y + 2 + line_at * LEADING, line)
            pages.rule(xs[column], y, xs[column], y + height)
        pages.rule(xs[-1], y, xs[-1], y + height)
        y += height
        # The header that a page repeats does not part what goes on from the page before.
        begun = before if before is not None and at == 0 and row[0] == "序号" else row
    pages.rule(xs[0], y, xs[-1], y)


def pdf_of(streams: Sequence[bytes], more: Sequence[bytes] = (), trailer: str = "") -> bytes:
    """Return a PDF of one page for each content stream; ``more`` are further objects from 4 on."""
    count = len(streams)
    start = 4 + len(more)
    kids = " ".join(f"{start + 2 * at} 0 R" for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor "
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /ItalicAngle 0 /StemV 80 >> >>] >>",
        *more,
    ]
    forms = " ".join(f"/X{number} {4 + number} 0 R" for number in range(len(more)))
    for at, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents "
            f"{start + 2 * at + 1} 0 R /Resources << /Font << /F1 3 0 R >> "
            f"/XObject << {forms} >> >> >>".encode()
        )
        objects.append(flate(stream))
    return written(objects, trailer)


def flate(content: bytes, entries: str = "") -> bytes:
    """Return a compressed stream object."""
    packed = zlib.compress(content, 9)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>".encode()
    return head + b"\nstream\n" + packed + b"\nendstream"


def written(objects: Sequence[bytes], trailer: str = "") -> bytes:
    content, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        content
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
            f"<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(content)}\n%%EOF\n"
        ).encode()
    )
