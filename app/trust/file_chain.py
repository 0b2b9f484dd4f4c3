"""One digest for a file that comes in parts: chained over them in order, so that each part is checked as it comes."""

import hashlib
from collections.abc import Sequence

from app.trust.framing import framed


def begin_chain(information: str, tax_year: int, columns: Sequence[str]) -> bytes:
    """The digest before the first part: rows of another kind, year or order of columns are another file."""
    return hashlib.sha256(framed("madoguchi replica file", [information, str(tax_year), *columns])).digest()


def part_digest(lines: str) -> bytes:
    """The digest of one part's rows, as they stand in the file."""
    return hashlib.sha256(lines.encode()).digest()


def next_chain(chain: bytes, part: bytes) -> bytes:
    """The digest after one more part, by that part's own."""
    return hashlib.sha256(chain + part).digest()
