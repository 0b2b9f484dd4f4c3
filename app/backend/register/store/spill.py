"""Search terms of a whole city on their way into the register: laid aside by the order of their key, then sorted.

A table that is written in the order of its key only grows at its end; in any other order 50 million rows would be read
and written again and again. What lies aside is keyed tokens and numbers of persons, as in the table itself.
"""

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

_ROW = struct.Struct(">QQ")
_ZERO = 1 << 63
"""Added to a token, so that bytes sort as signed numbers do."""
_SIGN = _ROW.pack(_ZERO, 0)
_SHELVES = 256
"""Each holds about 200,000 rows of a city of two million: 10 MB while it is sorted."""


def shelved(found: Iterable[tuple[int, Iterable[int]]]) -> list[bytes]:
    """The rows of persons with their tokens by shelf, each 16 bytes: token and person. All of one municipality."""
    shelves: list[list[bytes]] = [[] for _ in range(_SHELVES)]
    pack = _ROW.pack
    for person, tokens in found:
        for token in tokens:
            row = pack(token + _ZERO, person)
            shelves[row[0]].append(row)
    return [b"".join(shelf) for shelf in shelves]


def sorted_shelf(path: Path) -> bytes:
    """The rows of one shelf in the order of their key: token and person, signed numbers of 8 bytes each."""
    kept, size = path.read_bytes(), _ROW.size
    rows = sorted(kept[at : at + size] for at in range(0, len(kept), size))
    return (int.from_bytes(b"".join(rows)) ^ int.from_bytes(_SIGN * len(rows))).to_bytes(len(kept))


class Spill:
    """The shelves of one load, in a folder of their own below ``place`` that goes with it."""

    def __init__(self, place: Path | None) -> None:
        self._folder = TemporaryDirectory(prefix="terms-", dir=place)
        self._files = [(Path(self._folder.name) / f"{shelf:03}").open("ab") for shelf in range(_SHELVES)]

    def add(self, shelves: Sequence[bytes]) -> None:
        """Lay rows aside, as ``shelved`` gave them."""
        for file, rows in zip(self._files, shelves, strict=True):
            file.write(rows)

    def closed(self) -> Path:
        """The folder of the shelves, whose names are in the order of the key; nothing can be added any more."""
        for file in self._files:
            file.close()
        return Path(self._folder.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()
        self._folder.cleanup()
