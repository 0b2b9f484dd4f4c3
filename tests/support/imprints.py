"""Pictures of seals' imprints, made byte by byte: a ring of ink on white, PNG of 8 bit grey with its scale."""

import struct
import zlib

DOTS_PER_MM = 12
"""About 300 per inch."""


def imprint(width_mm: float, *, margin_mm: float = 1.0, per_metre: int = DOTS_PER_MM * 1000, depth: int = 8) -> bytes:
    """A ring ``width_mm`` across, with paper around it; ``per_metre`` 0: the picture does not say its scale."""
    ink, margin = round(width_mm * DOTS_PER_MM), round(margin_mm * DOTS_PER_MM)
    side, middle = ink + 2 * margin, (ink - 1) / 2
    rows = []
    for y in range(side):
        row = bytearray([255]) * side
        for x in range(side):
            far = ((x - margin - middle) ** 2 + (y - margin - middle) ** 2) ** 0.5
            if middle - 3 <= far <= middle + 0.1:
                row[x] = 20
        rows.append(b"\x00" + bytes(row))
    head = struct.pack(">IIBBBBB", side, side, depth, 0, 0, 0, 0)
    scale = _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)) if per_metre else b""
    data = _chunk(b"IDAT", zlib.compress(b"".join(rows)))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + scale + data + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
