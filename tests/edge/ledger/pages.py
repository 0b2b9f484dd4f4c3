"""What really stands in the files of an encrypted store: each page of database and WAL opened, freed room too.

Source: SQLCipher 4 design (published): AES-256-CBC, 4096-byte pages, the last 80 bytes are IV and HMAC; a raw key is
used as it is; the first 16 bytes of the first page are the salt. WAL format: sqlite.org/fileformat2.html, section 4.
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.durable.address import SqlcipherFile

PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16
WAL_HEAD, FRAME_HEAD = 32, 24


def opened_pages(address: SqlcipherFile) -> Iterator[bytes]:
    """Every page of the database file, then every page that stands in the WAL."""
    key = address.key.reveal()
    content = address.path.read_bytes()
    for number in range(len(content) // PAGE):
        yield _opened(key, content[number * PAGE : (number + 1) * PAGE], is_first=number == 0)
    wal = Path(f"{address.path}-wal")
    frames = wal.read_bytes()[WAL_HEAD:] if wal.exists() else b""
    for start in range(0, len(frames) - FRAME_HEAD - PAGE + 1, FRAME_HEAD + PAGE):
        is_first = int.from_bytes(frames[start : start + 4], "big") == 1
        yield _opened(key, frames[start + FRAME_HEAD : start + FRAME_HEAD + PAGE], is_first=is_first)


def _opened(key: bytes, page: bytes, *, is_first: bool) -> bytes:
    iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
    opener = Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor()
    return opener.update(page[SALT if is_first else 0 : PAGE - RESERVED]) + opener.finalize()
