"""What the network's stand-in remembers over a restart: every change of its state, sealed, one behind the other."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from app.domain.secret import Secret
from app.errors import WrongKey
from app.trust.seal import new_key, open_sealed, seal

_KEY, _FILE = "network.key", "network.journal"
_LENGTH = 4


class Entry(msgspec.Struct, frozen=True):
    """One change. ``what``: which one; ``body``: the message it was made of."""

    what: str
    body: bytes


class Journal:
    """Appends to one file. A last entry that was cut off was answered to nobody and is left out."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / _FILE
        self._key = _kept_key(folder / _KEY)
        self._count = 0

    def entries(self) -> Iterator[Entry]:
        """All there is; to be read once, before anything is added."""
        raw, at = self._path.read_bytes() if self._path.exists() else b"", 0
        while at + _LENGTH <= len(raw):
            end = at + _LENGTH + int.from_bytes(raw[at : at + _LENGTH], "big")
            if end > len(raw):
                break
            try:
                plain = open_sealed(self._key, raw[at + _LENGTH : end], ("network", str(self._count)))
            except WrongKey:
                break
            yield msgspec.msgpack.decode(plain, type=Entry)
            at, self._count = end, self._count + 1
        if at < len(raw):
            os.truncate(self._path, at)

    def add(self, what: str, body: bytes) -> None:
        """Add one; it is on the disk when this returns."""
        box = seal(self._key, msgspec.msgpack.encode(Entry(what, body)), ("network", str(self._count)))
        with self._path.open("ab") as file:
            file.write(len(box).to_bytes(_LENGTH, "big") + box)
            file.flush()
            os.fsync(file.fileno())
        self._count += 1


def _kept_key(path: Path) -> Secret:
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(new_key().reveal())
    return Secret(path.read_bytes())
