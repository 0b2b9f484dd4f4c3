"""Files of business systems cut into parts that each are a file of its own; and kept whole again."""

from collections.abc import Iterator

from app.domain.conversion.layout import Layout

PART_ROWS = 5000
"""Rows of a part at most, as the relay takes them."""
_QUOTE = b'"'


def rows_of(layout: Layout, body: bytes) -> tuple[bytes, list[bytes]]:
    """What stands before the rows, and the rows with what ends them."""
    if not layout.newline:
        length = max(1, layout.length)
        return b"", [body[at : at + length] for at in range(0, len(body), length)]
    rows: list[bytes] = []
    open_row = b""
    for piece in body.split(layout.newline):
        open_row = piece if not open_row else open_row + layout.newline + piece
        if layout.form == "csv" and open_row.count(_QUOTE) % 2:
            continue  # the line ends within a value
        if open_row:
            rows.append(open_row + layout.newline)
        open_row = b""
    if open_row:
        rows.append(open_row)
    return (rows[0], rows[1:]) if layout.header and rows else (b"", rows)


def parts_of(layout: Layout, body: bytes, size: int = PART_ROWS) -> Iterator[bytes]:
    """The parts, at least one."""
    head, rows = rows_of(layout, body)
    for at in range(0, max(1, len(rows)), size):
        yield head + b"".join(rows[at : at + size])


def joined(layout: Layout, parts: Iterator[bytes]) -> bytes:
    """Parts as one file."""
    whole = bytearray()
    for part in parts:
        head, rows = rows_of(layout, part)
        whole += (head if not whole else b"") + b"".join(rows)
    return bytes(whole)
