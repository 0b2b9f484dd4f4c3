"""Pictures of seals' imprints, made byte by byte: a frame of ink on white, PNG of 8 bit grey with its scale."""

import struct
import zlib

DOTS_PER_MM = 12
"""About 300 per inch."""


def imprint(width_mm: float, *, margin_mm: float = 1.0, per_metre: int = DOTS_PER_MM * 1000, depth: int = 8) -> bytes:
    """A frame ``width_mm`` across, with paper around it; ``per_metre`` 0: the picture does not say its scale."""
    ink, margin = round(width_mm * DOTS_PER_MM), round(margin_mm * DOTS_PER_MM)
    side = ink + 2 * margin
    line = lambda *marks: b"\x00" + b"\xff" * margin + b"".join(marks) + b"\xff" * margin  # noqa: E731
    edge, side_row = line(b"\x14" * ink), line(b"\x14\x14", b"\xff" * (ink - 4), b"\x14\x14")
    paper = [b"\x00" + b"\xff" * side] * margin
    rows = [*paper, edge, edge, *([side_row] * (ink - 4)), edge, edge, *paper]
    head = struct.pack(">IIBBBBB", side, side, depth, 0, 0, 0, 0)
    scale = _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)) if per_metre else b""
    data = _chunk(b"IDAT", zlib.compress(b"".join(rows)))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + scale + data + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
