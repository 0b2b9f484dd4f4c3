"""What the libraries alone take for the steps of a session: one password check, one store, one repaint."""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlcipher3.dbapi2 as sqlcipher
from argon2.low_level import Type, hash_secret_raw
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QVBoxLayout, QWidget

MEMORY_KIB, PASSES, LANES = 65_536, 5, 4
"""As the product has them: RFC 9106 section 4 (64 MiB, 4 lanes; published) with 5 passes."""
LABELS, SIZE = 40, (1366, 768)


def password_check(times: int = 5) -> float:
    """One argon2id (s)."""
    return _middle(
        times, lambda: hash_secret_raw(b"a password", os.urandom(16), PASSES, MEMORY_KIB, LANES, 32, Type.ID)
    )


def durable_write(times: int = 20) -> float:
    """One transaction that is on the disk when it returns, on a SQLCipher file that is open (s)."""
    with TemporaryDirectory() as folder:
        connection = _opened(Path(folder) / "floor.db", os.urandom(32))
        try:
            return _middle(times, lambda: _write(connection))
        finally:
            connection.close()


def open_and_write(times: int = 20) -> float:
    """A SQLCipher file opened by its raw key, and one transaction on the disk (s)."""
    with TemporaryDirectory() as folder:
        path, key = Path(folder) / "floor.db", os.urandom(32)
        _opened(path, key).close()

        def once() -> None:
            connection = _opened(path, key)
            _write(connection)
            connection.close()

        return _middle(times, once)


def repaint(times: int = 20) -> float:
    """A window of labels covered by another page, painted (s)."""
    application = QApplication.instance() or QApplication([])
    window, pages = QWidget(), QStackedWidget()
    for page in range(2):
        inner = QWidget()
        column = QVBoxLayout(inner)
        for number in range(LABELS):
            column.addWidget(QLabel(f"{page} {number}"))
        pages.addWidget(inner)
    QVBoxLayout(window).addWidget(pages)
    window.resize(*SIZE)
    window.show()
    application.processEvents()

    def once() -> None:
        pages.setCurrentIndex(1 - pages.currentIndex())
        window.repaint()

    try:
        return _middle(times, once)
    finally:
        window.close()
        window.deleteLater()


def _opened(path: Path, key: bytes) -> sqlcipher.Connection:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for line in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {line}")
    connection.execute("CREATE TABLE IF NOT EXISTS kept (value BLOB)")
    return connection


def _write(connection: sqlcipher.Connection) -> None:
    connection.execute("INSERT INTO kept VALUES (?)", (os.urandom(2000),))


def _middle(times: int, work: Callable[[], object]) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)
