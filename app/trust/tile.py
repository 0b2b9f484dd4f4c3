"""Tiles (C2SP tlog-tiles): how a log lies in files, 256 hashes or entries in each, the last one partial."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.errors import LedgerError
from app.trust.merkle import HASH_SIZE, Node

WIDTH = 256
HEIGHT = 8
_GROUP = 1000
_LENGTH_SIZE = 2


@dataclass(frozen=True, slots=True)
class Tile:
    """``width`` hashes of subtrees with 256^level leaves each, from ``number`` × 256 on."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it lies below the log's folder."""
        return f"tile/{self.level}/{_numbered(self.number, self.width)}"

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Whose hashes it holds."""
        first = self.number * WIDTH
        return tuple(Node(self.level * HEIGHT, first + step) for step in range(self.width))


def tiles_of(size: int) -> Iterator[Tile]:
    """All tiles of a log with ``size`` leaves, level by level."""
    level, count = 0, size
    while count:
        for number, width in _widths(count):
            yield Tile(level, number, width)
        level, count = level + 1, count // WIDTH


def bundles_of(size: int) -> Iterator[tuple[int, int]]:
    """Number and width of each entry bundle of a log with ``size`` leaves."""
    return _widths(size)


def bundle_path(number: int, width: int) -> str:
    """Where an entry bundle lies below the log's folder."""
    return f"tile/entries/{_numbered(number, width)}"


def join_bundle(entries: Sequence[bytes]) -> bytes:
    """Entries one after the other, each behind its length (2 bytes)."""
    return b"".join(len(entry).to_bytes(_LENGTH_SIZE, "big") + entry for entry in entries)


def split_bundle(data: bytes) -> tuple[bytes, ...]:
    """The entries of a bundle. Errors: LedgerError ``bundle_format`` with the offset at which it breaks off."""
    size = _LENGTH_SIZE + int.from_bytes(data[:_LENGTH_SIZE], "big")
    count, rest = divmod(len(data), size)
    if not rest and all(data[place::size] == data[place : place + 1] * count for place in range(_LENGTH_SIZE)):
        return tuple(data[start : start + size - _LENGTH_SIZE] for start in range(_LENGTH_SIZE, len(data) + 1, size))
    entries, offset = [], 0
    while offset < len(data):
        start = offset + _LENGTH_SIZE
        end = start + int.from_bytes(data[offset:start], "big")
        if start > len(data) or end > len(data):
            raise LedgerError(kind="bundle_format", place=offset)
        entries.append(data[start:end])
        offset = end
    return tuple(entries)


def split_tile(data: bytes) -> tuple[bytes, ...]:
    """The hashes of a tile. Errors: LedgerError ``tile_format``."""
    if len(data) % HASH_SIZE:
        raise LedgerError(kind="tile_format", place=len(data))
    return tuple(data[offset : offset + HASH_SIZE] for offset in range(0, len(data), HASH_SIZE))


def _widths(count: int) -> Iterator[tuple[int, int]]:
    for number in range(count // WIDTH):
        yield number, WIDTH
    if count % WIDTH:
        yield count // WIDTH, count % WIDTH


def _numbered(number: int, width: int) -> str:
    parts = [f"{number % _GROUP:03d}"]
    while number := number // _GROUP:
        parts.append(f"x{number % _GROUP:03d}")
    path = "/".join(reversed(parts))
    return path if width == WIDTH else f"{path}.p/{width}"
