"""Rows as a CSV file that spreadsheet programs open: UTF-8 with its mark, and no cell that they would run."""

import csv
import io
from collections.abc import Iterable, Sequence

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for a formula. Source: OWASP, CSV injection (published)."""


def extract_rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([f"'{one}" if one.startswith(_RUNS) else one for one in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
