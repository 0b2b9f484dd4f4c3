"""What to tell of an encrypted file that could be opened before and cannot now: whether key or file has changed."""

import hashlib
from pathlib import Path
from typing import Any

from app.durable.address import SqlcipherFile


class Evidence:
    """Remembers a store as it was when it opened. Keeps a digest of the key, never the key.

    The file itself is not opened here: closing it again would drop the locks that SQLite holds for this process.
    Source: "How To Corrupt An SQLite Database File", section 2.2; published.
    """

    def __init__(self, address: SqlcipherFile) -> None:
        self._address = address
        self._opened: dict[str, object] = {}

    def opened(self, connection: Any) -> None:  # noqa: ANN401 -- the driver has no types
        """The file was opened just now: so it is when all is well."""
        if not self._opened:
            self._opened = self._seen(connection)

    def fields(self, connection: Any) -> dict[str, object]:  # noqa: ANN401 -- the driver has no types
        """For the log: what is as it was at the first opening; how long file and WAL are now (bytes; -1: none)."""
        path = self._address.path
        now = self._seen(connection)
        same = {f"same_{name}": now[name] == kept for name, kept in self._opened.items()}
        return {**same, "opened_before": bool(self._opened), "size": _size(path), "wal": _size(Path(f"{path}-wal"))}

    def _seen(self, connection: Any) -> dict[str, object]:  # noqa: ANN401 -- the driver has no types
        path = self._address.path
        with self._address.key.lent() as raw:
            key = hashlib.sha256(b"madoguchi store key\n" + raw).digest()
        salt = connection.execute("PRAGMA cipher_salt").fetchall()
        return {"key": key, "salt": salt, "file": path.stat().st_ino if path.exists() else 0}


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
