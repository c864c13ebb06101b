"""Small papers that are handed in as evidence: a scan of one page, a picture."""

import struct
import zlib

_WIDTH, _HEIGHT = 120, 160


def scan(words: str) -> bytes:
    """A PDF of one page with a line of ASCII and the outline of a round red stamp."""
    shown = words.encode("ascii", "replace").decode().translate({40: "[", 41: "]", 92: "/"})
    page = (
        f"BT /F1 14 Tf 60 740 Td ({shown}) Tj ET "
        "1 0 0 RG 3 w 460 140 m 460 167.6 437.6 190 410 190 c 382.4 190 360 167.6 360 140 c "
        "360 112.4 382.4 90 410 90 c 437.6 90 460 112.4 460 140 c S"
    )
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        f"<</Length {len(page)}>>stream\n{page}\nendstream",
    )
    file, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(file))
        file += f"{number} 0 obj{part}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF\n"
    count = len(parts) + 1
    return f"{file}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode("ascii")


def picture(seed: int) -> bytes:
    """A PNG of two colours; another seed gives another picture."""
    colours = [(seed * 37 % 200, seed * 91 % 200, 160), (235, 230, 215)]
    rows = (
        b"\0" + b"".join(bytes(colours[row > _HEIGHT // 2]) for _ in range(_WIDTH))
        for row in range(_HEIGHT)
    )
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
